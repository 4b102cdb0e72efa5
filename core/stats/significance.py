"""Is the candidate worse than the baseline by more than the margin?

The question of a gate is non-inferiority: PASS needs proof that the loss is smaller than the
margin, and the absence of a significant difference proves nothing. Unit of observation: the
example (its mean over runs), the document when examples share one (clusters).
Formulas: Student 1908, Welch 1947; see core/stats/clusters.py for documents and chats.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy

from core.stats.clusters import clustered_mean
from core.stats.sample import (
    LENGTH_MISMATCH,
    ZERO_VARIANCE,
    Answer,
    Array,
    Direction,
    Interval,
    NotComputable,
    is_constant,
    sample,
)

Values = Sequence[float | None]


@dataclass(frozen=True)
class Welch:
    """Candidate minus baseline, two-sided. interval: 95 %. sd_*: with n-1."""

    difference: float
    t: float
    df: float
    p: float
    interval: Interval
    sd_candidate: float
    sd_baseline: float


@dataclass(frozen=True)
class NonInferiority:
    """One-sided test of "worse by less than the margin". interval: two-sided, 1 - 2 alpha.

    difference: candidate minus baseline. bound: the interval's end on the bad side.
    n: examples, or the smaller arm. clusters: number of clusters used, or None.
    """

    n: int
    difference: float
    se: float
    t: float
    p: float
    interval: Interval
    bound: float
    verdict: Answer
    clusters: int | None = None


def welch(candidate: Values, baseline: Values) -> Welch | NotComputable:
    """Welch's two-sided t-test of two independent samples."""
    one, two = sample(candidate), sample(baseline)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    spread = _welch_se(one, two)
    if spread is None:
        return _no_variance()
    se, df = spread
    difference = float(one.mean() - two.mean())
    half = float(scipy.stats.t.ppf(0.975, df)) * se
    return Welch(
        difference,
        difference / se,
        df,
        float(2 * scipy.stats.t.sf(abs(difference / se), df)),
        Interval(difference - half, difference + half),
        float(one.std(ddof=1)),
        float(two.std(ddof=1)),
    )


def independent_noninferiority(
    candidate: Values,
    baseline: Values,
    *,
    margin: float,
    direction: Direction = "higher",
    alpha: float = 0.05,
) -> NonInferiority | NotComputable:
    """Welch's test shifted by the margin: for different examples, or for run means."""
    one, two = sample(candidate), sample(baseline)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    spread = _welch_se(one, two)
    if spread is None:
        return _no_variance()
    found = (float(one.mean() - two.mean()), *spread)
    return noninferior(
        found, min(one.size, two.size), margin=margin, direction=direction, alpha=alpha
    )


def paired_noninferiority(
    candidate: Values,
    baseline: Values,
    *,
    margin: float,
    direction: Direction = "higher",
    alpha: float = 0.05,
) -> NonInferiority | NotComputable:
    """One-sample t-test on the per-example differences, shifted by the margin."""
    differences = paired_differences(candidate, baseline)
    if isinstance(differences, NotComputable):
        return differences
    if is_constant(differences, *_arms(candidate, baseline)):
        return _no_variance()
    n = int(differences.size)
    found = (float(differences.mean()), float(differences.std(ddof=1)) / math.sqrt(n), n - 1.0)
    return noninferior(found, n, margin=margin, direction=direction, alpha=alpha)


def clustered_noninferiority(
    differences: Values,
    clusters: Sequence[str],
    *,
    margin: float,
    direction: Direction,
    alpha: float = 0.05,
) -> NonInferiority | NotComputable:
    """The paired test when examples share documents: clustered SE, t with clusters-1 df."""
    found = clustered_mean(differences, clusters)
    if isinstance(found, NotComputable):
        return found
    if found.se <= 0:
        return _no_variance()
    figures = (found.mean, found.se, found.clusters - 1.0)
    judged = noninferior(figures, found.n, margin=margin, direction=direction, alpha=alpha)
    return replace(judged, clusters=found.clusters)


def noninferior(
    found: tuple[float, float, float],
    n: int,
    *,
    margin: float,
    direction: Direction = "higher",
    alpha: float = 0.05,
) -> NonInferiority:
    """The verdict on (difference, its standard error > 0, degrees of freedom)."""
    difference, se, df = found
    half = float(scipy.stats.t.ppf(1 - alpha, df)) * se
    interval = Interval(difference - half, difference + half)
    higher = direction == "higher"
    t = (difference + margin) / se if higher else (difference - margin) / se
    p = float(scipy.stats.t.sf(t, df) if higher else scipy.stats.t.cdf(t, df))
    bound = interval.low if higher else interval.high
    beyond = interval.high < -margin if higher else interval.low > margin
    verdict: Answer = "PASS" if p <= alpha else "FAIL" if beyond else "INCONCLUSIVE"
    return NonInferiority(n, difference, se, t, p, interval, bound, verdict)


def paired_differences(candidate: Values, baseline: Values) -> Array | NotComputable:
    """Candidate minus baseline by example, or why they cannot be paired."""
    one, two = sample(candidate), sample(baseline)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    if one.size != two.size:
        return NotComputable(LENGTH_MISMATCH, "The two sides have different numbers of examples.")
    return one - two


def _arms(candidate: Values, baseline: Values) -> tuple[Array, Array]:
    return np.asarray(candidate, dtype=np.float64), np.asarray(baseline, dtype=np.float64)


def _welch_se(one: Array, two: Array) -> tuple[float, float] | None:
    """Standard error of the difference and its degrees of freedom; None without variance."""
    if is_constant(one) and is_constant(two):
        return None
    a, b = float(one.var(ddof=1)) / one.size, float(two.var(ddof=1)) / two.size
    share = a / (a + b)
    df = 1 / (share**2 / (one.size - 1) + (1 - share) ** 2 / (two.size - 1))
    return math.sqrt(a + b), df


def _no_variance() -> NotComputable:
    return NotComputable(
        ZERO_VARIANCE, "All values are the same, so nothing can be said about chance."
    )
