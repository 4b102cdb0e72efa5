import pytest

from core.stats.sample import NotComputable
from core.stats.traffic_split import split_check


def test_a_split_as_planned_is_no_alarm():
    assert split_check([9520, 480], [95, 5]).broken is False


def test_a_broken_split_alarms():
    found = split_check([9300, 700], [0.95, 0.05])
    assert found.broken
    assert found.p < 1e-15


@pytest.mark.parametrize(
    ("observed", "planned"),
    [([1, 2], [1]), ([1], [1]), ([0, 0], [1, 1]), ([5, 5], [1, 0]), ([5, 5], [1, float("nan")])],
)
def test_what_cannot_be_checked_says_so(observed, planned):
    assert isinstance(split_check(observed, planned), NotComputable)
