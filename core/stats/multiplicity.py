"""Many tests at once: Holm 1979 (claims and alarms) and Benjamini-Hochberg 1995 (exploration).

"All metrics must be non-inferior" needs neither: the intersection-union test keeps its level.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.stats.sample import Array


@dataclass(frozen=True)
class Adjusted:
    """Adjusted p-values and rejections, in the order given."""

    p: tuple[float, ...]
    rejected: tuple[bool, ...]


def holm(p_values: Sequence[float], *, alpha: float = 0.05) -> Adjusted:
    """Step-down family-wise control. p_values must be numbers in 0..1."""
    order, ordered = _in_order(p_values)
    count = ordered.size
    adjusted = np.minimum(1.0, np.maximum.accumulate(ordered * np.arange(count, 0, -1)))
    kept = ordered > alpha / np.arange(count, 0, -1)
    first_kept = int(np.argmax(kept)) if kept.any() else count
    return _unsorted(order, adjusted, np.arange(count) < first_kept)


def benjamini_hochberg(p_values: Sequence[float], *, alpha: float = 0.05) -> Adjusted:
    """Step-up control of the false discovery rate. p_values must be numbers in 0..1."""
    order, ordered = _in_order(p_values)
    count = ordered.size
    rank = np.arange(1, count + 1)
    adjusted = np.minimum.accumulate((ordered * count / rank)[::-1])[::-1]
    passing = np.nonzero(ordered <= alpha * (rank / count))[0]
    last = int(passing[-1]) if passing.size else -1
    return _unsorted(order, np.minimum(1.0, adjusted), np.arange(count) <= last)


def _in_order(p_values: Sequence[float]) -> tuple[np.ndarray, Array]:
    known = np.asarray(p_values, dtype=np.float64)
    if known.size and not bool(np.all((known >= 0) & (known <= 1))):
        raise ValueError("p-values lie between 0 and 1")
    order = np.argsort(known, kind="stable")
    return order, known[order]


def _unsorted(order: np.ndarray, p: Array, rejected: np.ndarray) -> Adjusted:
    places = np.argsort(order, kind="stable")
    return Adjusted(tuple(map(float, p[places])), tuple(map(bool, rejected[places])))
