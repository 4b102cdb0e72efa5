"""Words that every view of drift uses."""

from collections.abc import Sequence

from core.drift.source import Links
from views import kit

MOST_ROWS = 10
MOST_LINKS = 3


def code(text: str) -> str:
    """A foreign name as code; nothing in it is interpreted."""
    line = " ".join(text.split()).replace("`", "'")
    return f"`{kit.escape(line, 80) or '–'}`"


def named(names: Sequence[str]) -> str:
    """Up to three names as code, the rest counted."""
    shown = ", ".join(code(name) for name in names[:3])
    rest = len(names) - 3
    return f"{shown} and {rest} more" if rest > 0 else shown


def by(who: str) -> str:
    """A user id as a mention, a token's name as it is."""
    is_id = who[:1] in ("U", "W") and who.isalnum() and who.isupper()
    return kit.person(who) if is_id else kit.escape(who, 80)


def links(found: Links) -> list[str]:
    """What the drift may concern: a line for experiments, one for risks."""
    lines = []
    if found.experiments:
        ids = [f"{id_} {kit.escape(title, 60)}" for id_, title in found.experiments]
        lines.append(f"Experiments that name it: {_few(ids)}")
    if found.risks:
        notes = [f"note {number} {kit.escape(text, 80)}" for number, text in found.risks]
        lines.append(f"Known risk: {_few(notes)}")
    return lines


def _few(texts: Sequence[str]) -> str:
    rest = len(texts) - MOST_LINKS
    return " · ".join(texts[:MOST_LINKS]) + (f" and {rest} more" if rest > 0 else "")
