"""The 95th percentile against a limit: a quantile test, not a mean.

Sign test of the quantile (Conover 1999, as scipy.stats.quantile_test): the number of values
over the limit is binomial. Below 59 values a sample cannot bound its p95 from above at 95 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from core.stats.sample import Answer, Array, Interval, NotComputable, sample

P95 = 0.95
SMALLEST_N = 59  # 0.95**59 < 0.05


@dataclass(frozen=True)
class P95Check:
    """p95 (inverted CDF) against a limit, in the unit of the values.

    p_below: that the true p95 is under the limit; p_above: that it is over it.
    upper, lower: one-sided 95 % bounds of the true p95, None when the sample is too small.
    """

    n: int
    p95: float
    over_limit: int
    p_below: float
    p_above: float
    upper: float | None
    lower: float | None
    verdict: Answer


@dataclass(frozen=True)
class P95Change:
    """How far the candidate's p95 lies above the baseline's, with a conservative 90 % range."""

    difference: float
    interval: Interval
    verdict: Answer


def p95_against(values: Sequence[float | None], *, limit: float) -> P95Check | NotComputable:
    """Whether the true p95 is at most the limit. Lower is better (negate for higher)."""
    known = sample(values)
    if isinstance(known, NotComputable):
        return known
    below = scipy.stats.quantile_test(known, q=limit, p=P95, alternative="less")
    above = scipy.stats.quantile_test(known, q=limit, p=P95, alternative="greater")
    p_below, p_above = float(below.pvalue), float(above.pvalue)
    verdict: Answer = "PASS" if p_below <= 0.05 else "FAIL" if p_above <= 0.05 else "INCONCLUSIVE"
    return P95Check(
        int(known.size),
        float(np.quantile(known, P95, method="inverted_cdf")),
        int(np.count_nonzero(known > limit)),
        p_below,
        p_above,
        _bound(known, tail=0.05, upper=True),
        _bound(known, tail=0.05, upper=False),
        verdict,
    )


def p95_change(
    candidate: Sequence[float | None], baseline: Sequence[float | None], *, margin: float
) -> P95Change | NotComputable:
    """Whether the candidate's p95 is at most `margin` above the baseline's.

    Each side gets 97.5 % order-statistic bounds, so both ends hold together at 95 %.
    """
    one, two = sample(candidate), sample(baseline)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    ends = [_bound(part, tail=0.025, upper=up) for part in (one, two) for up in (False, True)]
    if any(end is None for end in ends):
        return NotComputable("too few for a p95", "A p95 with both bounds needs 72 values a side.")
    low, high, base_low, base_high = (float(end) for end in ends if end is not None)
    interval = Interval(low - base_high, high - base_low)
    difference = _p95(one) - _p95(two)
    verdict: Answer = (
        "PASS" if interval.high <= margin else "FAIL" if interval.low > margin else "INCONCLUSIVE"
    )
    return P95Change(difference, interval, verdict)


def _p95(values: Array) -> float:
    return float(np.quantile(values, P95, method="inverted_cdf"))


def _bound(values: Array, *, tail: float, upper: bool) -> float | None:
    """One-sided bound of the p95 by an order statistic; None when there is none."""
    ordered = np.sort(values)
    n = int(ordered.size)
    place = int(scipy.stats.binom.ppf(1 - tail if upper else tail, n, P95))
    if upper:
        return float(ordered[place]) if place < n else None
    return float(ordered[place - 1]) if place >= 1 else None
