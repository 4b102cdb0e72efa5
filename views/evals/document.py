"""The document's gate beside ours."""

from core.evals.card import GateStatus
from core.evals.document import DocumentAnswer, DocumentMetric
from views import kit
from views.kit import Message

_WORDS = {True: "pass", False: "fail", None: "not computable"}


def compared(experiment: str, document: DocumentAnswer, ours: GateStatus | None) -> Message:
    """Both answers, labelled, and what the document's code would do where it cannot compute."""
    own = ours.decision if ours else "not judged yet"
    text = f"{experiment}: the document's formula says {document.verdict}, our gate says {own}"
    lines = [_line(metric) for metric in document.gate.metrics]
    blocks = [kit.section(f"*{text}*")]
    blocks += [kit.section("\n".join(lines[i : i + 8])) for i in range(0, len(lines), 8)]
    if document.left_out:
        names = kit.escape(", ".join(document.left_out), 500)
        blocks.append(kit.context(f"It has no formula or no results for: {names}."))
    blocks.append(
        kit.context(
            "The document's formula (chapter 3) compares run means with thresholds, takes higher "
            "as better and reads “no significant difference” as “no regression”; where its test "
            "cannot be computed its code passes. It decides nothing here."
        )
    )
    return Message(text, blocks)


def _line(metric: DocumentMetric) -> str:
    mean = "–" if metric.mean is None else f"{metric.mean:.4g} ± {metric.sd:.2g}"
    regressed = {True: "regression", False: "no regression", None: "regression not computable"}
    name = kit.escape(metric.name, 80)
    return f"*{name}* {mean}: {_WORDS[metric.passes]}, {regressed[metric.is_regression]}"
