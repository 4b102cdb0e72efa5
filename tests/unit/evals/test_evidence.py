"""Minutes and links in what people write."""

import pytest

from core.errors import Refused
from core.evals.evidence import checked, minutes


@pytest.mark.parametrize(
    ("text", "took"),
    [
        ("rollback tested: 3 min 12 s", 3.2),
        ("4m 30s", 4.5),
        ("90 seconds", 1.5),
        ("0.5 h", 30.0),
        ("2 hours 1 minute", 121.0),
        ("3 models, v2", None),
        ("on 12 March", None),
        ("", None),
    ],
)
def test_minutes_are_read_as_people_write_them(text, took):
    assert minutes(text) == (None if took is None else pytest.approx(took))


def test_a_teams_own_limit_of_a_rollback_counts():
    assert checked("rollback", "tested in 7 min", 10.0) == "tested in 7 min"
    with pytest.raises(Refused):
        checked("rollback", "tested in 2 min", 2.0)
