"""The audit log, paged."""

from collections.abc import Sequence

from core.workspace.audit import AuditQuery, Line
from views import kit
from views.experiments import history
from views.kit import Message


def page(
    lines: Sequence[Line], wish: AuditQuery, *, first: int, more: bool, full: bool
) -> Message:
    """Lines of the log, the newest first, and the buttons to older and newer ones."""
    asked = kit.escape(wish.typed, 60) if not wish.user else kit.person(wish.user)
    about = f" · {asked}" if asked else ""
    if not lines:
        text = f"Audit log{about}: nothing is recorded."
        return Message(text, [kit.section(text)])
    text = f"Audit log{about}: entries {first + 1} to {first + len(lines)}, newest first"
    seen = "" if full else " Members see experiments; roles, settings and tokens are the leads'."
    blocks = [kit.section(f"*{text}*"), *(kit.section(_line(line)) for line in lines)]
    blocks += [kit.context(seen.strip())] if seen else []
    buttons = [kit.button("Older", "audit_page", f"{wish.typed}|{first + len(lines)}")]
    return Message(text, [*blocks, *([kit.actions(*buttons)] if more else [])])


def _line(line: Line) -> str:
    about = line.about or (kit.person(line.user) if line.user else "")
    head = [kit.moment(line.at), kit.person(line.who) if line.who else "Assay"]
    head += [f"*{kit.escape(line.what)}*", kit.escape(about) if line.about else about]
    text = " · ".join(part for part in head if part) + (" (undone)" if line.undone else "")
    steps = [_step(*step) for step in line.steps]
    parts = [text, *([kit.clip(" · ".join(steps), 400)] if steps else [])]
    return "\n".join([*parts, *([f"_{_one_line(line.why, 250)}_"] if line.why else [])])


def _step(field: str, old: str, new: str) -> str:
    name = history.FIELD_NAMES.get(field, field.replace("_", " "))
    return f"{kit.escape(f'{name}: ' if name else '')}{_one_line(old, 80)} → {_one_line(new, 80)}"


def _one_line(text: str, limit: int) -> str:
    return kit.escape(" ".join(text.split()), limit) or "–"


def sent(name: str) -> Message:
    """Where the file went."""
    text = f"{name} is on its way to you by direct message."
    return Message(text, [kit.section(text)])
