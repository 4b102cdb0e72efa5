"""A ticket's history, and what was taken back."""

from collections.abc import Sequence
from typing import Any

from core import figures
from core.audited import Entry
from core.experiments.experiment import Experiment
from views import audited, kit
from views.experiments import experiment
from views.experiments.form import NAMES
from views.kit import Message

ROWS = 15
_HIDDEN = {
    "approved_by",
    "progress_at",
    "stage_since",
    "checkpoint",
    "others",
    "decided_at",
    "decided_by",
    "live_by",
    "box_starts",
}
FIELD_NAMES = NAMES | {
    "gpu_used": "GPU-hours",
    "box_days": "box days",
    "box_ends": "box ends",
    "dataset_ready": "dataset ready",
    "blocking_ok": "blocking criteria met",
    "final_metric": "final result",
    "value": "result",
}

_DONE = {
    "reported": "your update",
    "moved": "the move",
    "edited": "the edit",
    "extended": "the extension",
    "budget raised": "the larger budget",
    "promoted": "the promotion",
    "reopened": "the reopening",
    "killed": "the kill",
}


def history(ticket: Experiment, entries: Sequence[Entry], *, first: int = 0) -> Message:
    """Fifteen changes from `first` on, newest first, and a button to older ones."""
    shown = entries[first : first + ROWS]
    text = f"{ticket.id} history: {len(entries)} change{'' if len(entries) == 1 else 's'}"
    blocks = [kit.section(f"{experiment.named(ticket)} · {text.removeprefix(ticket.id).strip()}")]
    blocks += [kit.section(audited.line(entry, FIELD_NAMES, _HIDDEN, _shown)) for entry in shown]
    rest = len(entries) - first - len(shown)
    if rest > 0:
        more = f"{ticket.number}|{first + ROWS}"
        blocks.append(kit.actions(kit.button(f"{rest} older", "history", more)))
    return Message(text, blocks)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "":
        return "–"
    if isinstance(value, int | float):
        return figures.number(float(value))
    return kit.escape(" ".join(str(value).split()), 80)


def undone(ticket: Experiment, action: str) -> Message:
    """The answer to the one who took a change back."""
    what = _DONE.get(action, f"“{action}”")
    facts = f"{experiment.result(ticket)} · {experiment.gpu(ticket)}"
    text = f"{ticket.id}: {what} is undone. It is in {ticket.stage} · {facts}"
    show = kit.button("Show the ticket", "experiment_show", str(ticket.number))
    return Message(text, [kit.section(text), kit.actions(show)])
