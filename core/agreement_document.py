"""The source document's kappa (chapter 4), by its name and as it stands: for comparison only.

Its chance term squares annotator a's shares alone, which is neither Cohen's nor Scott's: the
value changes when the annotators swap places, leaves -1..1, and is 1.0 ("perfect") when a
always says the same and b always contradicts. Where it would return 1.0 or 0.0 out of nothing,
this says so instead.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from core.sample import LENGTH_MISMATCH, NO_DATA, NotComputable

LOW, NEEDED = 0.6, 0.8


@dataclass(frozen=True)
class DocumentKappa:
    """The document's value, and the same with the annotators swapped.

    constant: annotator a used one label only, so the value is 1.0 by its fiat.
    """

    value: float
    swapped: float
    constant: bool

    @property
    def is_low(self) -> bool:
        """The document's alarm: below 0.6."""
        return self.value < LOW


def document_kappa(a: Sequence[Hashable], b: Sequence[Hashable]) -> DocumentKappa | NotComputable:
    """`inter_annotator_agreement` of the document's data_quality_monitor.py."""
    if len(a) != len(b):
        return NotComputable(LENGTH_MISMATCH, f"{len(a)} labels against {len(b)}.")
    if not a:
        return NotComputable(NO_DATA, "No example was labelled twice.")
    return DocumentKappa(_value(a, b), _value(b, a), len(set(a)) == 1)


def _value(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
    chance = sum((count / len(a)) ** 2 for count in Counter(a).values())
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)
