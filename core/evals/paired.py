"""The same examples on both sides: is the candidate worse by more than the margin?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.evals.checks import CODES, ROUNDING, judged, more_pairs, no_variance, said
from core.evals.metric import Check, Metric, unknown
from core.evals.scores import Arm
from core.stats.paired_shares import paired_shares
from core.stats.proportion import zero_failures_bound, zero_failures_needed
from core.stats.sample import (
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
from core.stats.significance import NonInferiority, clustered_noninferiority, paired_noninferiority


def paired_check(metric: Metric, candidate: Arm, baseline: Arm, margin: float, look: int) -> Check:
    """The loss on the same examples, tested against the margin; look: 1 for the first."""
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
            differences, clusters, margin=margin, direction=metric.direction, alpha=metric.alpha
        )
    elif metric.kind == "rate" and {*candidate.values, *matched} <= {0.0, 1.0}:
        return _looked_again(
            metric, _two_shares(metric, differences, margin), differences, margin, look
        )
    else:
        found = paired_noninferiority(
            candidate.values, matched, margin=margin, direction=metric.direction,
            alpha=metric.alpha,
        )  # fmt: skip
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
    found = paired_shares(won, lost, n, margin=margin, alpha=metric.alpha)
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
    1 - alpha^(1/n) of all can differ (clusters count as one example each). figures: the change
    and the margin.
    """
    change, margin = figures
    units = len(set(clusters)) if clusters else len(candidate.values)
    if metric.kind != "rate" or abs(change) > ROUNDING:
        return no_variance(metric, change, margin)
    if units < 2:
        why = NotComputable(TOO_FEW_CLUSTERS, "All examples come from one cluster.")
        return unknown("regression", why)
    bound = zero_failures_bound(units, confidence=1 - metric.alpha)
    bounds = (0.0, Interval(-bound, bound), margin)
    text = f"no difference on {units} paired examples"
    if bound <= margin:
        return said(metric, "PASS", text, bounds)
    needed = zero_failures_needed(margin, confidence=1 - metric.alpha)
    missing = needed - units if isinstance(needed, int) else None
    return replace(said(metric, "INCONCLUSIVE", text, bounds, missing), code=ZERO_VARIANCE)


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
        verdict = _worse(check.verdict, _by_sequence(metric, interval, margin))
        fields |= {"verdict": verdict, "code": CODES[verdict], "interval": interval}
    return replace(check, **fields)


def _worse(one: Answer, two: Answer) -> Answer:
    return min(one, two, key=("FAIL", "INCONCLUSIVE", "PASS").index)


def _by_sequence(metric: Metric, interval: Interval | None, margin: float) -> Answer:
    if interval is None:
        return "INCONCLUSIVE"
    ends = sorted(better_by(end, metric.direction) for end in (interval.low, interval.high))
    return "PASS" if ends[0] >= -margin else "FAIL" if ends[1] < -margin else "INCONCLUSIVE"
