import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stats.consistency import flips, runs_needed, spread_against
from core.stats.sample import NotComputable


def test_five_runs_bound_their_sd_at_two_and_a_third_times():
    found = spread_against([0.91, 0.88, 0.93, 0.90, 0.89], limit=0.03)
    assert not isinstance(found, NotComputable)
    assert found.upper / found.sd == pytest.approx(2.3724, abs=1e-4)
    assert found.verdict == "INCONCLUSIVE"


def test_five_runs_show_three_points_only_below_1_27():
    assert spread_against([0.0, 0.0254], limit=0.03).verdict == "INCONCLUSIVE"
    low, high = 0.0127 * 0.9999, 0.0127 * 1.01
    for sd, verdict in ((low, "PASS"), (high, "INCONCLUSIVE")):
        half = sd * (4 / 2) ** 0.5  # five values with this sd: -h, 0, 0, 0, h
        values = [0.9 - half, 0.9, 0.9, 0.9, 0.9 + half]
        assert spread_against(values, limit=0.03 * 1.0045).verdict == verdict


@given(st.floats(0.001, 0.029))
def test_the_runs_that_are_needed_are_enough(sd):
    needed = runs_needed(sd, 0.03)
    if needed is not None and needed > 2:
        assert runs_needed(sd, 0.03, most=needed - 1) is None


def test_a_spread_above_the_limit_cannot_be_shown_by_more_runs():
    assert runs_needed(0.04, 0.03) is None


def test_flips_count_examples_that_change_between_runs():
    found = flips([[1, 1, 1], [1, 0, 1], [0, 0, 0], [0, 1, 1]])
    assert not isinstance(found, NotComputable)
    assert found.unstable == 2
    assert found.rate == pytest.approx((2 / 4 + 1 / 4 + 1 / 4) / 3)


@pytest.mark.parametrize("rows", [[], [[1]], [[1, 0], [1]], [[1, None], [1, 0]]])
def test_incomplete_runs_have_no_flip_rate(rows):
    assert isinstance(flips(rows), NotComputable)
