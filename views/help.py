"""Help, made from the table of verbs: at most twelve lines, with the team's own ids."""

from collections.abc import Sequence
from typing import Protocol

from views import kit
from views.experiment import Message

MOST_LINES = 12
EXAMPLE = "EXP-042"


class Line(Protocol):
    """What help needs to know of a verb."""

    @property
    def command(self) -> str: ...  # noqa: D102
    @property
    def verb(self) -> str: ...  # noqa: D102
    @property
    def usage(self) -> str: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102


def overview(command: str, verbs: Sequence[Line], others: Sequence[Line], *, id_: str) -> Message:
    """Help for one command. others: the bare verbs of other commands, to name them too.

    id_: an id of the team to use in the examples.
    """
    rest = [_entry(verb, id_) for verb in others]
    own = _packed([_entry(verb, id_) for verb in verbs], MOST_LINES - 1 - len(rest))
    title = f"{command}: what you can type"
    blocks = [kit.section("\n".join([f"*{title}*", *own, *rest]))]
    return title, blocks


def _entry(verb: Line, id_: str) -> str:
    usage = verb.usage.replace(EXAMPLE, id_)
    typed = " ".join(part for part in (verb.command, verb.verb, usage) if part)
    return f"`{typed}` {verb.summary.replace(EXAMPLE, id_)}"


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
