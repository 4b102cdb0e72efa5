"""What makes a requirement looser, and which part of a change waits for a second person.

Looser is what could let something pass that did not before. What cannot be compared (another
direction, another kind, another score) counts as looser, for nobody can say that it is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.evals.definition_of_done import Requirement

GUARDED = "safety"
REMOVED = "removed"


@dataclass(frozen=True)
class Loosening:
    """A safety requirement that would be looser. after: None when it is removed."""

    before: Requirement
    after: Requirement | None

    @property
    def what(self) -> tuple[str, ...]:
        """Which of its fields."""
        return looser(self.before, self.after)


@dataclass(frozen=True)
class LooseningAsked:
    """A request that waits for a second person, or what became of it.

    state: open | confirmed | declined | expired | void (changed since, or asked anew).
    """

    id: int
    parts: tuple[Loosening, ...]
    asked_by: str
    asked_at: datetime
    state: str = "open"
    decided_by: str = ""


def looser(before: Requirement, after: Requirement | None) -> tuple[str, ...]:
    """The fields by which it lets more pass than before; empty for the same and for tighter."""
    if after is None:
        return (REMOVED,)
    return tuple(name for name, is_looser in _LOOSER.items() if is_looser(before, after))


def held(
    old: Sequence[Requirement], new: Sequence[Requirement]
) -> tuple[list[Requirement], tuple[Loosening, ...]]:
    """What of the new definition holds at once, and what of it loosens safety and has to wait."""
    wanted = {found.name: found for found in new}
    waits = tuple(
        Loosening(found, wanted.get(found.name))
        for found in old
        if found.group == GUARDED and looser(found, wanted.get(found.name))
    )
    return applied(new, tuple(Loosening(one.before, one.before) for one in waits)), waits


def applied(now: Sequence[Requirement], parts: Sequence[Loosening]) -> list[Requirement]:
    """The definition with these parts in it."""
    by_name = {part.before.name: part.after for part in parts}
    kept = [by_name.pop(found.name, found) for found in now]
    return [found for found in (*kept, *by_name.values()) if found]


def holds(now: Sequence[Requirement], parts: Sequence[Loosening]) -> bool:
    """Whether all of it is still as it was when this was asked."""
    return all(part.before in now for part in parts)


def as_strict(base: Sequence[Requirement], other: Sequence[Requirement]) -> list[Requirement]:
    """The base, made as strict on safety as the other definition.

    A safety requirement that cannot be compared with the one of that name stands beside it.
    """
    made = list(base)
    for found in other:
        if found.group != GUARDED or found in made:
            continue
        same = next((one for one in made if one.name == found.name), None)
        if same is None:
            made.append(found)
        elif looser(found, same):
            if looser(same, found):
                made.append(replace(found, name=_beside(found.name, made), score=found.measures))
            else:
                made[made.index(same)] = found
    return made


def _beside(name: str, made: Sequence[Requirement]) -> str:
    known = {one.name for one in made}
    return next(f"{name} {n}" for n in range(2, len(made) + 3) if f"{name} {n}" not in known)


def _limit(before: Requirement, after: Requirement) -> bool:
    rises = before.direction == "higher" and before.kind != "consistency"
    return _more(before.threshold, after.threshold, -1 if rises else 1)


def _more(before: float | None, after: float | None, sign: int = 1) -> bool:
    """Whether a limit lets more pass: it is gone, or it went that way."""
    return before is not None and (after is None or sign * (after - before) > 0)


def _is_other(field: str) -> Callable[[Requirement, Requirement], bool]:
    return lambda before, after: getattr(before, field) != getattr(after, field)


def _is_dropped(field: str) -> Callable[[Requirement, Requirement], bool]:
    return lambda before, after: getattr(before, field) and not getattr(after, field)


# Of every field of a requirement (tests/unit/evals/test_loosening.py sees to it).
_LOOSER: dict[str, Callable[[Requirement, Requirement], bool]] = {
    "name": _is_other("name"),
    "group": lambda before, after: before.group == GUARDED != after.group,
    "direction": _is_other("direction"),
    "kind": _is_other("kind"),
    "threshold": _limit,
    "margin": lambda before, after: _more(before.margin, after.margin),
    "relative": lambda before, after: (
        before.margin is not None and before.relative != after.relative
    ),
    "blocking": _is_dropped("blocking"),
    "sequential": _is_dropped("sequential"),
    "score": _is_other("measures"),
    "slices": lambda before, after: not set(before.slices) <= set(after.slices),
    "gap": lambda before, after: _more(before.gap, after.gap),
    "runs": lambda before, after: (
        before.kind == "consistency" and _more(before.runs, after.runs, -1)
    ),
    "examples": lambda before, after: _more(before.examples, after.examples, -1),
}
