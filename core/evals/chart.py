"""Pictures of a judgement as values: what views/charts draws, and its text for those who
cannot see it.
"""

from collections.abc import Sequence
from typing import Any

from core.evals.card import GateStatus
from core.evals.definition_of_done import NO_REGRESSION, Requirement
from core.evals.judgement import Evidence
from core.evals.metric import Check

MOST_ROWS = 12
MOST_SEEDS = 30
Spec = dict[str, Any]


def intervals(status: GateStatus, requirements: Sequence[Requirement]) -> Spec | None:
    """Every computed check: its interval against its limit, on its own scale; None without any.

    A row holds name, verdict, low, high, estimate, limit, better (higher | lower) and a caption.
    """
    known = {found.name: found for found in requirements}
    rows = [
        _row(known[verdict.metric], check)
        for verdict in status.metrics
        if verdict.metric in known and known[verdict.metric].kind != NO_REGRESSION
        for check in verdict.checks
        if check.interval and check.limit is not None and check.name in ("threshold", "regression")
    ][:MOST_ROWS]
    if not rows:
        return None
    title = f"{status.experiment} {status.decision}: intervals against limits"
    told = "; ".join(f"{row['name']} {row['verdict']}: {row['caption']}" for row in rows)
    return {"kind": "intervals", "title": title, "rows": rows, "alt": f"{title}. {told}"[:1900]}


def seeds(experiment: str, requirements: Sequence[Requirement], evidence: Evidence) -> Spec | None:
    """Run means of the first metric with several runs, candidate and baseline; None without."""
    if evidence.candidate is None:
        return None
    for found in requirements:
        if found.kind in ("confirmed", "p95", "exact", NO_REGRESSION):
            continue
        arms = evidence.sides(found.measures)
        means = [list(arm.run_means[:MOST_SEEDS]) if arm and not arm.fault else [] for arm in arms]
        if len(means[0]) < 2:
            continue
        limit = found.threshold if found.kind != "consistency" else None
        low, high = min(means[0]), max(means[0])
        title = f"{experiment}: {found.measures} over {len(means[0])} runs"
        alt = f"{title}. The candidate's runs lie between {low:.4g} and {high:.4g}."
        return {"kind": "seeds", "title": title, "candidate": means[0], "baseline": means[1],
                "limit": limit, "alt": alt}  # fmt: skip
    return None


def _row(found: Requirement, check: Check) -> Spec:
    assert check.interval is not None
    assert check.limit is not None
    metric, is_change = found.metric, check.name == "regression"
    higher = found.direction == "higher" and found.kind != "consistency"
    limit = check.limit
    if is_change:
        limit = -check.limit if higher else check.limit
    shown = metric.change if is_change else metric.shown
    caption = f"{shown(check.interval.low)} to {shown(check.interval.high)}, limit {shown(limit)}"
    return {
        "name": f"{found.name} vs baseline" if is_change else found.name,
        "verdict": check.verdict,
        "low": check.interval.low,
        "high": check.interval.high,
        "estimate": check.estimate,
        "limit": limit,
        "better": "higher" if higher else "lower",
        "caption": caption,
    }
