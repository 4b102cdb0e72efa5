"""A ticket's history, and what was taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.history import Entry
from views import kit
from views.experiments import experiment
from views.experiments.form import NAMES
from views.kit import Message

ROWS = 15
_HIDDEN = {
    "approved_by",
    "progress_at",
    "stage_since",
    "checkpoint",
    "decided_at",
    "decided_by",
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
    blocks += [kit.section(_line(entry)) for entry in shown]
    rest = len(entries) - first - len(shown)
    if rest > 0:
        more = f"{ticket.number}|{first + ROWS}"
        blocks.append(kit.actions(kit.button(f"{rest} older", "history", more)))
    return Message(text, blocks)


def _line(entry: Entry) -> str:
    head = f"{kit.moment(entry.at)} · {kit.person(entry.who)} · *{kit.escape(entry.action)}*"
    head += " (undone)" if entry.undone else ""
    changes = [] if entry.action == "created" else _pairs(entry.before, entry.after)
    why = [f"_{kit.escape(' '.join(entry.why.split()), 250)}_"] if entry.why else []
    lines = [head, *([kit.clip(" · ".join(changes), 300)] if changes else []), *why]
    return "\n".join(lines)


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    names = [name for name in after if name not in _HIDDEN]
    pairs = {name: (before.get(name), after[name]) for name in names}
    return [
        f"{FIELD_NAMES.get(name, name.replace('_', ' '))}: {_shown(old)} → {_shown(new)}"
        for name, (old, new) in pairs.items()
        if old != new
    ]


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


def corrected(told: str, by: str) -> Message:
    """What stands in the channel in the place of what was told."""
    text = f"Undone by {kit.person(by)}: ~{told.replace('~', '-')}~"
    return Message(text, [kit.section(text)])
