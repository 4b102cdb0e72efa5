"""Does the candidate keep its threshold? One-sided bounds, 95 % at first, never a mean."""

import math
from collections.abc import Callable
from dataclasses import replace

import scipy

from core.evals.checks import bounded, golden_check, unsteady
from core.evals.metric import Check, Metric, unknown
from core.evals.scores import Arm
from core.stats.clusters import clustered_mean, clusters_note, effective_n
from core.stats.consistency import runs_needed, spread_against
from core.stats.latency import SMALLEST_N, p95_against
from core.stats.power import MOST_EXAMPLES
from core.stats.proportion import Z_ONE_SIDED_95, rate_against, zero_failures_needed
from core.stats.sample import (
    TOO_FEW,
    ZERO_VARIANCE,
    Answer,
    Interval,
    NotComputable,
    better_by,
    is_constant,
    sample,
)


def threshold_check(metric: Metric, candidate: Arm) -> Check | None:
    """The candidate against the metric's threshold; None when none is asked for."""
    if metric.kind == "exact":
        return golden_check(metric, candidate)
    if metric.threshold is None:
        return None
    if candidate.fault:
        return unknown("threshold", candidate.fault)
    if metric.kind != "consistency" and len(candidate.values) < 2:
        return unknown("threshold", NotComputable(TOO_FEW, "One score shows nothing yet."))
    if metric.kind == "rate" and not candidate.examples:
        return _mean(metric, candidate, metric.threshold)
    return _BY_KIND[metric.kind](metric, candidate, metric.threshold)


def _rate(metric: Metric, candidate: Arm, limit: float) -> Check:
    n, clusters = float(len(candidate.values)), ""
    share = candidate.mean
    if candidate.clusters:
        found = clustered_mean(candidate.values, candidate.clusters)
        if isinstance(found, NotComputable):
            return unknown("threshold", found)
        n, clusters = effective_n(found), clusters_note(found)
    checked = rate_against(share * n, n, limit=limit, direction=metric.direction,
                           confidence_one_sided=1 - metric.alpha)  # fmt: skip
    if isinstance(checked, NotComputable):
        return unknown("threshold", checked)
    interval = checked.wilson if metric.direction == "higher" else checked.clopper_pearson
    missing = None
    if checked.verdict == "INCONCLUSIVE":
        needed = _rate_examples(share, limit, metric)
        missing = None if needed is None else max(1, math.ceil(needed * len(candidate.values) / n))
        missing = None if missing is None else max(1, missing - len(candidate.values))
    found_text = f"{metric.shown(share)} on {len(candidate.values)} examples{clusters}"
    return bounded(metric, checked.verdict, found_text, (share, interval, limit), missing)


def _mean(metric: Metric, candidate: Arm, limit: float) -> Check:
    known = sample(candidate.values)
    if isinstance(known, NotComputable):
        return unknown("threshold", known)
    mean, n = candidate.mean, int(known.size)
    if is_constant(known):
        return _constant(metric, mean, limit)
    se, df, note = float(known.std(ddof=1)) / math.sqrt(n), n - 1, ""
    if candidate.clusters:
        found = clustered_mean(candidate.values, candidate.clusters)
        if isinstance(found, NotComputable):
            return unknown("threshold", found)
        se, df, note = found.se, found.clusters - 1, clusters_note(found)
    half = float(scipy.stats.t.isf(metric.alpha, df)) * se
    interval = Interval(mean - half, mean + half)
    verdict = _by_interval(metric, interval, limit)
    gain = better_by(mean - limit, metric.direction)
    missing = None
    if verdict == "INCONCLUSIVE" and gain > 0 and n * (half / gain) ** 2 < MOST_EXAMPLES:
        missing = max(1, math.ceil(n * (half / gain) ** 2) - n)
    unit = "examples" if candidate.examples else "runs (covers run noise only)"
    text = f"{metric.shown(mean)} on {n} {unit}{note}"
    check = bounded(metric, verdict, text, (mean, interval, limit), missing)
    return check if candidate.examples else _in_seeds(check)


