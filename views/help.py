"""Help, made from the table of verbs: at most twelve lines, with the team's own ids."""

from collections.abc import Sequence

from views import kit
from views.experiment import Message

MOST_LINES, MOST_OTHERS = 12, 5
EXAMPLE = "EXP-042"


def overview(
    command: str, own: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]], *, id_: str
) -> Message:
    """Help for one command from (what to type, what it does) pairs.

    others: pairs of other commands, to name them too. id_: the id to use in the examples.
    """
    rest = _packed([_entry(typed, what, id_) for typed, what in others], MOST_OTHERS)
    lines = _packed([_entry(typed, what, id_) for typed, what in own], MOST_LINES - 1 - len(rest))
    title = f"{command}: what you can type"
    return title, [kit.section("\n".join([f"*{title}*", *lines, *rest]))]


def _entry(typed: str, what: str, id_: str) -> str:
    return f"`{typed}` {what}".replace(EXAMPLE, id_)


def _packed(entries: Sequence[str], lines: int) -> list[str]:
    """The entries on so many lines, as evenly as can be, in their order."""
    if len(entries) <= lines:
        return list(entries)
    each, more = divmod(len(entries), lines)
    packed, start = [], 0
    for line in range(lines):
        size = each + (1 if line < more else 0)
        packed.append(" · ".join(entries[start : start + size]))
        start += size
    return packed
