"""The range of the best of several holds as often as it says."""

import pytest

from core.stats.sample import Interval
from core.stats.selection import of_best
from tests.best_of import held


@pytest.mark.parametrize("spread", [0.0, 0.01, 0.03])
def test_the_90_percent_range_of_the_best_of_ten_on_500_holds(spread):
    one, best, width = held(10, 500, spread, 600, seed=7)
    assert best >= 0.85
    assert best > one + 0.05
    assert width < 1.4


def test_equal_candidates_show_what_the_range_of_one_misses():
    one, _, _ = held(10, 500, 0.0, 600, seed=7)
    assert one < 0.72


def test_the_end_that_luck_has_moved_is_set_back():
    one = Interval(0.85, 0.91)
    assert of_best(0.88, one, 1, "higher") == one
    better = of_best(0.88, one, 10, "higher")
    assert (better.high, round(better.low, 4)) == (0.91, 0.8332)
    lower = of_best(0.88, one, 10, "lower")
    assert (lower.low, round(lower.high, 4)) == (0.85, 0.9268)