def _p95(metric: Metric, candidate: Arm, limit: float) -> Check:
    sign = 1.0 if metric.direction == "lower" else -1.0
    found = p95_against(
        [sign * value for value in candidate.raw],
        limit=sign * limit,
        units=candidate.units,
        alpha=metric.alpha,
    )
    if isinstance(found, NotComputable):
        return unknown("threshold", found)
    ends = [None if end is None else sign * end for end in (found.lower, found.upper)]
    known = sorted(end for end in ends if end is not None)
    interval = Interval(known[0], known[1]) if len(known) == 2 else None
    missing = None
    if found.verdict == "INCONCLUSIVE":
        missing = _p95_missing(found.n, found.over_limit)
    name = "p95" if metric.direction == "lower" else "p5"
    text = f"{name} {metric.shown(sign * found.p95)} on {found.n} measurements"
    text += f", {found.over_limit} beyond the limit"
    return bounded(metric, found.verdict, text, (sign * found.p95, interval, limit), missing)


def _consistency(metric: Metric, candidate: Arm, limit: float) -> Check:
    found = spread_against(candidate.run_means, limit=limit, alpha=metric.alpha)
    if isinstance(found, NotComputable):
        return unknown("threshold", found)
    few = metric.runs - found.runs
    verdict: Answer = "INCONCLUSIVE" if few > 0 and found.verdict == "PASS" else found.verdict
    needed = runs_needed(found.sd, limit) if found.verdict == "INCONCLUSIVE" else None
    interval = Interval(found.lower, found.upper)
    text = f"sd {found.sd:.4g} over {found.runs} runs"
    text += f" of the {metric.runs} asked for" if few > 0 else ""
    check = bounded(metric, verdict, text, (found.sd, interval, limit), None)
    missing = None if needed is None else max(1, needed - found.runs)
    if few > 0 and verdict == "INCONCLUSIVE":
        missing = max(few, missing or 0)
    return replace(check, missing_seeds=missing)


def _deterministic(metric: Metric, candidate: Arm, limit: float) -> Check:
    if not candidate.steady:
        return unknown("threshold", unsteady(metric))
    gain = better_by(candidate.mean - limit, metric.direction)
    verdict: Answer = "PASS" if gain >= 0 else "FAIL"
    often = "the same in every run" if len(candidate.run_means) > 1 else "in one run"
    text = f"{metric.shown(candidate.mean)}, {often}"
    return bounded(metric, verdict, text, (candidate.mean, None, limit), None)


def _constant(metric: Metric, mean: float, limit: float) -> Check:
    """All values the same: worse than the threshold is a FAIL, anything else shows nothing."""
    if better_by(mean - limit, metric.direction) < 0:
        text = f"{metric.shown(mean)} every time"
        return bounded(metric, "FAIL", text, (mean, None, limit), None)
    reason = f"{metric.name} is {metric.shown(mean)} every time, so nothing can be said about "
    reason += "chance: push scores by example, or declare it deterministic."
    return Check("threshold", "INCONCLUSIVE", ZERO_VARIANCE, reason, mean, None, limit)


def _by_interval(metric: Metric, interval: Interval, limit: float) -> Answer:
    higher = metric.direction == "higher"
    if interval.low >= limit if higher else interval.high <= limit:
        return "PASS"
    return (
        "FAIL" if (interval.high < limit if higher else interval.low > limit) else "INCONCLUSIVE"
    )


def _in_seeds(check: Check) -> Check:
    return replace(check, missing_examples=None, missing_seeds=check.missing_examples)


def _rate_examples(share: float, limit: float, metric: Metric) -> int | None:
    """Independent examples on which the observed share would show the limit, or None."""
    gain = better_by(share - limit, metric.direction)
    if gain <= 0 or not 0 < limit < 1:
        return None
    if metric.direction == "lower" and share == 0:
        needed = zero_failures_needed(limit)
        return needed if isinstance(needed, int) else None
    guess = Z_ONE_SIDED_95**2 * limit * (1 - limit) / gain**2
    if metric.direction == "lower":  # the exact bound needs a little more than Wilson's
        guess = max(guess * 1.05, guess + 1 / gain)
    return math.ceil(guess) if guess < MOST_EXAMPLES else None


def _p95_missing(n: int, over: int) -> int | None:
    """Measurements until the share over the limit, staying as seen, passes the sign test."""
    share = over / n
    if share >= 0.05:
        return None
    needed = max(n + 1, SMALLEST_N)
    while needed < MOST_EXAMPLES:
        if float(scipy.stats.binom.cdf(math.ceil(share * needed), needed, 0.05)) <= 0.05:
            return needed - n
        needed = math.ceil(needed * 1.05)
    return None


_BY_KIND: dict[str, Callable[[Metric, Arm, float], Check]] = {
    "rate": _rate,
    "mean": _mean,
    "p95": _p95,
    "deterministic": _deterministic,
    "consistency": _consistency,
}
