"""The history of a ticket: what a change differs in, as JSON keeps it, and the way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints


class Ticket(Protocol):
    """A frozen dataclass that is changed as a whole."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> str:
        """The id people know it by."""


class Linked(Ticket, Protocol):
    """A ticket that blocks experiments (by number)."""

    @property
    def experiments(self) -> tuple[int, ...]:
        """Numbers of the experiments."""


T = TypeVar("T", bound=Ticket)
L = TypeVar("L", bound=Linked)


@dataclass(frozen=True)
class Entry:
    """When, who, what, from → to by field name, why; undone: it was taken back later."""

    at: datetime
    who: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    why: str
    undone: bool


def differing(old: Ticket, new: Ticket) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of two values that differ: (before, after), as JSON keeps them."""
    names = [n for n in old.__dataclass_fields__ if getattr(old, n) != getattr(new, n)]
    return kept(old, names), kept(new, names)


def kept(value: Any, names: Iterable[str]) -> dict[str, Any]:
    """Those fields of the value as JSON keeps them."""
    return {name: plain(getattr(value, name)) for name in names}


def plain(value: Any) -> Any:
    """A field as JSON keeps it: a day or moment as ISO text, a tuple as a list."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def restored(now: T, before: Mapping[str, Any]) -> T:
    """The ticket with the kept old values back; what is no field of it is passed over."""
    hints = _hints(type(now))
    values = {name: _typed(hints[name], old) for name, old in before.items() if name in hints}
    return replace(now, **values)


@cache
def _hints(kind: type) -> dict[str, str]:
    return {name: str(hint) for name, hint in get_type_hints(kind).items()}


def _typed(hint: str, old: Any) -> Any:
    if isinstance(old, list):
        return tuple(old)
    if not isinstance(old, str) or "datetime.date" not in hint:
        return old
    is_moment = "datetime.datetime" in hint
    return datetime.fromisoformat(old) if is_moment else date.fromisoformat(old)


def linked(old: L, numbers: Sequence[int]) -> L:
    """The ticket that blocks those experiments too."""
    return replace(old, experiments=tuple(dict.fromkeys((*old.experiments, *numbers))))


def unlinked(old: L, numbers: Sequence[int]) -> L:
    """The ticket that does not block those experiments."""
    return replace(old, experiments=tuple(n for n in old.experiments if n not in numbers))
