"""Every sentence of the digests of generated weeks is what the tables hold; in full by
`python -m tests.digest_weeks 12` (12 weeks of three teams).
"""

from tests.digest_weeks import fridays, untrue
from tests.lived import lived

WEEKS = 4
LIES = (
    ("under way", "late"),
    (" are under way", "1 are under way"),
    (" GPU-hours used since", "1 GPU-hours used since"),
    ("open blocker", "closed blocker"),
    ("silent for ", "silent for 1"),
    (" finished", "1 finished"),
    ("As of Fri", "As of Mon"),
    (" accuracy", "1 accuracy"),
    ("the oldest since ", "the oldest since Mon 1 Dec"),
)


def test_every_sentence_of_a_months_digests_is_in_the_tables_and_no_other_passes(sqlite_engine):
    seen: dict[str, int] = {}
    for friday in fridays(lived(sqlite_engine, 1, sprints=3), WEEKS):
        assert list(untrue(friday, seen)) == []
    assert sum(seen.values()) > 60
    said = friday.text
    for old, new in LIES:
        friday.text = said.replace(old, new)
        assert friday.text != said, old
        assert list(untrue(friday, {})), f"“{new}” for “{old}” passes"
