"""The fact sheet of a digest: every figure computed first, named, and frozen with its hash.

A fact's `shown` is the only form in which it may appear in text. It carries its meaning with it
("2 killed", "EXP-042: 3 days over its box"), so a figure that is moved, swapped or changed is
no longer that fact.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

TEXT = "text"  # the unit of a fact that is somebody's words


@dataclass(frozen=True)
class Fact:
    """One figure, name, date or quotation. kind: its role in the digest, e.g. "killed".

    value and other: as computed (other: target, earlier value, budget; dates as ISO text).
    subject: what it is about, an experiment id or a note ("N3"), or "". label: what the figure
    is called. parents: ids of the facts it was computed from. says: the same for the free-text
    verifier (core/grounding/verifier): {kind, label, value, unit, …} as core/grounding/ground
    reads them.
    """

    id: str
    kind: str
    value: float | int | str | None
    shown: str
    unit: str = ""
    other: float | int | str | None = None
    subject: str = ""
    label: str = ""
    parents: tuple[str, ...] = ()
    says: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)


@dataclass(frozen=True)
class Sheet:
    """All facts of one digest. headline: metric, direction, current, target, trajectory."""

    week: str  # ISO week, 2026-W48
    on: str  # the digest's nominal day, ISO
    as_of: str  # when the facts were read, ISO with UTC offset
    headline: Mapping[str, Any]
    facts: tuple[Fact, ...]

    def of(self, kind: str) -> list[Fact]:
        """The facts of that kind, in sheet order."""
        return [fact for fact in self.facts if fact.kind == kind]


@dataclass
class Book:
    """Where facts are written down one after the other: F1, F2, …"""

    facts: list[Fact] = field(default_factory=list)

    def note(self, kind: str, value: float | str | None, shown: str, **more: Any) -> Fact:
        """Write down one fact; `more`: unit, other, subject, label, parents, says."""
        fact = Fact(id=f"F{len(self.facts) + 1}", kind=kind, value=value, shown=shown, **more)
        self.facts.append(fact)
        return fact

    def ids(self, *kinds: str) -> tuple[str, ...]:
        """The facts of these kinds, as parents of one that is computed from them."""
        return tuple(fact.id for fact in self.facts if fact.kind in kinds)


def freeze(sheet: Sheet) -> tuple[dict[str, Any], str]:
    """The sheet as plain JSON values and the sha256 of its canonical text."""
    plain: dict[str, Any] = json.loads(json.dumps(sheet, default=vars))
    return plain, fingerprint(plain)


def fingerprint(plain: Mapping[str, Any]) -> str:
    """sha256 (hex) of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def thaw(plain: Mapping[str, Any]) -> Sheet:
    """The sheet that `freeze` made plain, also one of an earlier version."""
    facts = tuple(_fact(fact) for fact in plain["facts"])
    return Sheet(**{**plain, "facts": facts})


def _fact(plain: Mapping[str, Any]) -> Fact:
    lists = {key: tuple(plain.get(key, ())) for key in ("parents", "says")}
    return Fact(**{**plain, **lists})


def told(shown: str) -> float:
    """The size of a number as the text tells it: 88.3 for `88.3%`."""
    return abs(float(shown.replace(",", "").removesuffix("%")))


def day(on: date) -> str:
    """`Fri 27 Nov`."""
    return f"{on:%a} {on.day} {on:%b}"


def count(amount: int, one: str, many: str = "") -> str:
    """`1 day`, `3 days`."""
    return f"{amount} {one if amount == 1 else many or one + 's'}"
