"""The eval gate: three answers by metric, and GO, NO-GO or HOLD over all blocking metrics.

Any blocking FAIL is a NO-GO; else anything INCONCLUSIVE, or nothing measured, is a HOLD; else
GO. "All must hold" is an intersection-union test, so the false-GO rate stays at 5 % without a
correction for the metrics, and at 6 % over all looks at one eval set (core/stats/sequential); the
price is power, so every HOLD says how many examples or seeds are missing. Verdicts
go to JSON and back, so that every judgement can be shown again as it was.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from core.evals.metric import NO_CHECK, WORSE_THAN_BASELINE, Check, Metric
from core.evals.regression import regression_check
from core.evals.scores import Arm
from core.evals.threshold import threshold_check
from core.stats.sample import Answer, Interval
from core.stats.sequential import spent_at

SafetyJudged = tuple[Answer, tuple[str, ...]]
Decision = Literal["GO", "NO-GO", "HOLD"]
NO_METRICS = "no metrics"
NOT_MEASURED = "not measured"
_RANK = {"FAIL": 0, "INCONCLUSIVE": 1, "PASS": 2}


@dataclass(frozen=True)
class MetricVerdict:
    """One metric judged. The deciding check comes first in `checks`.

    estimate: the candidate's mean (or p95, sd); baseline: the baseline's mean, if
    measured and if the estimate is a mean.
    interval: 90 % two-sided around the figure of the deciding check; limit: what it is held
    against. missing_*: how many more are needed, None when nothing is or more would not help.
    group: of the Definition of Done, "" in judgements of before.
    """

    metric: str
    verdict: Answer
    code: str
    reason: str
    blocking: bool = True
    estimate: float | None = None
    baseline: float | None = None
    interval: Interval | None = None
    limit: float | None = None
    missing_examples: int | None = None
    missing_seeds: int | None = None
    checks: tuple[Check, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class GateVerdict:
    """The gate. reasons: of the metrics that decided it, one sentence each."""

    decision: Decision
    reasons: tuple[str, ...]
    metrics: tuple[MetricVerdict, ...]
    missing_examples: int | None = None
    missing_seeds: int | None = None


def judge(
    metric: Metric, candidate: Arm, baseline: Arm | None = None, *, look: int = 1
) -> MetricVerdict:
    """The metric's verdict.

    look: how often this eval set has been used, this time included;
    the more often, the surer a PASS has to be (core/stats/sequential.spent_at).
    """
    if metric.fault:
        why = metric.fault
        return _without_checks(metric, why.code, why.reason)
    metric = replace(metric, alpha=spent_at(look))
    checks = [
        check
        for check in (
            threshold_check(metric, candidate),
            regression_check(metric, candidate, baseline, look=look),
        )
        if check
    ]
    return combined(metric, checks, candidate=candidate, baseline=baseline)


def combined(
    metric: Metric,
    checks: Sequence[Check],
    *,
    candidate: Arm | None = None,
    baseline: Arm | None = None,
) -> MetricVerdict:
    """Several checks of one metric as its verdict: the worst answer, the first such check.

    Among inconclusive ones, what could not be computed comes before what is not shown yet.
    """
    if not checks:
        return _without_checks(metric, NO_CHECK, f"{metric.name}: nothing to judge it by.")
    deciding = min(checks, key=lambda c: (_RANK[c.verdict], c.interval is not None))
    ordered = (deciding, *(check for check in checks if check is not deciding))
    return MetricVerdict(
        metric.name,
        deciding.verdict,
        deciding.code,
        deciding.reason,
        metric.blocking,
        _estimate(checks, candidate),
        _beside(metric, baseline),
        deciding.interval,
        deciding.limit,
        _most([check.missing_examples for check in checks]),
        _most([check.missing_seeds for check in checks]),
        ordered,
    )


def _beside(metric: Metric, baseline: Arm | None) -> float | None:
    """The baseline's mean, where the estimate is a mean too (not a p95, not a spread)."""
    if baseline is None or baseline.fault or metric.kind in {"p95", "consistency"}:
        return None
    return baseline.mean


def gate(verdicts: Sequence[MetricVerdict]) -> GateVerdict:
    """The decision over the blocking metrics; the others are only shown."""
    blocking = [verdict for verdict in verdicts if verdict.blocking]
    if not blocking:
        return GateVerdict("HOLD", ("No blocking metric was measured.",), tuple(verdicts))
    failed = [verdict.reason for verdict in blocking if verdict.verdict == "FAIL"]
    unclear = [verdict.reason for verdict in blocking if verdict.verdict != "PASS"]
    if failed:
        return GateVerdict("NO-GO", tuple(failed), tuple(verdicts))
    if unclear:
        return GateVerdict(
            "HOLD",
            tuple(unclear),
            tuple(verdicts),
            _most([verdict.missing_examples for verdict in blocking]),
            _most([verdict.missing_seeds for verdict in blocking]),
        )
    return GateVerdict("GO", tuple(verdict.reason for verdict in blocking), tuple(verdicts))


def safety_of(verdicts: Sequence[MetricVerdict]) -> SafetyJudged | None:
    """What the gate says of safety and by which metrics (those that failed, else those still
    open, else all that passed); None where no blocking metric of safety was measured.
    """
    safety = [one for one in verdicts if one.group == "safety" and one.blocking]
    if all(one.code == NOT_MEASURED for one in safety):
        return None
    worst = min((one.verdict for one in safety), key=_RANK.__getitem__)
    return worst, tuple(one.metric for one in safety if one.verdict == worst)


def not_measured(metric: Metric) -> MetricVerdict:
    """A metric of the Definition of Done for which nothing was pushed."""
    return _without_checks(metric, NOT_MEASURED, f"{metric.name} was not measured.")


def _without_checks(metric: Metric, code: str, reason: str) -> MetricVerdict:
    return MetricVerdict(metric.name, "INCONCLUSIVE", code, reason, metric.blocking)


def _estimate(checks: Sequence[Check], candidate: Arm | None) -> float | None:
    for check in checks:
        if check.name == "threshold" and check.estimate is not None:
            return check.estimate
    return candidate.mean if candidate and not candidate.fault else None


def _most(counts: Sequence[int | None]) -> int | None:
    return max((count for count in counts if count), default=None)


def regressed(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The metrics of such records in which the candidate is worse than the baseline."""
    return tuple(
        str(one["metric"]) for one in records
        if any(check.get("code") == WORSE_THAN_BASELINE for check in (one, *one.get("checks", ())))
    )  # fmt: skip


def as_record(verdict: MetricVerdict) -> dict[str, Any]:
    """The verdict as JSON; what is not finite is kept as null, never as NaN."""
    return {key: _plain(value) for key, value in asdict(verdict).items()}


def from_record(record: Mapping[str, Any]) -> MetricVerdict:
    """The verdict as it was."""
    checks = tuple(_check(check) for check in record.get("checks", ()))
    return MetricVerdict(
        **{**record, "interval": _interval(record.get("interval")), "checks": checks}
    )


def _check(record: Mapping[str, Any]) -> Check:
    intervals = {name: _interval(record.get(name)) for name in ("interval", "anytime")}
    return Check(**{**record, **intervals, "ids": tuple(record.get("ids", ()))})


def _interval(record: Mapping[str, Any] | None) -> Interval | None:
    if record is None or record["low"] is None or record["high"] is None:
        return None
    return Interval(record["low"], record["high"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
