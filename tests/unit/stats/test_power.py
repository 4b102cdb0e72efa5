import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stats.power import (
    examples_for_change,
    examples_for_margin,
    pairs_for_margin,
    seeds_for_margin,
    visible_change,
    visible_over_seeds,
)
from core.stats.sample import NotComputable

# The table of facts/statistics.md 1.3: accuracy 0.90, discordant share 8 %, in points.
TABLE = {
    50: (16.8, 10.4),
    100: (11.9, 7.6),
    200: (8.4, 5.5),
    500: (5.3, 3.5),
    1000: (3.8, 2.5),
    2000: (2.7, 1.8),
    5000: (1.7, 1.1),
}


@pytest.mark.parametrize(("n", "points"), TABLE.items())
def test_the_smallest_visible_change_is_the_tables(n, points):
    found = visible_change(n, accuracy=0.9, discordant_share=0.08)
    assert not isinstance(found, NotComputable)
    assert (round(100 * found.unpaired, 1), round(100 * found.paired, 1)) == points


@given(st.integers(10, 5000), st.floats(0.5, 0.98))
def test_more_examples_see_smaller_changes(n, accuracy):
    small, large = visible_change(n, accuracy=accuracy), visible_change(4 * n, accuracy=accuracy)
    assert not isinstance(small, NotComputable)
    assert not isinstance(large, NotComputable)
    assert large.paired < small.paired
    assert large.unpaired < small.unpaired


def test_two_points_need_1562_paired_examples():
    found = examples_for_change(0.02, accuracy=0.9, discordant_share=0.08)
    assert not isinstance(found, NotComputable)
    assert (found.paired, found.unpaired) == (1562, 3532)
    assert examples_for_margin(0.02, discordant_share=0.08) == 1232


@pytest.mark.parametrize(("seeds", "sds"), [(2, 5.65), (3, 3.07), (5, 2.02), (10, 1.32)])
def test_few_seeds_see_only_large_differences(seeds, sds):
    assert visible_over_seeds(seeds) == pytest.approx(sds, abs=0.006)


@given(st.floats(0.005, 0.1), st.floats(0.01, 0.5))
def test_a_wider_margin_needs_no_more_examples(margin, sd):
    narrow, wide = pairs_for_margin(margin, sd=sd), pairs_for_margin(2 * margin, sd=sd)
    assert isinstance(narrow, int)
    assert isinstance(wide, int)
    assert 2 <= wide <= narrow


@pytest.mark.parametrize(
    "found",
    [
        visible_over_seeds(1),
        visible_change(0, accuracy=0.9),
        visible_change(100, accuracy=1.0),
        examples_for_change(0.0, accuracy=0.9),
        examples_for_margin(0.5, discordant_share=0.1),
        pairs_for_margin(0.02, sd=0.3, true_difference=-0.02),
        pairs_for_margin(1e-9, sd=1.0),
        seeds_for_margin(0.0, sd=1.0),
        seeds_for_margin(0.02, sd=float("nan")),
    ],
)
def test_questions_without_an_answer_are_not_computable(found):
    assert isinstance(found, NotComputable)
