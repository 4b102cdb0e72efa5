import math
from dataclasses import replace

import numpy as np
import pytest

from core.evals.gate import gate, judge, not_measured
from core.evals.metric import Metric
from core.evals.scores import Score, arm, arm_of_runs
from tests.unit.eval_sides import ACCURACY, by_example, right


def test_a_clear_candidate_goes():
    rng = np.random.default_rng(1)
    base = (rng.random(800) < 0.9).astype(float)
    cand = np.where(rng.random(800) < 0.02, 1 - base, base)
    found = judge(ACCURACY, by_example(cand.tolist()), by_example(base.tolist()))
    assert found.verdict == "PASS"
    assert gate([found]).decision == "GO"
    assert {check.name for check in found.checks} == {"threshold", "regression"}


def test_a_significant_drop_is_no_go():
    cand, base = right(500, 60), right(500, 10)
    found = judge(ACCURACY, by_example(cand), by_example(base))
    assert found.verdict == "FAIL"
    assert gate([found]).decision == "NO-GO"
    assert "-10 points" in found.checks[0].reason


def test_too_few_examples_hold_and_say_how_many_are_missing():
    found = judge(ACCURACY, by_example(right(40, 4)), by_example(right(40, 4)))
    verdict = gate([found])
    assert verdict.decision == "HOLD"
    assert verdict.missing_examples is not None
    assert "more" in " ".join(verdict.reasons)


def test_the_missing_examples_are_enough():
    first = judge(replace(ACCURACY, margin=None), by_example(right(100, 11)))
    assert first.verdict == "INCONCLUSIVE"
    n = 100 + first.missing_examples
    later = judge(replace(ACCURACY, margin=None), by_example(right(n, math.floor(n * 0.11))))
    assert later.verdict == "PASS"


@pytest.mark.parametrize(
    ("candidate", "baseline", "verdict", "code"),
    [
        ([0.9], [0.99], "INCONCLUSIVE", "n<2"),
        ([], [0.9, 0.9], "INCONCLUSIVE", "no data"),
        ([0.91] * 3, [0.91] * 3, "INCONCLUSIVE", "zero variance"),
        ([0.9, None, 0.92], [0.9, 0.91, 0.9], "INCONCLUSIVE", "missing or non-finite score"),
        ([0.9, math.nan, 0.92], [0.9, 0.91, 0.9], "INCONCLUSIVE", "missing or non-finite score"),
        ([0.85, 0.9, 0.8], [0.9], "INCONCLUSIVE", "n<2"),
        ([0.6, 0.61, 0.62], [0.9, 0.91, 0.9], "FAIL", "worse than threshold"),
    ],
)
def test_degenerate_runs_never_pass(candidate, baseline, verdict, code):
    metric = Metric("accuracy", threshold=0.85, margin=0.02)
    found = judge(metric, arm_of_runs(candidate), arm_of_runs(baseline))
    assert (found.verdict, found.code) == (verdict, code)


def test_runs_that_never_vary_do_not_show_a_threshold():
    metric = Metric("accuracy", threshold=0.85)
    assert judge(metric, arm_of_runs([0.91] * 3)).code == "zero variance"
    assert judge(metric, arm_of_runs([0.81] * 3)).verdict == "FAIL"


def test_lower_is_better_is_not_turned_round():
    metric = Metric("latency", "lower", threshold=500, margin=20)
    slow, base = arm_of_runs([700, 710, 690]), arm_of_runs([400, 405, 395])
    assert judge(metric, slow, base).verdict == "FAIL"
    fast = arm_of_runs([300, 305, 295])
    assert judge(metric, fast, base).verdict == "PASS"


def test_a_deterministic_metric_may_stand_still():
    runs = arm_of_runs([0.91] * 3)
    metric = Metric("size", kind="deterministic", threshold=0.9, margin=0.02)
    assert judge(metric, runs, runs).verdict == "PASS"
    assert judge(metric, arm_of_runs([0.91, 0.92]), runs).code == "not deterministic"
    assert judge(metric, arm_of_runs([0.95] * 3), arm_of_runs([0.99] * 3)).verdict == "FAIL"


