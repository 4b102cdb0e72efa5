"""Is the candidate worse than the baseline by more than the margin allows?

The same examples on both sides: paired test. No example in common, only run means, or p95s: two
independent samples. Some examples in common: refused, for the missing ones may be the hard ones.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.evals.checks import (
    is_beyond,
    judged,
    no_variance,
    said,
    unsteady,
)
from core.evals.metric import DROP, NO_BASELINE, Check, Metric, unknown
from core.evals.paired import paired_check
from core.evals.scores import Arm
from core.stats.clusters import clustered_mean
from core.stats.latency import p95_change
from core.stats.power import seeds_for_margin
from core.stats.proportion import two_rates
from core.stats.sample import (
    BAD_LIMIT,
    SETS_DIFFER,
    TOO_FEW,
    ZERO_VARIANCE,
    Answer,
    Interval,
    NotComputable,
    is_constant,
)
from core.stats.significance import (
    NonInferiority,
    independent_noninferiority,
    noninferior,
)

_NO_MARGIN = ("exact", "consistency")
FEWEST_RUNS = 3  # two run means that happen to be equal would say that runs do not differ


def by_other_examples(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    """Different examples: Newcombe and score test for counts, else shifted Welch."""
    if metric.kind == "rate" and _is_counted(candidate) and _is_counted(baseline):
        sides = [(round(sum(side.values)), len(side.values)) for side in (candidate, baseline)]
        return _two_rates(metric, sides, margin)
    if candidate.clusters or baseline.clusters:
        found = _two_clustered(metric, candidate, baseline, margin)
    else:
        found = independent_noninferiority(
            candidate.values, baseline.values, margin=margin, direction=metric.direction,
            alpha=metric.alpha,
        )  # fmt: skip
    if isinstance(found, NotComputable):
        return no_variance(metric, candidate.mean - baseline.mean, margin)
    return judged(metric, found, margin, f"different examples, {found.n} or more a side")


def _two_rates(metric: Metric, sides: Sequence[tuple[int, int]], margin: float) -> Check:
    shift = margin if metric.direction == "higher" else -margin
    found = two_rates(sides[0], sides[1], margin=shift, confidence=1 - 2 * metric.alpha)
    if isinstance(found, NotComputable) or found.p_noninferior is None:
        return unknown(
            "regression", NotComputable(ZERO_VARIANCE, "The shares cannot be compared.")
        )
    p = found.p_noninferior if metric.direction == "higher" else 1 - found.p_noninferior
    interval = found.interval
    beyond = interval.high < -margin if metric.direction == "higher" else interval.low > margin
    verdict: Answer = "PASS" if p <= metric.alpha else "FAIL" if beyond else "INCONCLUSIVE"
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
    n, way = min(one.n, two.n), metric.direction
    return noninferior(found, n, margin=margin, direction=way, alpha=metric.alpha)


def by_runs(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    """Run means: shifted Welch, which covers the noise between runs only."""
    means = candidate.run_means, baseline.run_means
    if min(map(len, means)) < FEWEST_RUNS:
        few = f"{min(map(len, means))} runs a side show nothing yet: push {FEWEST_RUNS} at least."
        return unknown("regression", NotComputable(TOO_FEW, few.replace("1 runs", "1 run")))
    if any(is_constant(part) for part in map(np.asarray, means)):
        return no_variance(metric, candidate.mean - baseline.mean, margin)
    found = independent_noninferiority(
        *means, margin=margin, direction=metric.direction, alpha=metric.alpha
    )
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
    units = candidate.units, baseline.units
    found = p95_change(*sides, margin=margin, units=units, alpha=metric.alpha)
    if isinstance(found, NotComputable):
        return unknown("regression", found)
    ends = sorted((sign * found.interval.low, sign * found.interval.high))
    figures = (sign * found.difference, Interval(ends[0], ends[1]), margin)
    return said(metric, found.verdict, "p95", figures)


def _is_counted(side: Arm) -> bool:
    return not side.clusters and set(side.values) <= {0.0, 1.0}


def regression_check(
    metric: Metric, candidate: Arm, baseline: Arm | None, *, look: int = 1
) -> Check | None:
    """Candidate against baseline; None when the metric has no margin. look: 1 for the first."""
    if metric.margin is None or metric.kind in _NO_MARGIN:
        return None
    if baseline is None:
        why = NotComputable(NO_BASELINE, f"{metric.name} has no baseline to compare with.")
        return unknown("regression", why)
    for side in (candidate, baseline):
        if side.fault:
            return unknown("regression", side.fault)
    if min(len(candidate.values), len(baseline.values)) < 2:
        return unknown("regression", NotComputable(TOO_FEW, "One score a side shows nothing yet."))
    margin = metric.margin * (abs(baseline.mean) if metric.relative else 1.0)
    if metric.relative and margin == 0 < metric.margin:
        return unknown(
            "regression", NotComputable(BAD_LIMIT, "A share of a zero baseline is none.")
        )
    return _compared(metric, candidate, baseline, margin, look)


def _compared(metric: Metric, candidate: Arm, baseline: Arm, margin: float, look: int) -> Check:
    if metric.kind == "deterministic":
        return _deterministic(metric, candidate, baseline, margin)
    if metric.kind == "p95":
        return by_p95(metric, candidate, baseline, margin)
    if not (candidate.examples and baseline.examples):
        return by_runs(metric, candidate, baseline, margin)
    one, two = set(candidate.examples), set(baseline.examples)
    if one == two:
        return paired_check(metric, candidate, baseline, margin, look)
    if one & two:
        odd = tuple(sorted(one ^ two))
        reason = f"{metric.name}: {len(odd)} examples were measured on one side only: "
        reason += f"{', '.join(odd[:5])}{' …' if len(odd) > 5 else ''}."
        return unknown("regression", NotComputable(SETS_DIFFER, reason, odd[:50]))
    return by_other_examples(metric, candidate, baseline, margin)


def _deterministic(metric: Metric, candidate: Arm, baseline: Arm, margin: float) -> Check:
    if not (candidate.steady and baseline.steady):
        return unknown("regression", unsteady(metric))
    if set(candidate.examples) != set(baseline.examples):
        why = NotComputable(SETS_DIFFER, f"{metric.name}: the two sides have different examples.")
        return unknown("regression", why)
    change = candidate.mean - baseline.mean
    beyond = is_beyond(metric, change, margin)
    code = DROP if beyond else ""
    verdict: Answer = "FAIL" if beyond else "PASS"
    runs = min(len(candidate.run_means), len(baseline.run_means))
    often = "the same in every run" if runs > 1 else "in one run a side, declared deterministic"
    check = said(metric, verdict, often, (change, None, margin))
    return replace(check, code=code)
