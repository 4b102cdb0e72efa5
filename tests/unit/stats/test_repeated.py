import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stats.sample import NotComputable
from core.stats.sequential import WARM_UP, mean_sequence, sign_evidence


@given(st.integers(0, 200), st.integers(0, 200))
def test_wins_and_losses_weigh_the_same(b, c):
    assert sign_evidence(b, c) == sign_evidence(c, b)


def test_without_evidence_e_is_one():
    assert sign_evidence(0, 0).log_e == 0.0
    assert sign_evidence(1, 1).log_e == pytest.approx(math.log(4 / 6))


def test_overwhelming_evidence_stays_a_number():
    found = sign_evidence(50_000, 0)
    assert np.isfinite(found.log_e)
    assert 0 <= found.p_anytime < 1e-300


def test_negative_counts_are_refused():
    assert isinstance(sign_evidence(-1, 3), NotComputable)


def test_peeking_forty_times_alarms_in_at_most_five_of_a_hundred():
    rng = np.random.default_rng(7)
    wrong_sign = wrong_mean = 0
    for _ in range(300):
        change = rng.choice([-1.0, 0.0, 1.0], p=[0.05, 0.9, 0.05], size=2000)
        looks = range(50, 2001, 50)
        wrong_sign += any(
            sign_evidence(int((change[:n] > 0).sum()), int((change[:n] < 0).sum())).p_anytime
            < 0.05
            for n in looks
        )
        intervals = [mean_sequence(change[:n].tolist()) for n in looks if n >= WARM_UP]
        wrong_mean += any(
            not isinstance(i, NotComputable) and (i.interval.low > 0 or i.interval.high < 0)
            for i in intervals
        )
    assert wrong_sign <= 15
    assert wrong_mean <= 15


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=60))
def test_the_interval_that_holds_always_is_wider_than_one_look(values):
    found = mean_sequence(values)
    if not isinstance(found, NotComputable):
        assert found.half_width > found.fixed_half_width or len(values) < WARM_UP
