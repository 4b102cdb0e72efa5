import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forecasts.document import document_eta
from core.forecasts.forecast import Goal, forecast, running_best
from core.forecasts.track_record import brier, cone_score
from core.stats.sample import NotComputable
from core.stats.throughput import reached_by, when_done


def _seeded(history, goal, **options):
    return forecast(history, goal, np.random.default_rng(1), paths=2000, **options)


@pytest.mark.parametrize(
    ("history", "goal", "status"),
    [
        ([], Goal(0.9), "INSUFFICIENT_DATA"),
        ([0.8, 0.85], Goal(0.9), "INSUFFICIENT_DATA"),
        ([0.95], Goal(0.9), "REACHED"),
        ([0.8, 0.8, 0.8], Goal(0.9), "STALLED"),
        ([0.8, 0.84, 0.86], Goal(1.02, bound=1.0), "INVALID_TARGET"),
        ([0.8, 0.84, 0.86], Goal(math.nan), "INVALID_TARGET"),
        ([0.8, 0.84, 0.86], Goal(0.9, bound=1.0), "FORECAST"),
        ([620, 540, 510], Goal(450, "lower"), "FORECAST"),
        ([620, 540, 510], Goal(-1, "lower", bound=0), "INVALID_TARGET"),
        ([0.8, None, 0.84], Goal(0.9), "FORECAST"),
    ],
)
def test_the_status_says_what_can_be_known(history, goal, status):
    assert _seeded(history, goal).status == status


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 0.9), min_size=3, max_size=9), st.floats(0.91, 1.0))
def test_time_only_helps_and_the_range_keeps_its_order(history, target):
    found = _seeded(history, Goal(target, bound=1.0))
    if found.status != "FORECAST":
        assert found.status == "STALLED"
        return
    assert list(found.p_by) == sorted(found.p_by)
    for low, middle, high in zip(found.low, found.middle, found.high, strict=True):
        assert found.best - 1e-12 <= low <= middle <= high <= 1.0


def test_lower_is_better_is_the_mirror_image():
    up = _seeded([0.6, 0.66, 0.71], Goal(0.8))
    down = _seeded([-0.6, -0.66, -0.71], Goal(-0.8, "lower"))
    assert up.p_by == down.p_by
    assert up.low == pytest.approx([-v for v in down.high])


def test_the_same_seed_gives_the_same_range():
    assert _seeded([0.6, 0.7, 0.72], Goal(0.8)) == _seeded([0.6, 0.7, 0.72], Goal(0.8))


def test_a_sprint_without_results_keeps_the_best():
    assert running_best([None, 0.5, None, 0.4, 0.6]) == (0.5, 0.5, 0.5, 0.6)
    assert running_best([5, 7, 3], "lower") == (5, 5, 3)


def test_throughput_by_hand():
    found = when_done([1, 2], 3, horizon=4)
    assert found.p_by == (0, 0.75, 1, 1)
    assert (found.p50, found.p85, found.p95) == (2, 3, 3)


def test_throughput_without_a_pace_has_no_date():
    found = when_done([0, 0], 3, horizon=5)
    assert found.p_by == (0.0,) * 5
    assert found.p50 is None
    assert isinstance(when_done([], 3), NotComputable)
    assert when_done([1], 0, horizon=2).p_by == (1.0, 1.0)


def test_thirds_add_up_to_one():
    assert reached_by([1 / 3], 1.0, horizon=3) == (0.0, 0.0, 1.0)


def test_long_histories_stay_exact_enough():
    rng = np.random.default_rng(3)
    steps = rng.uniform(0, 1, 25).tolist()
    found = reached_by(steps, 8.0, horizon=20)
    simulated = np.cumsum(rng.choice(steps, size=(40_000, 20)), axis=1) >= 8.0
    assert found == pytest.approx(simulated.mean(axis=0), abs=0.01)


def test_ranges_are_scored_when_they_close():
    found = cone_score([3, 5], [1, 6], [2, 7], [4, 8], before=[3, 5])
    assert (found.n, found.held, found.coverage) == (2, 1, 0.5)
    assert found.pinball_no_change == 0.0
    assert not found.is_calibrated
    assert isinstance(cone_score([], [], [], []), NotComputable)
    assert brier([1.0, 0.5], [True, False]) == 0.125
    assert isinstance(brier([0.5], []), NotComputable)


def test_the_documents_eta_is_one_number():
    assert document_eta([0.72, 0.78, 0.81, 0.83, 0.84], 0.88) == pytest.approx(4 / 3)
    assert document_eta([500, 450], 400, direction="lower") == pytest.approx(1.0)
    assert document_eta([0.8, 0.9], 0.85) == 0.0
    assert isinstance(document_eta([0.8, 0.8], 0.85), NotComputable)
    assert isinstance(document_eta([0.8], 0.85), NotComputable)
