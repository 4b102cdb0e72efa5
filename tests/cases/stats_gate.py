"""Adapters of the area eval: slices, mix, canary split, the gate and its degenerate inputs."""

from typing import Any

from core.evals.gate import NO_METRICS, MetricVerdict, gate, judge
from core.evals.metric import Kind, Metric
from core.evals.scores import arm_of_runs
from core.stats.sample import NotComputable
from core.stats.slices import PairedSlice, RateSlice, gap_check, mix_check, slices_check
from core.stats.traffic_split import split_check
from tests.cases.plain import ends, numbers, undefined

Case = dict[str, Any]
_DECISION = {"PASS": "GO", "FAIL": "NO_GO", "INCONCLUSIVE": "HOLD"}


def slices_simpson(case: Case) -> Case:
    rows = [
        RateSlice(r["slice"], r["k_candidate"], r["n_candidate"], r["k_baseline"], r["n_baseline"])
        for r in case["rows"]
    ]
    found = mix_check(rows)
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "pooled_diff": found.pooled,
        "slice_diffs": dict(found.by_slice),
        "diff_standardised_to_baseline_mix": found.standardised,
        "mantel_haenszel_oddsratio": found.odds_ratio,
        "mantel_haenszel_test_p": found.p_odds,
        "simpson_reversal": found.reversal,
    }


def slice_gate_paired(case: Case) -> Case:
    rows = [
        PairedSlice(r["slice"], r["n"], r["only_candidate_right"], r["only_baseline_right"])
        for r in case["rows"]
    ]
    found = slices_check(rows, margin=case["margin_abs"])
    slices = [
        {
            "slice": check.name,
            "diff": check.difference,
            "p_worse": check.p_worse,
            "p_worse_holm": check.p_worse_holm,
            "mde_paired": check.visible,
            "verdict": check.verdict,
        }
        for check in found.slices
    ]
    return {"slices": slices, "gate": _DECISION[found.verdict]}


def slice_gap(case: Case) -> Case:
    a, b = (case["k_a"], case["n_a"]), (case["k_b"], case["n_b"])
    found = gap_check(a, b, max_gap=case["max_gap"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "gap": found.gap,
        "newcombe_interval90": ends(found.interval),
        "verdict": found.verdict,
        "point_rule_blocks": found.point_rule_blocks,
    }


def sample_ratio_mismatch(case: Case) -> Case:
    found = split_check(
        case["observed"], case["planned_ratio"], alarm_below=case.get("alarm_below", 0.001)
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {"chi2": found.chi2, "p": found.p, "mismatch": found.broken}


def gate_decision(case: Case) -> Case:
    verdicts = [
        MetricVerdict(f"metric {i}", answer, "", "")
        for i, answer in enumerate(case["blocking_verdicts"])
    ]
    return {"decision": gate(verdicts).decision.replace("-", "_")}


def degenerate(case: Case) -> Case:
    if "metrics" in case and not case["metrics"]:
        decision = gate([]).decision
        verdict = "INCONCLUSIVE" if decision == "HOLD" else decision
        return {"verdict": verdict, "reason": NO_METRICS}
    found = _judged(case, "mean")
    if_deterministic = _judged(case, "deterministic").verdict
    return {
        "verdict": found.verdict,
        "reason": found.code,
        "if_metric_declared_deterministic": if_deterministic,
    }


def _judged(case: Case, kind: Kind) -> MetricVerdict:
    metric = Metric(
        "metric",
        case.get("direction", "higher"),
        kind,
        threshold=case.get("threshold"),
        margin=case.get("margin_abs"),
    )
    candidate = arm_of_runs(numbers(case.get("candidate") or []))
    return judge(metric, candidate, arm_of_runs(numbers(case.get("baseline") or [])))


ADAPTERS = {
    ("eval", "slices_simpson"): slices_simpson,
    ("eval", "slice_gate_paired"): slice_gate_paired,
    ("eval", "slice_gap"): slice_gap,
    ("eval", "sample_ratio_mismatch"): sample_ratio_mismatch,
    ("eval", "gate"): gate_decision,
    ("eval", "degenerate"): degenerate,
}
