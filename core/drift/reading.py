"""By how much, and how surely, a column has moved: one reading for each way of moving.

Shape: PSI of the buckets with chi-square, in which rare levels are put together first. Distance:
Kolmogorov-Smirnov for deciles, total variation for the others: a shift that every bucket shares a
little of. Tails: rows beyond the reference's outer percentiles, by Fisher's exact test. Each has a
size from which it is worth a warning and twice that an alert; the column's p pays for them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from core.drift.distance import Distances, Ks
from core.drift.profile import ColumnProfile
from core.stats.sample import NotComputable

EXPECTED = (
    5.0  # rows a level should have on both sides, or chi-square means nothing (Cochran 1954)
)
WARN_PSI, WARN_DISTANCE, WARN_TAIL = 0.1, 0.1, 0.03
WEIGHTS = (0.46, 0.46, 0.04, 0.04)  # shape, distance, the lower and the upper tail
FEW_KNOWN = 0.2  # of the reference's rows in levels that are no rarity; below it is an id
_TAIL_SHARE = 0.05  # an outer bucket that holds more is no tail

Buckets = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Reading:
    """size: 1 from where a warning is due, 2 an alert. p: of nothing having changed. words: what
    moved, for a sentence, "" for the shape.
    """

    size: float
    p: float
    words: str = ""


def merged(reference: ColumnProfile, current: ColumnProfile) -> Buckets | NotComputable:
    """Counts of both sides by bucket; new ones and rarities in one, missing values in another.

    A level is a rarity by the rows of both sides together: without drift each of them lies on
    either side by chance, so putting them together favours none (which their count in the
    reference alone would: levels it has never seen are its rarest).
    """
    if reference.kind == "deciles":
        ref, cur = list(reference.counts), list(current.counts)
        new = reference.new, current.new
    else:
        n, m = reference.rows, current.rows
        least = EXPECTED * (n + m) / max(1, min(n, m))
        pairs = list(zip(reference.counts, current.counts, strict=True))
        kept = [pair for pair in pairs if sum(pair) >= least]
        rest = [pair for pair in pairs if sum(pair) < least]
        if _is_id(reference, kept):
            return NotComputable("an id", "nearly every row has a value of its own, as ids have.")
        ref, cur = [a for a, _ in kept], [b for _, b in kept]
        new = reference.new + sum(a for a, _ in rest), current.new + sum(b for _, b in rest)
    for one, two in (new, (reference.missing, current.missing)):
        if one or two:
            ref, cur = [*ref, one], [*cur, two]
    return tuple(ref), tuple(cur)


def _is_id(reference: ColumnProfile, kept: Sequence[tuple[int, int]]) -> bool:
    known = reference.rows - reference.missing
    many = len(reference.counts) + reference.new > 0.5 * known
    return reference.kind == "categorical" and many and sum(a for a, _ in kept) < FEW_KNOWN * known


def readings(
    reference: ColumnProfile,
    current: ColumnProfile,
    found: Distances,
    *,
    ks: Ks | None,
    buckets: Buckets,
) -> list[Reading]:
    """All readings of the column, the shape's first."""
    result = [Reading(found.psi / WARN_PSI, found.p)]
    if ks is not None and reference.kind == "deciles":
        result.append(Reading(ks.distance / WARN_DISTANCE, ks.p, f"shifted by {ks.distance:.0%}"))
        result += [_tail(reference, current, upper=upper) for upper in (False, True)]
    elif reference.kind != "deciles":
        moved = _total_variation(*buckets)
        words = f"{moved:.0%} of the rows are something else"
        result.append(Reading(moved / WARN_DISTANCE, found.p, words))
    return result


def p_of(found: Sequence[Reading], kind: str) -> float:
    """The column's p: the smallest one by its weight (weighted Bonferroni). The distance of levels
    has the shape's test, so there is one; a tail that matters is plain enough for a small weight.
    """
    weights = WEIGHTS if kind == "deciles" else (1.0, 1.0)
    return min(1.0, *(one.p / weight for one, weight in zip(found, weights, strict=False)))


def _total_variation(ref: Sequence[int], cur: Sequence[int]) -> float:
    one, two = np.asarray(ref, dtype=np.float64), np.asarray(cur, dtype=np.float64)
    return float(np.abs(one / one.sum() - two / two.sum()).sum() / 2)


def _tail(reference: ColumnProfile, current: ColumnProfile, *, upper: bool) -> Reading:
    place, side = (-1, "above") if upper else (0, "below")
    known = sum(reference.fine_counts), sum(current.fine_counts)
    if reference.fine_edges != current.fine_edges or not all(known):
        return Reading(0.0, 1.0)
    out = reference.fine_counts[place], current.fine_counts[place]
    share = out[0] / known[0], out[1] / known[1]
    if share[0] > _TAIL_SHARE:
        return Reading(0.0, 1.0)
    p = float(scipy.stats.hypergeom.sf(out[1] - 1, sum(known), sum(out), known[1]))
    words = f"{share[1]:.1%} lie {side} what {1 - share[0]:.0%} of the reference keep to"
    return Reading((share[1] - share[0]) / WARN_TAIL, p, words)
