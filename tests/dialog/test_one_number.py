"""Whatever two surfaces say of the same day is the same, and what the tables hold; in full by
`python -m tests.one_number 60` (60 weeks of three teams).
"""

import pytest

from tests.one_number import TEAMS, compared, played

WEEKS = 6  # that are lived through; two of them are compared


@pytest.mark.parametrize("seed", range(TEAMS))
def test_every_surface_says_what_the_others_and_the_tables_say(sqlite_engine, seed):
    seen: dict[str, int] = {}
    assert list(played(WEEKS, seed, sqlite_engine, seen, every=3)) == []
    for word in ("late", "stale", "waiting", "killed", "GPU-hours used", "blockers", "open"):
        assert seen.get(word), f"{word} was not compared"


def test_a_surface_that_differs_is_named_with_what_the_others_say():
    said = {("late", "how many"): {"digest": 2, "/board": 3}}
    assert compared(("late", "how many"), said, {}, {}) == "late how many: digest 2, /board 3"
    known = {("late", "how many"): 2}
    same = {("late", "how many"): {"digest": "2"}}
    assert compared(("late", "how many"), same, known, {}) == ""
