"""A column as counts: what is kept of a data set to see whether it drifts.

Numeric with more than 20 distinct finite values: buckets between the reference's deciles
(`lower` quantiles), bucket i = edges[i-1] < x <= edges[i], outer buckets open. Otherwise one
bucket by value. Categories: one by level. Values and levels the reference does not know are
counted as new; NaN, infinity and None as missing. Rows never leave, only counts do.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.stats.sample import Array, NotComputable

Kind = Literal["deciles", "values", "categorical"]
MAX_DISTINCT = 20
MAX_LEVELS = 1000  # rarer ones are counted together with the new ones
_DECILES = np.arange(1, 10) / 10
_PERCENTILES = np.arange(1, 100) / 100  # finer edges, so that a profile still gives a KS test


@dataclass(frozen=True)
class ColumnProfile:
    """Counts of one column against the reference's buckets.

    deciles: edges (n) and counts (n+1). values, categorical: levels and counts by level.
    fine_*: percentile edges and counts of a deciles column, empty when not known.
    mean, sd: of the finite values (population sd), None when there are none.
    """

    name: str
    kind: Kind
    counts: tuple[int, ...]
    edges: tuple[float, ...] = ()
    levels: tuple[str | float, ...] = ()
    new: int = 0
    missing: int = 0
    fine_edges: tuple[float, ...] = ()
    fine_counts: tuple[int, ...] = ()
    mean: float | None = None
    sd: float | None = None

    @property
    def is_numeric(self) -> bool:
        """Numeric, by deciles or by value."""
        return self.kind != "categorical"

    @property
    def rows(self) -> int:
        """All rows, missing ones included."""
        return sum(self.counts) + self.new + self.missing


def profile(columns: Mapping[str, Any]) -> dict[str, ColumnProfile]:
    """The reference: its own buckets from its own values. Columns are arrays or sequences."""
    return {name: reference_column(name, values) for name, values in columns.items()}


def profile_like(
    reference: Mapping[str, ColumnProfile], columns: Mapping[str, Any]
) -> dict[str, ColumnProfile]:
    """Current data counted into the reference's buckets; unknown columns get their own."""
    return {
        name: current_column(reference[name], values)
        if name in reference
        else reference_column(name, values)
        for name, values in columns.items()
    }


def reference_column(name: str, values: Any) -> ColumnProfile:
    """One reference column with the buckets that fit it."""
    numeric = numbers(values)
    if numeric is None:
        return _categories(name, values)
    return from_sorted(name, np.sort(numeric[0]), numeric[1])


