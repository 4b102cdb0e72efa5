"""The form of the project canvas."""

from collections.abc import Mapping

from core.project.canvas import FIELDS, LIMITS
from views import kit

FORM = "canvas"
_LINES = ("objective", "metrics", "data", "risks", "kill")
_HINTS = {
    "metrics": "One per line, the most important first. The first is the digest's headline.",
    "data": "What there is, one per line. Start a line with GAP: for what is missing.",
    "risks": "One per line, with what is done about it: “(mitigation: …)”.",
    "discovery": "A number of sprints.",
    "mvp": "The sprint it ships in.",
    "kill": "One per line. Like the example it is checked when a sprint closes.",
}
_EXAMPLES = {
    "name": "Customer support chatbot",
    "objective": "Reduce ticket volume by 30% by deflecting common questions",
    "metrics": "Accuracy >= 92% on the eval set",
    "data": "50K support tickets\nGAP: no labelled bad answers",
    "budget": "$5K for inference",
    "latency": "Must respond in < 2s",
    "privacy": "No customer data to external services",
    "infra": "Kubernetes with 4 A100",
    "risks": "Data drift as the product changes (mitigation: weekly eval)",
    "discovery": "3",
    "mvp": "5",
    "kill": "If accuracy < 80% after sprint 3, pivot",
}


def form(texts: Mapping[str, str], *, number: int, kept: bool, channel: str) -> kit.Block:
    """The page to fill in. number: the version it changes; kept: something was typed before."""
    blocks = [kit.context("What you typed before is still here.")] if kept else []
    for name, label in FIELDS.items():
        box = kit.text_input(
            texts.get(name, ""), lines=name in _LINES, placeholder=_EXAMPLES[name]
        )
        box["max_length"] = LIMITS.get(name, 3000)
        blocks.append(kit.field(name, label, box, hint=_HINTS.get(name, ""), optional=True))
    meta = {"number": number} | ({"channel": channel} if channel else {})
    return kit.modal(FORM, "Project canvas", blocks, submit="Save", meta=meta)
