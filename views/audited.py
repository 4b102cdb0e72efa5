"""The history of a ticket as text, and what stands in the place of something taken back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.audited import Entry
from views import kit
from views.kit import Message

ROWS = 10


def history(
    its: str, title: str, entries: Sequence[Entry], line: Callable[[Entry], str]
) -> Message:
    """Ten changes, newest first, each by `line`; how many are older."""
    text = f"{its}: {len(entries)} change{'' if len(entries) == 1 else 's'}"
    head = f"*{text}*" + (f" · {kit.escape(title, 150)}" if title else "")
    blocks = [kit.section(head), *(kit.section(line(entry)) for entry in entries[:ROWS])]
    more = [kit.context(f"and {len(entries) - ROWS} older")] if len(entries) > ROWS else []
    return Message(text, [*blocks, *more])


def line(
    entry: Entry, names: Mapping[str, str], hidden: set[str], value: Callable[[Any], str]
) -> str:
    """When, who, what, from → to, why. names: words for fields; value: a field as text."""
    head = f"{kit.moment(entry.at)} · {kit.person(entry.who)} · *{kit.escape(entry.action, 80)}*"
    head += " (undone)" if entry.undone else ""
    shown = [name for name in entry.after if name not in hidden and entry.action != "created"]
    pairs = [(name, entry.before.get(name), entry.after[name]) for name in shown]
    changes = [
        f"{names.get(name, name.replace('_', ' '))}: {value(old)} → {value(new)}"
        for name, old, new in pairs
        if old != new
    ]
    why = [f"_{kit.escape(' '.join(entry.why.split()), 250)}_"] if entry.why else []
    return "\n".join([head, *([kit.clip(" · ".join(changes), 600)] if changes else []), *why])


def taken_back(told: str, by: str) -> Message:
    """What stands in the place of what was told, when its author took it back."""
    text = f"Undone by {kit.person(by)}: ~{told.replace('~', '-')}~"
    return Message(text, [kit.section(text)])
