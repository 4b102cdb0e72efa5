"""The document's gate (core.evalgate_document) on pushed results."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.done import Requirement
from core.evalgate_document import DocumentGate, document_gate, document_metric
from core.evaljudge import Evidence
from core.evalscores import Arm


@dataclass(frozen=True)
class DocumentAnswer:
    """Its verdict, and the requirements it has no formula for or no results of."""

    gate: DocumentGate
    left_out: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """`pass`, `fail`, or `not computable` (where the document's code passes)."""
        return {True: "pass", False: "fail", None: "not computable"}[self.gate.passes]


def by_document(requirements: Sequence[Requirement], evidence: Evidence) -> DocumentAnswer:
    """Means of runs against thresholds, and Welch's test read as "no regression".

    Its code takes higher as better for every metric; so does this.
    """
    metrics, left_out = [], []
    for found in requirements:
        means, baseline = (_run_means(arm) for arm in evidence.sides(found.measures))
        if found.threshold is None or found.kind in ("confirmed", "consistency") or not means:
            left_out.append(found.name)
            continue
        metrics.append(
            document_metric(found.name, means, threshold=found.threshold, baseline=baseline)
        )
    return DocumentAnswer(document_gate(metrics), tuple(left_out))


def _run_means(arm: Arm | None) -> tuple[float, ...]:
    return arm.run_means if arm and not arm.fault else ()
