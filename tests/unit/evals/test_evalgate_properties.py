"""What holds for every input of the gate, and how often it lets a true drop pass."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evals.gate import gate, judge
from core.evals.metric import Metric
from core.evals.scores import Arm, arm, arm_of_runs
from tests.unit.eval_sides import ACCURACY, by_example, right

KINDS = ["rate", "mean", "p95", "exact", "deterministic", "consistency"]
anything = st.lists(
    st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, 0.9, 1e308, -1e-300])),
    max_size=12,
)


def _sides():
    runs = anything.map(arm_of_runs)
    examples = anything.map(by_example)
    return st.one_of(runs, examples, st.just(Arm(fault=arm([]).fault)))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(["higher", "lower"]),
    st.one_of(st.none(), st.floats()),
    st.one_of(st.none(), st.floats()),
    st.tuples(_sides(), st.one_of(st.none(), _sides()), st.booleans(), st.integers(1, 3)),
)
def test_no_input_raises_shows_nan_or_goes_without_a_computable_check(
    kind, direction, threshold, margin, rest
):
    candidate, baseline, relative, look = rest
    metric = Metric("m", direction, kind, threshold=threshold, margin=margin, relative=relative)
    found = judge(metric, candidate, baseline, look=look)
    shown = [found.estimate, found.baseline, found.limit]
    for interval in (found.interval, *(check.interval for check in found.checks)):
        shown += [interval.low, interval.high] if interval else []
    assert not any(value is not None and math.isnan(value) for value in shown)
    assert "nan" not in found.reason.lower()
    if candidate.fault or metric.fault or (margin is not None and baseline and baseline.fault):
        asked = kind not in ("exact", "consistency") or candidate.fault or metric.fault
        assert found.verdict != "PASS" or not asked
    if gate([found]).decision == "GO":
        assert found.checks
        assert all(check.verdict == "PASS" for check in found.checks)
        assert len(candidate.values) >= 2


@given(st.lists(st.sampled_from(["PASS", "FAIL", "INCONCLUSIVE"]), max_size=6), st.data())
def test_only_all_passing_goes(answers, data):
    good = judge(replace(ACCURACY, margin=None), by_example(right(500, 5)))
    verdict = gate([replace(good, verdict=answer) for answer in answers])
    assert (verdict.decision == "GO") == (bool(answers) and set(answers) == {"PASS"})
    assert (verdict.decision == "NO-GO") == ("FAIL" in answers)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["rate", "mean", "p95", "deterministic"]))
def test_both_directions_judge_alike(seed, kind):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 150))
    base = rng.normal(0.6, 0.1, n).round(3)
    cand = (base + rng.normal(-0.02, 0.05, n)).round(3)
    if kind == "rate":
        kind, base, cand = "mean", (base > 0.6) * 1.0, (cand > 0.6) * 1.0
    limits = {"threshold": 0.55, "margin": 0.03}
    up = judge(Metric("m", "higher", kind, **limits), *map(by_example, (cand, base)))
    down = judge(
        Metric("m", "lower", kind, threshold=-0.55, margin=0.03), *map(by_example, (-cand, -base))
    )
    assert (up.verdict, up.code) == (down.verdict, down.code)


def _passes(drop, rng, repeats=400, n=500):
    """How often the gate lets a true drop pass: 3 runs of 500 Beta(4.5, 0.5) examples a side."""
    passed = 0
    metric = Metric("accuracy", kind="rate", margin=0.02)
    for _ in range(repeats):
        ease = rng.beta(4.5, 0.5, n)
        worse = np.clip(ease - drop * ease / ease.mean(), 0, 1)
        base = (rng.random((3, n)) < ease).mean(axis=0)
        cand = (rng.random((3, n)) < worse).mean(axis=0)
        passed += judge(metric, *map(by_example, (cand, base))).verdict == "PASS"
    return passed / repeats


def test_a_true_drop_of_five_points_practically_never_passes():
    assert _passes(0.05, np.random.default_rng(11), repeats=200) <= 0.01


@pytest.mark.slow
def test_a_true_drop_of_the_margin_passes_in_at_most_six_of_a_hundred():
    assert _passes(0.02, np.random.default_rng(12), repeats=2000) <= 0.06
