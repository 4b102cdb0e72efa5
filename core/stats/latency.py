"""The 95th percentile against a limit: a quantile test, not a mean.

Sign test of the quantile (Conover 1999, as scipy.stats.quantile_test): the number of values
over the limit is binomial. Below 59 values a sample cannot bound its p95 from above at 95 %.
Repeats of one prompt, or prompts of one chat, are not so many values: they count as many as their
cluster-robust error says (core/stats/clusters.effective_n), by which the binomial is narrowed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from core.stats.clusters import clustered_mean, effective_n
from core.stats.sample import Answer, Array, Interval, NotComputable, sample

Units = Sequence[str]  # what each value is of: its prompt or chat; () when each is its own

P95 = 0.95
SMALLEST_N = 59  # 0.95**59 < 0.05


@dataclass(frozen=True)
class P95Check:
    """p95 (inverted CDF) against a limit, in the unit of the values.

    worth: how many independent values the n are worth. p_below: that the true p95 is under the
    limit; p_above: that it is over it.
    upper, lower: one-sided 1 - alpha bounds of the true p95, None when the sample is too small.
    """

    n: int
    worth: int
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


def p95_against(
    values: Sequence[float | None], *, limit: float, units: Units = (), alpha: float = 0.05
) -> P95Check | NotComputable:
    """Whether the true p95 is at most the limit. Lower is better (negate for higher).

    alpha: how often either answer may be wrong.
    """
    known = sample(values)
    if isinstance(known, NotComputable):
        return known
    worth = _worth(known, limit, units)
    if isinstance(worth, NotComputable):
        return worth
    under = math.floor(worth * np.count_nonzero(known < limit) / known.size)
    kept = math.ceil(worth * np.count_nonzero(known <= limit) / known.size)
    p_below = float(scipy.stats.binom.sf(under - 1, worth, P95))
    p_above = float(scipy.stats.binom.cdf(kept, worth, P95))
    verdict: Answer = "INCONCLUSIVE"
    if min(p_below, p_above) <= alpha:
        verdict = "PASS" if p_below <= alpha else "FAIL"
    return P95Check(
        int(known.size),
        worth,
        float(np.quantile(known, P95, method="inverted_cdf")),
        int(np.count_nonzero(known > limit)),
        p_below,
        p_above,
        _bound(known, worth, tail=alpha, upper=True),
        _bound(known, worth, tail=alpha, upper=False),
        verdict,
    )


def p95_change(
    candidate: Sequence[float | None],
    baseline: Sequence[float | None],
    *,
    margin: float,
    units: tuple[Units, Units] = ((), ()),
    alpha: float = 0.05,
) -> P95Change | NotComputable:
    """Whether the candidate's p95 is at most `margin` above the baseline's.

    Each side gets 97.5 % order-statistic bounds, so both ends hold together at 95 % (1 - alpha).
    """
    one, two = sample(candidate), sample(baseline)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    ends: list[float | None] = []
    for part, of in zip((one, two), units, strict=True):
        worth = _worth(part, _p95(part), of)
        if isinstance(worth, NotComputable):
            return worth
        ends += [_bound(part, worth, tail=alpha / 2, upper=up) for up in (False, True)]
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


def _worth(values: Array, at: float, units: Units) -> int | NotComputable:
    """How many independent values these are worth where they cross that point."""
    if len(set(units)) in (0, values.size):
        return int(values.size)
    found = clustered_mean([float(value > at) for value in values], units)
    return found if isinstance(found, NotComputable) else math.floor(effective_n(found))


def _bound(values: Array, worth: int, *, tail: float, upper: bool) -> float | None:
    """One-sided bound of the p95 by an order statistic; None when there is none."""
    ordered = np.sort(values)
    place = int(scipy.stats.binom.ppf(1 - tail if upper else tail, worth, P95))
    rank = place + 1 if upper else place
    if not 1 <= rank <= worth:
        return None
    exact = rank * ordered.size / worth
    return float(ordered[(math.ceil(exact) if upper else max(1, math.floor(exact))) - 1])
