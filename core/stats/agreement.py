"""Do annotators agree beyond chance? Chance-corrected agreement with its uncertainty.

Cohen 1960, weighted Cohen 1968, large-sample variance by Fleiss, Cohen and Everitt 1969; Scott
1955 beside it; Fleiss 1971 and Randolph 2005 for three and more annotators. Constant labels
have no kappa (0/0), and a constant annotator no standard error. Any number of annotators, missing
labels, nominal to interval: Krippendorff 2004/2011, from the coincidence matrix; its range by a
bootstrap over items.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy

from core.stats.sample import LENGTH_MISMATCH, NO_DATA, Array, Interval, NotComputable, is_number

Weights = Literal["linear", "quadratic"]
Label = Hashable
ONE_LABEL = "one label only"
Level = Literal["nominal", "ordinal", "interval", "ratio"]
_DEFINED_SHARE = 0.9  # of the resamples; below it the range means nothing


@dataclass(frozen=True)
class Kappa:
    """Agreement of two annotators. se, interval (95 %): None when one of them is constant.

    observed, chance: raw agreement and what chance gives (weighted when kappa is).
    scott_pi is unweighted. shares: label shares of both annotators together.
    """

    n: int
    kappa: float
    observed: float
    chance: float
    scott_pi: float | None
    se: float | None
    interval: Interval | None
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class FleissKappa:
    """Agreement of three and more annotators; randolph does not suffer from skewed labels."""

    items: int
    raters: int
    fleiss: float
    randolph: float
    observed: float


def cohen(
    a: Sequence[Label | None],
    b: Sequence[Label | None],
    *,
    labels: Sequence[Label] | None = None,
    weights: Weights | None = None,
) -> Kappa | NotComputable:
    """Cohen's kappa of two annotators on the same items; ordered labels with weights.

    labels: all labels in their order; those seen, sorted, when None.
    """
    if len(a) != len(b):
        return NotComputable(LENGTH_MISMATCH, f"{len(a)} labels against {len(b)}.")
    if not a:
        return NotComputable(NO_DATA, "No example was labelled twice.")
    if any(label is None for label in (*a, *b)):
        reason = "Some double labels are missing: use Krippendorff's alpha."
        return NotComputable("missing label", reason)
    known = list(labels) if labels else _ordered({*a, *b})
    place = {label: i for i, label in enumerate(known)}
    if any(label not in place for label in (*a, *b)):
        return NotComputable("unknown label", "A label is not among those listed.")
    table = np.zeros((len(known), len(known)))
    np.add.at(table, ([place[x] for x in a], [place[x] for x in b]), 1)
    return cohen_table(table.tolist(), labels=known, weights=weights)


def cohen_table(
    table: Sequence[Sequence[float]],
    *,
    labels: Sequence[Label] | None = None,
    weights: Weights | None = None,
) -> Kappa | NotComputable:
    """Cohen's kappa of a table of counts: rows are annotator a, columns b."""
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.sum() <= 0:
        return NotComputable(NO_DATA, "No example was labelled twice.")
    n = float(counts.sum())
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    agreeing = _agreement_weights(len(counts), weights)
    observed = float((agreeing * shares).sum())
    chance = float(rows @ agreeing @ columns)
    if 1 - chance <= 1e-12:
        return NotComputable(ONE_LABEL, "Both annotators used one label only: kappa is 0/0.")
    kappa = (observed - chance) / (1 - chance)
    se = None
    if not _is_one_label(rows) and not _is_one_label(columns):
        se = _standard_error(shares, agreeing, kappa, n)
    half = None if se is None else float(scipy.stats.norm.ppf(0.975)) * se
    names = labels if labels else range(len(counts))
    return Kappa(
        round(n),
        kappa,
        observed,
        chance,
        _scott(shares),
        se,
        None if half is None else Interval(kappa - half, kappa + half),
        tuple((str(x), float(v)) for x, v in zip(names, (rows + columns) / 2, strict=True)),
    )


def fleiss(labels_by_item: Sequence[Sequence[Label | None]]) -> FleissKappa | NotComputable:
    """Fleiss' and Randolph's kappa; every item needs the same number of labels (two or more)."""
    if not labels_by_item:
        return NotComputable(NO_DATA, "No example was labelled more than once.")
    raters = len(labels_by_item[0])
    flat = [label for item in labels_by_item for label in item]
    if raters < 2 or any(len(item) != raters for item in labels_by_item) or None in flat:
        reason = "Not every example has the same number of labels: use Krippendorff's alpha."
        return NotComputable("missing label", reason)
    place = {label: i for i, label in enumerate(dict.fromkeys(flat))}
    counts = np.zeros((len(labels_by_item), len(place)))
    for i, item in enumerate(labels_by_item):
        np.add.at(counts[i], [place[label] for label in item], 1)
    observed = float(((counts * (counts - 1)).sum(axis=1) / (raters * (raters - 1))).mean())
    shares = counts.sum(axis=0) / counts.sum()
    chance = float(shares @ shares)
    if 1 - chance <= 1e-12:
        return NotComputable(ONE_LABEL, "Only one label was used: kappa is 0/0.")
    even = 1 / len(place)
    return FleissKappa(
        len(labels_by_item),
        raters,
        (observed - chance) / (1 - chance),
        (observed - even) / (1 - even),
        observed,
    )


def _agreement_weights(count: int, weights: Weights | None) -> Array:
    if weights is None or count < 2:
        return np.eye(count)
    places = np.arange(count, dtype=np.float64)
    apart = np.abs(places[:, None] - places) / (count - 1)
    return np.asarray(1 - (apart if weights == "linear" else apart**2))


def _standard_error(shares: Array, agreeing: Array, kappa: float, n: float) -> float:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    chance = float(rows @ agreeing @ columns)
    by_row, by_column = agreeing @ columns, rows @ agreeing
    pull = agreeing - (by_row[:, None] + by_column) * (1 - kappa)
    variance = float((shares * pull**2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    return math.sqrt(max(0.0, variance) / n) / (1 - chance)


def _scott(shares: Array) -> float | None:
    both = (shares.sum(axis=1) + shares.sum(axis=0)) / 2
    chance = float(both @ both)
    return (float(np.trace(shares)) - chance) / (1 - chance) if 1 - chance > 1e-12 else None


def _is_one_label(margin: Array) -> bool:
    return int(np.count_nonzero(margin)) < 2


def _ordered(labels: set[Label]) -> list[Label]:
    """Sorted by value where they can be compared, by their text otherwise."""
    try:
        return sorted(labels)  # type: ignore[type-var]
    except TypeError:
        return sorted(labels, key=str)


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
