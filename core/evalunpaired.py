"""Candidate and baseline measured on different examples, by run means, or by their p95."""

import math
from collections.abc import Sequence
from dataclasses import replace

from core.clusters import clustered_mean
from core.evalloss import judged, no_variance, said
from core.evalmetric import Check, Metric, unknown
from core.evalscores import Arm
from core.latency import p95_change
from core.power import seeds_for_margin
from core.proportion import two_rates
from core.sample import TOO_FEW, ZERO_VARIANCE, Answer, Interval, NotComputable
from core.significance import NonInferiority, independent_noninferiority, noninferior


def by_other_examples(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    """Different examples: Newcombe and score test for counts, else shifted Welch."""
    if metric.kind == "rate" and _is_counted(candidate) and _is_counted(baseline):
        sides = [(round(sum(side.values)), len(side.values)) for side in (candidate, baseline)]
        return _two_rates(metric, sides, margin)
    if candidate.clusters or baseline.clusters:
        found = _two_clustered(metric, candidate, baseline, margin)
    else:
        found = independent_noninferiority(
            candidate.values, baseline.values, margin=margin, direction=metric.direction
        )
    if isinstance(found, NotComputable):
        return no_variance(metric, candidate.mean - baseline.mean, margin)
    return judged(metric, found, margin, f"different examples, {found.n} or more a side")


def _two_rates(metric: Metric, sides: Sequence[tuple[int, int]], margin: float) -> Check:
    shift = margin if metric.direction == "higher" else -margin
    found = two_rates(sides[0], sides[1], margin=shift)
    if isinstance(found, NotComputable) or found.p_noninferior is None:
        return unknown(
            "regression", NotComputable(ZERO_VARIANCE, "The shares cannot be compared.")
        )
    p = found.p_noninferior if metric.direction == "higher" else 1 - found.p_noninferior
    interval = found.interval
    beyond = interval.high < -margin if metric.direction == "higher" else interval.low > margin
    verdict: Answer = "PASS" if p <= 0.05 else "FAIL" if beyond else "INCONCLUSIVE"
    text = f"different examples, {sides[0][1]} and {sides[1][1]}"
    return said(metric, verdict, text, (found.difference, interval, margin))


def _two_clustered(
    metric: Metric, candidate: Arm, baseline: Arm, margin: float
) -> NonInferiority | NotComputable:
    sides = [
        clustered_mean(side.values, side.clusters or side.examples)
        for side in (candidate, baseline)
    ]
    one, two = sides
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    se, df = math.hypot(one.se, two.se), min(one.clusters, two.clusters) - 1.0
    if se <= 0:
        return NotComputable(ZERO_VARIANCE, "All scores are the same.")
    found = (one.mean - two.mean, se, df)
    return noninferior(found, min(one.n, two.n), margin=margin, direction=metric.direction)


def by_runs(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    """Run means: shifted Welch, which covers the noise between runs only."""
    means = candidate.run_means, baseline.run_means
    if min(map(len, means)) < 2:
        return unknown("regression", NotComputable(TOO_FEW, "One run a side shows nothing yet."))
    found = independent_noninferiority(*means, margin=margin, direction=metric.direction)
    if isinstance(found, NotComputable):
        return no_variance(metric, candidate.mean - baseline.mean, margin)
    text = f"{len(means[0])} and {len(means[1])} runs, run noise only"
    check = judged(metric, found, margin, text)
    if check.verdict != "INCONCLUSIVE":
        return check
    needed = seeds_for_margin(
        margin, sd=found.se / math.sqrt(1 / len(means[0]) + 1 / len(means[1]))
    )
    missing = max(1, needed - found.n) if isinstance(needed, int) else None
    return replace(check, missing_examples=None, missing_seeds=missing)


def by_p95(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    """The change of the p95 with order-statistic bounds on both sides."""
    sign = 1.0 if metric.direction == "lower" else -1.0
    sides = [[sign * value for value in side.raw] for side in (candidate, baseline)]
    found = p95_change(sides[0], sides[1], margin=margin)
    if isinstance(found, NotComputable):
        return unknown("regression", found)
    ends = sorted((sign * found.interval.low, sign * found.interval.high))
    figures = (sign * found.difference, Interval(ends[0], ends[1]), margin)
    return said(metric, found.verdict, "p95", figures)


def _is_counted(side: Arm) -> bool:
    return not side.clusters and set(side.values) <= {0.0, 1.0}
