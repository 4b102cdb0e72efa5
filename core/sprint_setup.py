"""A team's sprints as a lead types them: start, length, capacity, ceremonies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.ceremony import DEFAULTS, KINDS, Slot, read_slot
from core.checkpoint import read_hours
from core.errors import Refused
from core.phase import KIND_NAMES
from core.phase import KINDS as WORK
from core.sprint_plan import RATE
from core.text import clean

USAGE = (
    "`/sprint setup start=2026-11-30 weeks=2 capacity=120h plan=mon 10:00 review=fri 14:00 "
    "retro=fri 15:00`"
)
_NAMES = ("start", "weeks", "capacity", "person", *KINDS)
_PAIR = re.compile(r"([a-z]+)\s*=\s*(.*?)\s*(?=\b[a-z]+\s*=|$)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Wish:
    """What was typed; None or a missing slot: said nothing about it. person: GPU-hours that one
    hour of somebody's work counts as; capacity 0 takes it away.
    """

    start: date | None = None
    weeks: int | None = None
    capacity: float | None = None
    person: float | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True)
class Rhythm:
    """How the team's sprints run. number, first: the first sprint in this rhythm.

    from_next: it takes effect only after the sprint that runs or is planned (its number), 0 when
    at once.
    """

    first: date
    weeks: int
    number: int
    zone: str
    channel: str
    capacity: float | None = None
    person: float = RATE
    slots: Mapping[str, Slot] = field(default_factory=lambda: dict(DEFAULTS))
    from_next: int = 0
    template: str = ""


def read(text: str) -> Wish:
    """The wish in `start=… weeks=…`. Raises Refused."""
    plain = clean(text).replace(",", " ")
    found = {name.lower(): value for name, value in _PAIR.findall(plain)}
    unknown = [name for name in found if name not in _NAMES]
    rest = _PAIR.sub("", plain).strip()
    if unknown or rest or not found:
        what = unknown[0] if unknown else rest
        raise Refused(f"I don't know “{what[:30]}” here.", f"Write {USAGE}.")
    return from_form(found)


def from_form(values: Mapping[str, Any]) -> Wish:
    """The wish in a form's values by name. Raises Refused with the field."""
    text = {name: clean(str(values.get(name) or "")) for name in _NAMES}
    return Wish(
        start=_day(text["start"]) if text["start"] else None,
        weeks=_weeks(text["weeks"]) if text["weeks"] else None,
        capacity=_capacity(text["capacity"]) if "capacity" in values else None,
        person=_person(text["person"]) if text["person"] else None,
        slots={kind: read_slot(text[kind], field=kind) for kind in KINDS if text[kind]},
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"“{text[:20]}” is no day.", "Write it like 2026-11-30.", field="start"
        ) from None


def _weeks(text: str) -> int:
    plain = text.strip().rstrip("weks ")
    if plain not in {"1", "2", "3", "4"}:
        raise Refused(
            f"“{text[:20]}” is no length of a sprint.", "It has 1, 2, 3 or 4 weeks.", field="weeks"
        )
    return int(plain)


def _capacity(text: str) -> float:
    return read_hours(text, field="capacity") if text else 0.0


def _person(text: str) -> float:
    hours = read_hours(text, field="person")
    if hours > 1000:
        raise Refused("That is too much for an hour.", "Write it like 20.", field="person")
    return hours


def read_split(text: str, *, field: str = "split") -> dict[str, int]:
    """Four whole per cents that make 100, as `60/20/10/10`. Raises Refused."""
    parts = [part.rstrip("%") for part in re.split(r"[\s/,:;]+", clean(text).strip()) if part]
    names = " / ".join(KIND_NAMES[kind] for kind in WORK)
    if len(parts) != 4 or not all(p.isascii() and p.isdigit() and len(p) < 4 for p in parts):
        raise Refused(
            "The split needs four whole numbers.",
            f"Write {names} like 60/20/10/10.",
            field=field,
        )
    shares = [int(part) for part in parts]
    if sum(shares) != 100:
        raise Refused(
            f"The split makes {sum(shares)} per cent, not 100.",
            f"Write {names} like 60/20/10/10.",
            field=field,
        )
    return dict(zip(WORK, shares, strict=True))