def test_identical_answers_on_many_examples_rule_a_regression_out():
    side = by_example(right(500, 30))
    metric = Metric("accuracy", kind="rate", margin=0.02)
    assert judge(metric, side, side).verdict == "PASS"
    few = by_example(right(50, 3))
    found = judge(metric, few, few)
    assert (found.verdict, found.missing_examples) == ("INCONCLUSIVE", 99)


def test_examples_measured_on_one_side_only_refuse_the_comparison():
    one, two = by_example(right(100, 3)), by_example(right(90, 3))
    found = judge(Metric("accuracy", kind="rate", margin=0.1), one, two)
    assert found.code == "example sets differ"
    assert "10 examples" in found.reason


def test_a_run_that_lost_an_example_makes_the_side_unusable():
    scores = [Score(f"q{i}", 1.0, run=r) for i in range(50) for r in ("1", "2")]
    found = judge(ACCURACY, arm(scores[:-1]), arm(scores))
    assert found.verdict == "INCONCLUSIVE"
    assert found.checks[0].ids == ("q49",)


def test_an_example_that_comes_twice_in_a_run_is_refused():
    found = arm([Score("q1", 1.0), Score("q1", 0.0)])
    assert found.fault is not None
    assert found.fault.code == "an example twice in one run"


def test_different_examples_are_compared_as_two_samples():
    metric = Metric("accuracy", kind="rate", margin=0.05)
    base = by_example(right(2000, 200), prefix="old")
    assert judge(metric, by_example(right(2000, 200)), base).verdict == "PASS"
    assert judge(metric, by_example(right(2000, 500)), base).verdict == "FAIL"
    assert judge(metric, by_example(right(60, 6)), base).verdict == "INCONCLUSIVE"


def test_documents_are_the_unit_when_examples_share_them():
    values = [float(i % 10 != 0) for i in range(40) for _ in range(20)]
    clusters = [f"doc{i}" for i in range(40) for _ in range(20)]
    metric = Metric("accuracy", kind="rate", threshold=0.85)
    assert judge(metric, by_example(values)).verdict == "PASS"
    found = judge(metric, by_example(values, clusters=clusters))
    assert found.verdict == "INCONCLUSIVE"
    assert "40 clusters" in found.reason


def test_p95_needs_59_measurements():
    metric = Metric("p95", "lower", "p95", threshold=500)
    found = judge(metric, by_example([100.0 + i for i in range(40)]))
    assert (found.verdict, found.missing_examples) == ("INCONCLUSIVE", 19)
    assert judge(metric, by_example([100.0 + i for i in range(59)])).verdict == "PASS"


def test_p95_against_a_baseline_needs_both_ranges():
    metric = Metric("p95", "lower", "p95", margin=50)
    base = by_example([100.0 + i % 100 for i in range(400)])
    assert judge(metric, base, base).verdict == "PASS"
    slow = by_example([300.0 + i % 100 for i in range(400)])
    assert judge(metric, slow, base).verdict == "FAIL"
    few = by_example([100.0 + i for i in range(60)])
    assert judge(metric, few, few).code == "too few for a p95"


def test_one_golden_mismatch_in_any_run_lists_its_id():
    metric = Metric("golden", kind="exact")
    scores = [Score(f"g{i}", float((i, r) != (7, "2")), run=r) for i in range(50) for r in "123"]
    found = judge(metric, arm(scores))
    assert found.verdict == "FAIL"
    assert found.checks[0].ids == ("g7",)


def test_consistency_asks_for_more_seeds():
    metric = Metric("consistency", kind="consistency", threshold=0.03)
    scores = [0.91, 0.88, 0.93, 0.90, 0.89]
    found = judge(metric, arm_of_runs(scores))
    assert found.verdict == "INCONCLUSIVE"
    assert found.missing_seeds > 0