def from_sorted(name: str, ordered: Array, missing: int) -> ColumnProfile:
    """A numeric reference column from its sorted finite values."""
    if ordered.size:
        # A thousand of them tell enough in most columns, and save a pass over all.
        if np.unique(ordered[:: max(1, ordered.size // 1000)]).size > MAX_DISTINCT:
            return _deciles(name, ordered, missing)
        starts = np.nonzero(np.r_[True, ordered[1:] != ordered[:-1]])[0]
        if starts.size > MAX_DISTINCT:
            return _deciles(name, ordered, missing)
        counts = np.diff(starts, append=ordered.size)
        levels = tuple(map(float, ordered[starts]))
        mean, sd = _moments(ordered)
        return ColumnProfile(
            name, "values", _ints(counts), levels=levels, missing=missing, mean=mean, sd=sd
        )
    return ColumnProfile(name, "values", (), missing=missing)


def current_column(reference: ColumnProfile, values: Any) -> ColumnProfile:
    """Current values in the reference's buckets; of its own kind when the type has changed."""
    numeric = numbers(values)
    if numeric is None and not reference.is_numeric:
        return _in_levels(reference, values)
    if numeric is not None and reference.is_numeric:
        return sorted_like(reference, np.sort(numeric[0]), numeric[1])
    other = reference_column(reference.name, values)
    if other.counts:
        return other
    return replace(  # every value is missing, which fits any type
        reference,
        counts=(0,) * len(reference.counts),
        fine_counts=(0,) * len(reference.fine_counts),
        new=0,
        missing=other.missing,
        mean=None,
        sd=None,
    )


def sorted_like(reference: ColumnProfile, ordered: Array, missing: int) -> ColumnProfile:
    """Sorted finite values in the numeric reference's buckets."""
    mean, sd = _moments(ordered)
    base = replace(reference, new=0, missing=missing, mean=mean, sd=sd)
    if reference.kind == "deciles":
        fine = _between(ordered, reference.fine_edges) if reference.fine_edges else ()
        return replace(base, counts=_between(ordered, reference.edges), fine_counts=fine)
    levels = np.asarray(reference.levels, dtype=np.float64)
    low, high = np.searchsorted(ordered, levels), np.searchsorted(ordered, levels, side="right")
    counts = _ints(high - low)
    return replace(base, counts=counts, new=int(ordered.size) - sum(counts))


def numbers(values: Any) -> tuple[Array, int] | None:
    """Finite values and how many are missing; None when the column is not numeric."""
    array = values if isinstance(values, np.ndarray) else _array(values)
    if array.dtype.kind not in "fiu":
        return None
    floats = array if array.dtype == np.float64 else array.astype(np.float64)
    finite = np.isfinite(floats)
    whole = bool(finite.all())
    return (floats if whole else floats[finite]), 0 if whole else int((~finite).sum())


def mergeable(reference: ColumnProfile, current: ColumnProfile) -> NotComputable | None:
    """Why the two profiles cannot be compared bucket by bucket, or None."""
    same = reference.kind == current.kind and len(reference.counts) == len(current.counts)
    if same and reference.edges == current.edges and reference.levels == current.levels:
        return None
    return NotComputable("other buckets", "The profile was counted in other buckets.")


def _array(values: Any) -> NDArray[Any]:
    """A sequence as an array: numbers with gaps are numeric, everything else is not."""
    known = list(values)
    gaps = [value is None for value in known]
    real = [value for value in known if value is not None]
    if real and all(isinstance(v, int | float) and not isinstance(v, bool) for v in real):
        filled = [np.nan if gap else value for value, gap in zip(known, gaps, strict=True)]
        return np.asarray(filled, dtype=np.float64)
    return np.asarray(known, dtype=object)


def _deciles(name: str, ordered: Array, missing: int) -> ColumnProfile:
    edges, fine = _quantiles(ordered, _DECILES), _quantiles(ordered, _PERCENTILES)
    mean, sd = _moments(ordered)
    return ColumnProfile(
        name,
        "deciles",
        _between(ordered, edges),
        edges=edges,
        missing=missing,
        fine_edges=fine,
        fine_counts=_between(ordered, fine),
        mean=mean,
        sd=sd,
    )


def _quantiles(ordered: Array, shares: Array) -> tuple[float, ...]:
    """numpy's `lower` quantiles of sorted values, without repeats."""
    places = np.floor((ordered.size - 1) * shares).astype(np.intp)
    return tuple(map(float, np.unique(ordered[places])))


def _between(ordered: Array, edges: tuple[float, ...]) -> tuple[int, ...]:
    ends = np.searchsorted(ordered, np.asarray(edges), side="right")
    return _ints(np.diff(ends, prepend=0, append=ordered.size))


def _moments(ordered: Array) -> tuple[float | None, float | None]:
    """Mean and sd; None where there is none, or where it is beyond what a float can hold."""
    if not ordered.size:
        return None, None
    with np.errstate(over="ignore", invalid="ignore"):
        mean, sd = float(ordered.mean()), float(ordered.std())
    return mean if math.isfinite(mean) else None, sd if math.isfinite(sd) else None


def _ints(counts: NDArray[Any]) -> tuple[int, ...]:
    return tuple(map(int, counts))


def _categories(name: str, values: Any) -> ColumnProfile:
    counts, missing = _count_levels(values)
    kept = counts.most_common(MAX_LEVELS)
    rest = sum(counts.values()) - sum(count for _, count in kept)
    kept.sort()
    return ColumnProfile(
        name,
        "categorical",
        tuple(count for _, count in kept),
        levels=tuple(level for level, _ in kept),
        new=rest,
        missing=missing,
    )


def _in_levels(reference: ColumnProfile, values: Any) -> ColumnProfile:
    counts, missing = _count_levels(values)
    known = tuple(counts.pop(str(level), 0) for level in reference.levels)
    return ColumnProfile(
        reference.name,
        "categorical",
        known,
        levels=reference.levels,
        new=sum(counts.values()),
        missing=missing,
    )


def _count_levels(values: Any) -> tuple[Counter[str], int]:
    """Counts by level as text; None, NaN and NaT are missing."""
    found: Counter[str] = Counter()
    missing = 0
    for value, count in Counter(np.asarray(values, dtype=object).tolist()).items():
        if value is None or value != value:  # noqa: PLR0124 (only NaN and NaT differ from themselves)
            missing += count
        else:
            found[str(value)] += count
    return found, missing
