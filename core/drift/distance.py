"""How far two sets of counts, or two samples, lie apart.

PSI with half a count added to every bucket, p = (c+1/2)/(n+K/2), so that an empty bucket is no
infinity; without drift its mean is (K-1)(1/n+1/m) and PSI/(1/n+1/m) is about chi-square with
K-1 degrees of freedom. Jensen-Shannon distance to base 2 on the raw shares; Pearson's
chi-square; two-sample Kolmogorov-Smirnov with its asymptotic p; Wasserstein over reference sd.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy

from core.stats.sample import NO_DATA, Array, NotComputable

_LARGE, _CERTAIN, _TAIL = 10_000, 0.05, 2.2  # n*m/(n+m), and n*d^2 where the tails begin


@dataclass(frozen=True)
class Distances:
    """Two sets of counts in the same K buckets. raw_psi: None with an empty bucket.

    null_*: PSI without any drift, mean and 95 % point. p: of the chi-square test.
    """

    psi: float
    raw_psi: float | None
    js_bits: float
    null_mean: float
    null_p95: float
    chi2: float
    df: int
    p: float


@dataclass(frozen=True)
class Ks:
    """Largest distance of the two distribution functions and its asymptotic p."""

    distance: float
    p: float


def distances(reference: Sequence[int], current: Sequence[int]) -> Distances | NotComputable:
    """All figures on counts; both sides need at least one row."""
    ref, cur = np.asarray(reference, dtype=np.float64), np.asarray(current, dtype=np.float64)
    n, m = float(ref.sum()), float(cur.sum())
    if ref.size != cur.size or n <= 0 or m <= 0:
        return NotComputable(NO_DATA, "One of the two sides has no rows.")
    p, q = (ref + 0.5) / (n + 0.5 * ref.size), (cur + 0.5) / (m + 0.5 * cur.size)
    mean, p95 = psi_without_drift(n, m, ref.size)
    chi2, df, p_value = _chi_square(ref, cur)
    whole = bool(np.all(ref > 0) and np.all(cur > 0))
    return Distances(
        float(np.sum((q - p) * np.log(q / p))),
        float(np.sum((cur / m - ref / n) * np.log((cur / m) / (ref / n)))) if whole else None,
        _jensen_shannon(ref / n, cur / m),
        mean,
        p95,
        chi2,
        df,
        p_value,
    )


def psi_without_drift(n: float, m: float, buckets: int) -> tuple[float, float]:
    """Mean and 95 % point of PSI when nothing has changed."""
    noise = 1 / n + 1 / m
    return (buckets - 1) * noise, _chi2_p95(buckets - 1) * noise


def ks_sorted(reference: Array, current: Array) -> Ks | NotComputable:
    """Kolmogorov-Smirnov of two sorted samples."""
    n, m = reference.size, current.size
    if not n or not m:
        return NotComputable(NO_DATA, "One of the two sides has no finite values.")
    # The extremes lie at the values of the smaller sample: just before them or at them. Among
    # equal values the first has the right "before" and the last the right "at"; the others
    # only give smaller distances on their own side.
    few, many = (reference, current) if n <= m else (current, reference)
    rank = np.arange(1, few.size + 1) / few.size
    at = np.searchsorted(many, few, side="right") / many.size
    distance = float(np.max(rank - at))
    before = np.searchsorted(many, few, side="left") / many.size
    distance = max(distance, float(np.max(before - rank)) + 1 / few.size, 0.0)
    return Ks(distance, ks_p(distance, n, m))


def ks_counts(reference: Sequence[int], current: Sequence[int]) -> Ks | NotComputable:
    """The same from counts in common buckets: never above the samples' own distance."""
    ref, cur = np.asarray(reference, dtype=np.float64), np.asarray(current, dtype=np.float64)
    n, m = float(ref.sum()), float(cur.sum())
    if ref.size != cur.size or n <= 0 or m <= 0:
        return NotComputable(NO_DATA, "One of the two sides has no finite values.")
    distance = float(np.max(np.abs(np.cumsum(ref) / n - np.cumsum(cur) / m)))
    return Ks(distance, ks_p(distance, n, m))


def ks_p(distance: float, n: float, m: float) -> float:
    """Two-sided asymptotic p of a distance of two samples of n and m.

    For large samples scipy's tails take a second a column; there Smirnov's one-sided tail is
    expanded to 1/n (twice it, as scipy does): within 1e-4 of p at n = 10,000, closer beyond.
    """
    worth = max(1.0, float(np.round(n * m / (n + m))))
    z2 = worth * min(1.0, distance) ** 2
    if worth > _LARGE and z2 < _CERTAIN:
        return 1.0
    if worth > _LARGE and z2 >= _TAIL:
        expanded = 2 * math.sqrt(z2 / worth) / 3 - 4 * z2 * (1 - z2) / (9 * worth)
        return 2 * math.exp(-2 * z2 - expanded)
    return _ks_tail(min(1.0, distance), worth)


# The columns of a table have as many rows, so that few distances and sizes come again and again;
# scipy takes milliseconds for each.
@lru_cache(maxsize=4096)
def _ks_tail(distance: float, worth: float) -> float:
    return float(np.clip(scipy.stats.kstwo.sf(distance, worth), 0.0, 1.0))


@lru_cache(maxsize=256)
def _chi2_p95(df: int) -> float:
    return float(scipy.stats.chi2.ppf(0.95, df)) if df > 0 else 0.0


def wasserstein_in_sd(reference: Array, current: Array) -> float | NotComputable:
    """Wasserstein distance of two sorted samples, in (population) sd of the reference."""
    if not reference.size or not current.size:
        return NotComputable(NO_DATA, "One of the two sides has no finite values.")
    sd = float(reference.std())
    if sd <= 0 or not math.isfinite(sd):
        return NotComputable("zero variance", "The reference column is constant.")
    if reference.size == current.size:
        return float(np.mean(np.abs(reference - current))) / sd
    together = np.concatenate([reference, current])
    together.sort(kind="stable")  # merges two sorted runs
    steps, places = np.diff(together), together[:-1]
    gap = np.searchsorted(reference, places, side="right") / reference.size
    gap -= np.searchsorted(current, places, side="right") / current.size
    return float(np.abs(gap) @ steps) / sd


def _jensen_shannon(p: Array, q: Array) -> float:
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(x > 0, x * np.log2(x / middle), 0.0).sum() for x in (p, q)]
    return math.sqrt(max(0.0, float(parts[0] + parts[1]) / 2))


def _chi_square(ref: Array, cur: Array) -> tuple[float, int, float]:
    used = (ref + cur) > 0
    ref, cur = ref[used], cur[used]
    df = int(ref.size) - 1
    if df < 1:
        return 0.0, 0, 1.0
    share = ref.sum() / (ref.sum() + cur.sum())
    expected = (ref + cur) * share
    chi2 = float(np.sum((ref - expected) ** 2 / expected))
    other = (ref + cur) * (1 - share)
    chi2 += float(np.sum((cur - other) ** 2 / other))
    return chi2, df, float(scipy.special.chdtrc(df, chi2))