def test_consistency_waits_for_five_seeds_or_as_many_as_were_asked_for():
    metric = Metric("consistency", kind="consistency", threshold=0.2)
    three = arm_of_runs([0.91, 0.90, 0.905])
    found = judge(metric, three)
    assert (found.verdict, found.missing_seeds) == ("INCONCLUSIVE", 2)
    assert "over 3 runs of the 5 asked for" in found.reason
    assert judge(replace(metric, runs=3), three).verdict == "PASS"
    assert judge(metric, arm_of_runs([0.91, 0.90, 0.905, 0.9, 0.91])).verdict == "PASS"
    assert judge(metric, arm_of_runs([0.1, 0.9, 2.0, 5.0])).verdict == "FAIL"


def test_the_second_look_shows_figures_that_hold_at_every_look():
    base, cand = by_example(right(200, 20)), by_example(right(200, 22))
    metric = Metric("accuracy", kind="rate", margin=0.05)
    assert judge(metric, cand, base).checks[0].p_anytime is None
    again = judge(metric, cand, base, look=2)
    assert again.checks[0].p_anytime is not None
    assert "Look 2" in again.reason


def test_judging_by_the_sequence_is_never_easier():
    rng = np.random.default_rng(3)
    for _ in range(30):
        base = (rng.random(300) < 0.9).astype(float)
        cand = np.where(rng.random(300) < 0.05, 1 - base, base)
        sides = by_example(cand.tolist()), by_example(base.tolist())
        metric = Metric("accuracy", kind="rate", margin=0.04)
        fixed = judge(metric, *sides).verdict
        sequential = judge(replace(metric, sequential=True), *sides).verdict
        assert sequential in (fixed, "INCONCLUSIVE")


def test_a_margin_without_a_baseline_holds():
    found = judge(ACCURACY, by_example(right(2000, 10)))
    assert (found.verdict, found.code) == ("INCONCLUSIVE", "no baseline")


@pytest.mark.parametrize(
    "metric",
    [
        Metric("nothing asked"),
        Metric("no number", threshold=math.nan),
        Metric("per cent", kind="rate", threshold=90),
        Metric("backwards", margin=-0.1),
    ],
)
def test_a_metric_without_a_usable_limit_holds(metric):
    side = by_example(right(500, 5))
    assert judge(metric, side, side).verdict == "INCONCLUSIVE"


def test_nothing_measured_holds_and_only_blocking_metrics_decide():
    assert gate([]).decision == "HOLD"
    assert gate([not_measured(ACCURACY)]).decision == "HOLD"
    bad = judge(ACCURACY, by_example(right(500, 300)), by_example(right(500, 10)))
    assert gate([replace(bad, blocking=False)]).decision == "HOLD"
    good = judge(replace(ACCURACY, margin=None), by_example(right(500, 5)))
    assert gate([good, replace(bad, blocking=False)]).decision == "GO"


def test_two_runs_that_happen_to_be_equal_are_no_evidence():
    metric = Metric("accuracy", margin=0.02)
    for candidate in ([0.9, 0.9], [0.9, 0.9, 0.9]):
        found = judge(metric, arm_of_runs(candidate), arm_of_runs([0.9, 0.91, 0.92]))
        assert found.verdict == "INCONCLUSIVE"
    assert "push 3 at least" in judge(
        metric, arm_of_runs([0.9, 0.9]), arm_of_runs([0.9, 0.91])
    ).reason  # fmt: skip


def test_clusters_that_only_the_baseline_names_count():
    rng = np.random.default_rng(8)
    base = np.repeat(rng.random(30) < 0.9, 20).astype(float)
    cand = np.repeat(rng.random(30) < 0.9, 20).astype(float)
    named = [f"doc{i}" for i in range(30) for _ in range(20)]
    scores = [Score(str(n), float(v)) for n, v in enumerate(cand)]
    plain = arm(scores)
    clustered = arm(
        Score(str(n), float(v), cluster=c)
        for n, (v, c) in enumerate(zip(base, named, strict=True))
    )
    metric = Metric("accuracy", kind="rate", margin=0.1)
    both = arm(Score(s.example, s.value, cluster=c) for s, c in zip(scores, named, strict=True))
    assert judge(metric, plain, clustered).interval == judge(metric, both, clustered).interval
