"""The source document's PSI (chapter 10), by its name: equal-width bins, no correction.

Ten equal-width bins over the pooled range, shares clipped at 0.001, ALERT above 0.2. One outlier
stretches the bins until nothing can move, and small samples alarm without any drift; kept for
comparison. Where the document skips a feature or divides by zero, this says "not computable".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core.drift.profile import ColumnProfile, mergeable, numbers
from core.stats.sample import NO_DATA, NOT_FINITE, ZERO_VARIANCE, NotComputable

DocumentStatus = Literal["OK", "WARN", "ALERT", "NOT COMPUTABLE"]


@dataclass(frozen=True)
class DocumentDrift:
    """One feature by the document's rule. psi: None when it is not computable."""

    feature: str
    status: DocumentStatus
    psi: float | None
    reason: str = ""


def document_psi(expected: Any, actual: Any, *, bins: int = 10) -> float | NotComputable:
    """`population_stability_index` of the document's drift_detector.py."""
    one, two = numbers(expected), numbers(actual)
    if one is None or two is None:
        return NotComputable("not numeric", "The document's PSI knows numbers only.")
    if one[1] or two[1]:
        return NotComputable(NOT_FINITE, "The document's PSI is undefined with missing values.")
    if not one[0].size or not two[0].size:
        return NotComputable(NO_DATA, "One of the two sides has no rows.")
    low, high = min(one[0].min(), two[0].min()), max(one[0].max(), two[0].max())
    if low == high:
        return NotComputable(ZERO_VARIANCE, "All values are the same on both sides.")
    edges = np.linspace(low, high, bins + 1)
    before, after = (
        np.clip(np.histogram(side, edges)[0] / side.size, 0.001, None) for side in (one[0], two[0])
    )
    return float(np.sum((after - before) * np.log(after / before)))


def document_drift(
    training: Mapping[str, Any], production: Mapping[str, Any], *, threshold: float = 0.2
) -> tuple[DocumentDrift, ...]:
    """`check_drift` of the document; a feature absent from production is told, not skipped."""
    return tuple(
        _judged(name, values, production.get(name), threshold) for name, values in training.items()
    )


def document_drift_of_counts(
    reference: Mapping[str, ColumnProfile], current: Mapping[str, ColumnProfile]
) -> tuple[DocumentDrift, ...]:
    """The document's formula and limits on stored counts.

    Its equal-width bins need the rows of both sides at once; in the stored buckets an outlier
    blinds nothing, but shares are clipped at 0.001 and chance is not corrected, as there.
    """
    return tuple(_counted(column, current.get(name)) for name, column in reference.items())


def _counted(before: ColumnProfile, after: ColumnProfile | None) -> DocumentDrift:
    name = before.name
    if after is None:
        return DocumentDrift(name, "NOT COMPUTABLE", None, f"{name} is absent from production.")
    why = ""
    if not before.is_numeric or not after.is_numeric:
        why = "The document's PSI knows numbers only."
    elif before.missing or after.missing:
        why = "The document's PSI is undefined with missing values."
    elif mergeable(before, after) or not sum(before.counts) or not sum(after.counts):
        why = "The two sides have no common buckets."
    if why:
        return DocumentDrift(name, "NOT COMPUTABLE", None, f"{name}: {why}")
    sides = ((*before.counts, before.new), (*after.counts, after.new))
    old, new = (np.clip(np.asarray(side) / sum(side), 0.001, None) for side in sides)
    psi = float(np.sum((new - old) * np.log(new / old)))
    return DocumentDrift(name, _document_status(psi, 0.2), psi)


def _judged(name: str, before: Any, after: Any, threshold: float) -> DocumentDrift:
    if after is None:
        reason = f"{name} is absent from production."
        return DocumentDrift(name, "NOT COMPUTABLE", None, reason)
    psi = document_psi(before, after)
    if isinstance(psi, NotComputable):
        return DocumentDrift(name, "NOT COMPUTABLE", None, f"{name}: {psi.reason}")
    return DocumentDrift(name, _document_status(psi, threshold), psi)


def _document_status(psi: float, threshold: float) -> DocumentStatus:
    return "OK" if psi < 0.1 else "WARN" if psi < threshold else "ALERT"
