import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sprints.plan import KindRecord, entropy, priority
from core.stats.learning_curve import look
from core.stats.sample import NotComputable


def test_a_curve_that_is_known_is_followed_to_its_end():
    history = [0.9 - 0.4 / t for t in range(1, 7)]
    found = look(history, 0.9, budget_share=0.5)
    assert found.rule == "extrapolation"
    assert found.bound == pytest.approx(0.9 - 0.4 / 12, abs=1e-6)
    assert found.out_of_reach
    assert not look(history, 0.86, budget_share=0.5).out_of_reach


@pytest.mark.parametrize(
    ("history", "share", "rule"),
    [
        ([0.5, 0.6], 0.9, "guard"),
        ([0.5, 0.6, 0.61], 0.2, "guard"),
        ([0.5], 1.01, "budget"),
        ([0.5, 0.6, 0.61], 1.0, "extrapolation"),
    ],
)
def test_nothing_is_judged_too_early_and_an_overdrawn_budget_speaks(history, share, rule):
    assert look(history, 0.9, budget_share=share).rule == rule


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=12), st.floats(0.3, 1.0))
def test_lower_is_better_is_the_mirror_image(history, share):
    up = look(history, 0.7, budget_share=share, noise_sd=0.01)
    down = look([-v for v in history], -0.7, budget_share=share, direction="lower", noise_sd=0.01)
    assert up.out_of_reach == down.out_of_reach
    assert up.bound == pytest.approx(-down.bound)
    assert math.isfinite(up.bound)


def test_more_noise_never_brings_a_kill():
    history = [0.6, 0.61, 0.61, 0.612, 0.611]
    bounds = [look(history, 0.9, budget_share=0.6, noise_sd=s).bound for s in (0, 0.01, 0.05, 0.2)]
    assert bounds == sorted(bounds)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_values_that_are_no_numbers_are_not_judged(bad):
    assert isinstance(look([0.5, 0.6, bad], 0.9, budget_share=0.5), NotComputable)
    assert isinstance(look([0.5, 0.6, 0.7], bad, budget_share=0.5), NotComputable)


def test_information_is_worth_what_the_eval_can_see():
    record = KindRecord(3, 15)
    seen = [priority(record, power=p, value=10, cost=24).eig_bits for p in (0.05, 0.3, 0.8, 1.0)]
    assert seen[0] == pytest.approx(0.0, abs=1e-12)
    assert seen == sorted(seen)
    assert seen[2] == pytest.approx(0.348, abs=1e-3)


@given(st.integers(0, 20), st.integers(0, 20), st.floats(0, 1), st.floats(0, 1))
def test_information_is_never_negative_nor_more_than_a_bit(promoted, more, power, alpha):
    found = priority(
        KindRecord(promoted, promoted + more), power=power, alpha=alpha, value=1, cost=1
    )
    assert 0 <= found.eig_bits <= 1


@pytest.mark.parametrize(
    "arguments",
    [
        {"power": 0.8, "value": 1, "cost": 0},
        {"power": 1.8, "value": 1, "cost": 1},
        {"power": 0.8, "value": math.nan, "cost": 1},
    ],
)
def test_a_priority_without_sound_input_is_not_computable(arguments):
    assert isinstance(priority(KindRecord(1, 5), **arguments), NotComputable)
    assert isinstance(priority(KindRecord(6, 5), power=0.8, value=1, cost=1), NotComputable)


def test_a_coin_has_one_bit():
    assert entropy(0.5) == 1.0
    assert entropy(0.0) == entropy(1.0) == 0.0
    assert np.isclose(entropy(0.2), 0.7219, atol=1e-4)
