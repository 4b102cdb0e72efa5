"""No regression: every measured metric within a margin of what is live.

The source document's "all metrics within 2% of previous production model". A metric whose
requirement has a margin is held to that one; here are the others. Within is shown (a one-sided
test, as for every margin), not assumed because nothing was found.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.evals.definition_of_done import Requirement
from core.evals.gate import MetricVerdict, combined, not_measured
from core.evals.metric import Check, Kind, Metric
from core.evals.regression import regression_check
from core.evals.scores import Arm
from core.stats.sequential import spent_at

_OWN = ("rate", "mean", "p95", "deterministic")  # kinds that say how a score is compared
UNCLEAR = "direction unknown"


@dataclass(frozen=True)
class Compared:
    """One score on both sides. wanted: the requirement that goes by it, None for none."""

    score: str
    candidate: Arm
    baseline: Arm | None
    wanted: Requirement | None = None


def left(requirements: Sequence[Requirement], measured: Collection[str]) -> dict[str, Requirement]:
    """Requirements that say how a score is read, by score, of those without a margin."""
    return {
        one.measures: one
        for one in reversed(requirements)
        if one.kind in _OWN and one.margin is None and one.measures in measured
    }


def covered(requirements: Sequence[Requirement]) -> set[str]:
    """Scores that some requirement holds to its own margin, or to every example."""
    margins = [one for one in requirements if one.kind in _OWN and one.margin is not None]
    return {one.measures for one in (*margins, *(r for r in requirements if r.kind == "exact"))}


def held_by_others(found: Requirement) -> MetricVerdict:
    """The verdict where each measured metric is held to a margin of its own: those decide."""
    said = f"{found.name}: every measured metric has a margin of its own."
    return MetricVerdict(found.name, "PASS", "", said, found.blocking)


def judged(found: Requirement, sides: Sequence[Compared], *, look: int = 1) -> MetricVerdict:
    """The verdict over these scores: the worst of them; not measured when there are none."""
    metric = replace(found.metric, alpha=spent_at(look))
    checks = [check for one in sides if (check := _check(metric, one, look))]
    if metric.fault:
        why = metric.fault
        return replace(not_measured(metric), code=why.code, reason=why.reason)
    if not checks:
        return not_measured(metric)
    verdict = combined(metric, checks)
    same = sum(check.verdict == verdict.verdict for check in checks)
    if verdict.verdict == "PASS":
        return replace(verdict, reason=f"{same} more metrics are within the margin.")
    more = f" {same - 1} more like it." if same > 1 else ""
    return replace(verdict, reason=f"{verdict.reason}{more}")


def _check(metric: Metric, one: Compared, look: int) -> Check | None:
    own = replace(metric, name=one.score, kind=_kind(one), relative=_kind(one) != "rate")
    if one.wanted:
        own = replace(own, direction=one.wanted.direction)  # type: ignore[arg-type]
        return regression_check(own, one.candidate, one.baseline, look=look)
    ways = [
        regression_check(replace(own, direction=way), one.candidate, one.baseline, look=look)
        for way in ("higher", "lower")
    ]
    known = [check for check in ways if check]
    worst = next((check for check in known if check.verdict == "INCONCLUSIVE"), None)
    failed = next((check for check in known if check.verdict == "FAIL"), None)
    if failed is None:
        return worst or (known[0] if known else None)
    said = f"{one.score} changed by {own.change(failed.estimate or 0.0)}, and nothing says which "
    said += "direction is better: name it in the Definition of Done."
    return replace(failed, verdict="INCONCLUSIVE", code=UNCLEAR, reason=said)


def _kind(one: Compared) -> Kind:
    if one.wanted:
        return one.wanted.kind  # type: ignore[return-value]
    arms = [one.candidate, *([one.baseline] if one.baseline else [])]
    return "rate" if all(0 <= v <= 1 for arm in arms for v in arm.values) else "mean"
