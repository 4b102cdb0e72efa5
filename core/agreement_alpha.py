"""Krippendorff's alpha: any number of annotators, missing labels, nominal to interval.

Krippendorff 2004/2011, from the coincidence matrix; its range by a bootstrap over items.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.agreement import ONE_LABEL
from core.sample import NO_DATA, Array, Interval, NotComputable, is_number

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_DEFINED_SHARE = 0.9  # of the resamples; below it the range means nothing


@dataclass(frozen=True)
class Alpha:
    """items: those with two labels or more. interval: 95 % by bootstrap, None when not asked."""

    items: int
    alpha: float
    interval: Interval | None = None


def krippendorff(
    by_rater: Sequence[Sequence[Hashable | None]],
    *,
    level: Level = "nominal",
    rng: np.random.Generator | None = None,
    resamples: int = 1000,
) -> Alpha | NotComputable:
    """Alpha of a table raters x items with None for missing labels.

    Labels must be numbers unless the level is nominal. rng: for the range; none without it.
    """
    counted = _counts(by_rater, level)
    if isinstance(counted, NotComputable):
        return counted
    counts, values = counted
    alpha = _alpha(counts, values, level)
    if alpha is None:
        return NotComputable(ONE_LABEL, "Only one label was used: alpha is 0/0.")
    interval = _bootstrap(counts, values, level, rng, resamples) if rng else None
    return Alpha(len(counts), alpha, interval)


def _counts(
    by_rater: Sequence[Sequence[Hashable | None]], level: Level
) -> tuple[Array, Array] | NotComputable:
    """How often each item (row) got each value (column), and the values."""
    if len({len(row) for row in by_rater}) > 1:
        return NotComputable("length mismatch", "Every annotator needs an entry for every item.")
    items = [[x for x in item if x is not None] for item in zip(*by_rater, strict=True)]
    items = [item for item in items if len(item) > 1]
    if not items:
        return NotComputable(NO_DATA, "No example was labelled twice.")
    seen = dict.fromkeys(label for item in items for label in item)
    if level == "nominal":
        labels, values = list(seen), np.zeros(len(seen))
    else:
        if not all(isinstance(x, int | float) and is_number(x) for x in seen):
            return NotComputable("labels are no numbers", f"An {level} alpha needs numbers.")
        labels = sorted(seen, key=float)
        values = np.asarray(labels, dtype=np.float64)
    place = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(items), len(labels)))
    for i, item in enumerate(items):
        np.add.at(counts[i], [place[label] for label in item], 1)
    return counts, values


def _alpha(counts: Array, values: Array, level: Level) -> float | None:
    """1 - observed / expected disagreement; None when chance would never disagree."""
    pairable = counts / (counts.sum(axis=1, keepdims=True) - 1)
    coincidences = pairable.T @ counts - np.diag(pairable.sum(axis=0))
    totals = coincidences.sum(axis=0)
    n = float(totals.sum())
    apart = _distance(values, totals, level)
    expected = float(totals @ apart @ totals) / (n - 1)
    if expected <= 0:
        return None
    return 1 - float((coincidences * apart).sum()) / expected


def _distance(values: Array, totals: Array, level: Level) -> Array:
    """Squared distance of every pair of values."""
    if level == "nominal":
        return np.asarray(1 - np.eye(len(totals)))
    if level == "interval":
        return np.asarray((values[:, None] - values) ** 2)
    if level == "ratio":
        both = values[:, None] + values
        both[both == 0] = np.inf  # zero against zero: no distance
        return np.asarray(((values[:, None] - values) / both) ** 2)
    middle = np.cumsum(totals) - totals / 2  # rank of the middle of each value's block
    return np.asarray((middle[:, None] - middle) ** 2)


def _bootstrap(
    counts: Array, values: Array, level: Level, rng: np.random.Generator, resamples: int
) -> Interval | None:
    items = len(counts)
    found = [
        _alpha(counts[rng.integers(0, items, items)], values, level) for _ in range(resamples)
    ]
    known = [alpha for alpha in found if alpha is not None]
    if len(known) < _DEFINED_SHARE * resamples:
        return None
    low, high = np.quantile(known, [0.025, 0.975])
    return Interval(float(low), float(high))
