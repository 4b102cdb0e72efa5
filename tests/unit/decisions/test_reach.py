"""Is the target out of reach? On made-up curves whose end is known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decisions.curve_noise import Noise, noise_of, without_trend
from core.decisions.out_of_reach import Point, checks, points
from core.decisions.policy import Limits, Silent, Verdict
from core.decisions.rules_honest import at_target, out_of_reach, over_budget
from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement
from tests.bench.kills import JUMP, SMOOTH, before, now, share
from tests.tickets import MONDAY, experiment


def curve(values, *, of=10, **fields) -> Experiment:
    """One result every 1/of of the budget of 24 GPU-hours."""
    hours = [24 * at / of for at in range(1, len(values) + 1)]
    looks = [Measurement(MONDAY, v, h, "", "") for v, h in zip(values, hours, strict=True)]
    ticket = experiment(**{"gpu_used": hours[-1] if hours else 0.0} | fields)
    return replace(ticket, measurements=tuple(looks))


def kills(ticket: Experiment) -> bool:
    return isinstance(out_of_reach(ticket, Limits()), Verdict)


FLAT = (0.6, 0.61, 0.61, 0.612, 0.611, 0.612)


def test_a_flat_curve_far_below_is_out_of_reach_at_the_second_check_after_half_the_budget():
    assert [kills(curve(FLAT[:n])) for n in range(1, 7)] == [False] * 5 + [True]


def test_a_late_bloomer_is_not():
    late = (0.6, 0.6, 0.6, 0.6, 0.64, 0.69, 0.74)
    assert not any(kills(curve(late[:n])) for n in range(1, 8))


def test_a_slow_but_steady_learner_is_not():
    steady = tuple(0.5 + 0.04 * n for n in range(9))
    assert not any(kills(curve(steady[:n])) for n in range(1, 10))


def test_resting_above_the_target_proposes_to_promote_and_never_to_kill():
    ticket = curve((0.86, 0.861, 0.86, 0.861, 0.861, 0.86))
    assert not kills(ticket)
    found = at_target(ticket, Limits())
    assert (found.rule, found.action) == ("at its target", "promote")
    down = curve((190.0, 190.0, 191.0, 190.0), metric="latency ms", target=200.0,
                 direction="lower", baseline=None)  # fmt: skip
    assert at_target(down, Limits()).action == "promote"


def test_resting_below_the_target_is_no_reason_by_itself():
    assert isinstance(at_target(curve((0.84, 0.84, 0.84)), Limits()), Silent)


def test_resting_without_a_target_asks_for_a_decision():
    found = at_target(curve((0.5, 0.5, 0.5), target=None), Limits())
    assert found.action == "decide"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"target": None}, "no target"),
        ({"gpu_budget": 0.0}, "no GPU budget"),
        ({"gpu_used": 5.0}, "21% of the GPU budget"),
    ],
)
def test_what_cannot_be_judged_says_why(fields, why):
    found = out_of_reach(curve(FLAT, **fields), Limits())
    assert isinstance(found, Silent)
    assert why in found.why


def test_results_without_compute_between_them_are_one_point():
    same = experiment((0.5, 0.51, 0.52), gpu_used=12.0)
    assert [(p.share, p.value) for p in points(same)] == [(0.5, 0.52)]


def test_every_epoch_is_no_check_of_its_own():
    many = curve(tuple(0.5 + 0.001 * n for n in range(40)), of=40)
    assert len(points(many)) <= 11
    assert points(many)[-1].share == 1.0


@pytest.mark.parametrize(
    ("used", "values", "action"),
    [(24.0, (), None), (24.1, (), "kill"), (30.0, (0.9,), "decide"), (30.0, (0.8,), "kill")],
)
def test_over_budget_is_a_kill_unless_the_target_is_met(used, values, action):
    found = over_budget(experiment(values, gpu_used=used))
    assert (found.action if isinstance(found, Verdict) else None) == action


def test_more_noise_never_brings_a_kill():
    ends = [
        checks(_points(FLAT), 0.9, direction="higher", noise=Noise(noise, "told"), start=0.5)[
            -1
        ].ends
        for noise in (0.0, 0.01, 0.05)
    ]
    assert ends == sorted(ends)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=9), st.floats(0, 1))
def test_lower_is_better_is_the_mirror_image(values, target):
    up = checks(_points(values), target, direction="higher", noise=_told(0.01), start=0.25)
    down = checks(
        _points([-v for v in values]),
        -target,
        direction="lower",
        noise=Noise(0.01, "told"),
        start=0.25,
    )
    assert [one.out_of_reach for one in up] == [one.out_of_reach for one in down]
    assert [one.ends for one in up] == pytest.approx([-one.ends for one in down])


def _points(values) -> list[Point]:
    return [Point(at / 10, value) for at, value in enumerate(values, 1)]


def _told(sd: float) -> Noise:
    return Noise(sd, "told")


@pytest.mark.parametrize("kind", SMOOTH)
def test_of_smooth_curves_whose_noise_nobody_told_few_winners_are_lost(kind):
    """`python -m tests.bench kills`: at most 1.5 of 100 of a kind, 3.0 in the worst cell (300
    curves); before, 7.2 and 14.7 of those that learn straight on.
    """
    of_kind, cell = SMOOTH[kind], (9, 0.02)
    assert share(of_kind, now, cell, runs=100) <= 0.03
    assert share(of_kind, now, cell, below=0.25, runs=30) > 0.5
    if kind == "straight":
        assert share(of_kind, before, cell, runs=60) > 0.05


def test_a_curve_that_jumps_late_is_lost_often_and_the_explanation_says_so():
    assert 0.2 < share(JUMP, now, (9, 0.02), runs=60) < 0.5


def test_results_repeated_at_one_place_tell_the_noise():
    looks = [(0.5, 5.0), (0.52, 5.0), (0.6, 9.0), (0.7, 12.0), (0.66, 12.0), (0.68, 12.0)]
    again = tuple(Measurement(MONDAY, value, used, "", "") for value, used in looks)
    found = noise_of(replace(experiment(()), measurements=again))
    assert (found.source, found.repeats) == ("repeats", 5)
    assert found.sd == pytest.approx((0.001 / 3) ** 0.5)
    assert found.words == "by the curve and 5 results repeated at one place"


def test_pushed_results_bring_their_noise_and_what_was_told_comes_before():
    looks = [Measurement(MONDAY, 0.6, 5.0, "", "", source="pushed", noise=n) for n in (0.02, 0.01)]
    ticket = replace(experiment(()), measurements=tuple(looks))
    assert noise_of(ticket) == Noise(0.01, "pushed")
    assert noise_of(replace(ticket, noise_sd=0.005)).source == "told"


def test_noise_that_was_told_counts_and_a_curve_is_asked_where_nobody_told_it():
    assert noise_of(curve(FLAT, noise_sd=0.004)) == Noise(0.004, "told")
    assert noise_of(curve(FLAT)) == Noise(0.0, "curve")
    assert without_trend(np.arange(9.0)) == pytest.approx(0, abs=1e-12)
    dice = np.random.default_rng(2)
    values = 0.02 * dice.normal(size=400) + np.linspace(0, 3, 400)
    assert without_trend(values) == pytest.approx(0.02, rel=0.1)


def test_repeats_are_at_least_the_noise_of_every_check():
    steady = [Point(at / 10, 0.6) for at in range(1, 8)]
    found = checks(steady, 0.9, direction="higher", noise=Noise(0.03, "repeats", 4), start=0.5)
    assert {one.noise_sd for one in found} == {0.03}
