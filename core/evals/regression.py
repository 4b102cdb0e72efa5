"""Is the candidate worse than the baseline by more than the margin allows?

The same examples on both sides: paired test. No example in common, only run means, or p95s: two
independent samples. Some examples in common: refused, for the missing ones may be the hard ones.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from core.evals.checks import (
    CODES,
    ROUNDING,
    is_beyond,
    judged,
    more_pairs,
    no_variance,
    said,
    unsteady,
)
from core.evals.metric import DROP, NO_BASELINE, Check, Metric, unknown
from core.evals.scores import Arm
from core.stats.clusters import clustered_mean
from core.stats.latency import p95_change
from core.stats.paired_shares import paired_shares
from core.stats.power import seeds_for_margin
from core.stats.proportion import two_rates, zero_failures_bound, zero_failures_needed
from core.stats.sample import (
    BAD_LIMIT,
    SETS_DIFFER,
    TOO_FEW,
    TOO_FEW_CLUSTERS,
    ZERO_VARIANCE,
    Answer,
    Interval,
    NotComputable,
    better_by,
    is_constant,
    sample,
)
from core.stats.sequential import WARM_UP, mean_sequence, sign_evidence
from core.stats.significance import (
    NonInferiority,
    clustered_noninferiority,
    independent_noninferiority,
    noninferior,
    paired_noninferiority,
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
    if min(map(len, means)) < FEWEST_RUNS:
        few = f"{min(map(len, means))} runs a side show nothing yet: push {FEWEST_RUNS} at least."
        return unknown("regression", NotComputable(TOO_FEW, few.replace("1 runs", "1 run")))
    if any(is_constant(part) for part in map(np.asarray, means)):
        return no_variance(metric, candidate.mean - baseline.mean, margin)
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
    units = candidate.units, baseline.units
    found = p95_change(sides[0], sides[1], margin=margin, units=units)
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
        return _paired(metric, candidate, baseline, margin, look)
    if one & two:
        odd = tuple(sorted(one ^ two))
        reason = f"{metric.name}: {len(odd)} examples were measured on one side only: "
        reason += f"{', '.join(odd[:5])}{' …' if len(odd) > 5 else ''}."
        return unknown("regression", NotComputable(SETS_DIFFER, reason, odd[:50]))
    return by_other_examples(metric, candidate, baseline, margin)


def _paired(metric: Metric, candidate: Arm, baseline: Arm, margin: float, look: int) -> Check:
    place = {example: i for i, example in enumerate(baseline.examples)}
    matched = [baseline.values[place[example]] for example in candidate.examples]
    differences = [a - b for a, b in zip(candidate.values, matched, strict=True)]
    arrays = sample(candidate.values), sample(matched), sample(differences)
    if any(isinstance(part, NotComputable) for part in arrays):
        return unknown("regression", NotComputable(TOO_FEW, "Too few scores."))
    one, two, change = (part for part in arrays if not isinstance(part, NotComputable))
    clusters = candidate.clusters or _clusters_of(baseline, place, candidate.examples)
    if is_constant(change, one, two):
        return _same_everywhere(metric, candidate, clusters, (float(change.mean()), margin))
    found: NonInferiority | NotComputable
    if clusters:
        found = clustered_noninferiority(
            differences, clusters, margin=margin, direction=metric.direction
        )
    elif metric.kind == "rate" and {*candidate.values, *matched} <= {0.0, 1.0}:
        return _looked_again(
            metric, _two_shares(metric, differences, margin), differences, margin, look
        )
    else:
        found = paired_noninferiority(
            candidate.values, matched, margin=margin, direction=metric.direction
        )
    if isinstance(found, NotComputable):
        return unknown("regression", found)
    check = judged(metric, found, margin, f"{found.n} paired examples")
    return _looked_again(metric, check, differences, margin, look)


def _clusters_of(side: Arm, place: Mapping[str, int], examples: Sequence[str]) -> list[str]:
    """Clusters that only that side names, in the order of the examples; none without."""
    return [side.clusters[place[example]] for example in examples] if side.clusters else []


def _two_shares(metric: Metric, differences: Sequence[float], margin: float) -> Check:
    """Passed or not on the same examples: that few of them differ is no certainty."""
    gains = [better_by(change, metric.direction) for change in differences]
    won, lost = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
    n = len(gains)
    found = paired_shares(won, lost, n, margin=margin)
    sign = better_by(1.0, metric.direction)
    ends = sorted((sign * found.interval.low, sign * found.interval.high))
    missing = None
    if found.verdict == "INCONCLUSIVE":
        missing = more_pairs(math.sqrt((won + lost) / n), n, margin, found.difference)
    text = f"{n} paired examples, of which {won + lost} differ"
    figures = (sign * found.difference, Interval(ends[0], ends[1]), margin)
    return said(metric, found.verdict, text, figures, missing)


def _same_everywhere(
    metric: Metric, candidate: Arm, clusters: Sequence[str], figures: tuple[float, float]
) -> Check:
    """Every example moved by the same amount: no variance, so no t-test.

    For shares without any difference the exact bound still speaks: in n examples at most
    1 - 0.05^(1/n) of all can differ (clusters count as one example each). figures: the change
    and the margin.
    """
    change, margin = figures
    units = len(set(clusters)) if clusters else len(candidate.values)
    if metric.kind != "rate" or abs(change) > ROUNDING:
        return no_variance(metric, change, margin)
    if units < 2:
        why = NotComputable(TOO_FEW_CLUSTERS, "All examples come from one cluster.")
        return unknown("regression", why)
    bound = zero_failures_bound(units)
    bounds = (0.0, Interval(-bound, bound), margin)
    text = f"no difference on {units} paired examples"
    if bound <= margin:
        return said(metric, "PASS", text, bounds)
    needed = zero_failures_needed(margin)
    missing = needed - units if isinstance(needed, int) else None
    return replace(said(metric, "INCONCLUSIVE", text, bounds, missing), code=ZERO_VARIANCE)


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
    check = said(metric, verdict, "the same in every run", (change, None, margin))
    return replace(check, code=code)


def _looked_again(
    metric: Metric, check: Check, differences: Sequence[float], margin: float, look: int
) -> Check:
    """From the second look on (or when asked for) the figures that hold at every look."""
    if look < 2 and not metric.sequential:
        return check
    gains = [better_by(value, metric.direction) for value in differences]
    signs = sign_evidence(sum(g > 0 for g in gains), sum(g < 0 for g in gains))
    p = None if isinstance(signs, NotComputable) else signs.p_anytime
    found = mean_sequence(differences, alpha=0.10) if len(differences) >= WARM_UP else None
    interval = None if found is None or isinstance(found, NotComputable) else found.interval
    reason = check.reason
    if p is not None:
        reason += f" Look {look} at this eval set: anytime p {p:.2g}."
    fields = {**vars(check), "p_anytime": p, "anytime": interval, "reason": reason}
    if metric.sequential:
        verdict = _by_sequence(metric, interval, margin)
        fields |= {"verdict": verdict, "code": CODES[verdict], "interval": interval}
    return replace(check, **fields)


def _by_sequence(metric: Metric, interval: Interval | None, margin: float) -> Answer:
    if interval is None:
        return "INCONCLUSIVE"
    ends = sorted(better_by(end, metric.direction) for end in (interval.low, interval.high))
    return "PASS" if ends[0] >= -margin else "FAIL" if ends[1] < -margin else "INCONCLUSIVE"
