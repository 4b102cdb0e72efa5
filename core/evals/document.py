"""The source document's eval gate (chapter 3), by its name: mean against threshold, and Welch's
test read as "no regression"; also on pushed results. For comparison only.

It reads the absence of significance as the absence of a regression, assumes higher is better
and takes run means. As written it passes where its test is NaN (one run, no variance), where
there is no baseline and where there are no metrics; here those are "not computable", and the
gate is no pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.evals.definition_of_done import Requirement
from core.evals.judgement import Evidence
from core.evals.scores import Arm
from core.stats.sample import NotComputable, sample
from core.stats.significance import welch

Values = Sequence[float | None]


@dataclass(frozen=True)
class DocumentMetric:
    """One metric by the document's rule. sd: with n, as it prints it. None: not computable."""

    name: str
    mean: float | None
    sd: float | None
    passes_threshold: bool | None
    is_improvement: bool | None
    is_regression: bool | None
    reason: str = ""

    @property
    def passes(self) -> bool | None:
        """The document's verdict on the metric, or None when it is not computable."""
        if self.passes_threshold is False or self.is_regression:
            return False
        return None if self.is_regression is None or self.passes_threshold is None else True


@dataclass(frozen=True)
class DocumentGate:
    """passes: None when nothing failed but something is not computable, or nothing was given."""

    passes: bool | None
    metrics: tuple[DocumentMetric, ...]


def document_metric(
    name: str, scores: Values, *, threshold: float, baseline: Values
) -> DocumentMetric:
    """`EvalResult` of the document's eval_pipeline.py."""
    known = sample(scores, at_least=1)
    if isinstance(known, NotComputable):
        return DocumentMetric(name, None, None, None, None, None, f"{name}: {known.reason}")
    mean = float(known.mean())
    found = welch(scores, baseline)
    figures = name, mean, float(known.std()), mean >= threshold
    if isinstance(found, NotComputable):
        reason = f"{name}: Welch's test is not computable. {found.reason}"
        return DocumentMetric(*figures, None, None, reason)
    significant = found.p < 0.05
    return DocumentMetric(*figures, significant and found.t > 0, significant and found.t < 0)


def document_gate(metrics: Sequence[DocumentMetric]) -> DocumentGate:
    """`run_eval_gate` of the document: every metric must pass."""
    answers = [metric.passes for metric in metrics]
    if False in answers:
        return DocumentGate(False, tuple(metrics))
    return DocumentGate(None if None in answers or not answers else True, tuple(metrics))


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
