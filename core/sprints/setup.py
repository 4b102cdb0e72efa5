"""A team's sprints as a lead types them: start, length, capacity, and when planning, review and
retro are held, by weekday and hour, moved off days nobody works.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from core.calendar import WEEKDAYS, is_working_day
from core.errors import Refused
from core.experiments.checkpoint import read_hours
from core.experiments.worth import KIND_NAMES
from core.experiments.worth import KINDS as WORK
from core.faults import Faults
from core.sprints.plan import RATE
from core.sprints.sprint import Span
from core.text import clean

KINDS = ("plan", "review", "retro")
NAMES = {"plan": "planning", "review": "review", "retro": "retro"}
_SLOT = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:[:.](\d{2}))?$", re.IGNORECASE)
USAGE = (
    "`/sprint setup start=2026-11-30 weeks=2 capacity=120h plan=mon 10:00 review=fri 14:00 "
    "retro=fri 15:00`"
)
_NAMES = ("start", "weeks", "capacity", "person", *KINDS)
_PAIR = re.compile(
    r"([a-z]{1,60})\s{0,9}=\s{0,9}(.{0,300}?)\s{0,9}(?=\b[a-z]{1,60}\s{0,9}=|$)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Slot:
    """A weekday (0 = Monday) and a wall time in the team's zone."""

    weekday: int
    at: time

    @property
    def text(self) -> str:
        """`fri 14:00`."""
        return f"{WEEKDAYS[self.weekday]} {self.at:%H:%M}"


DEFAULTS = {"plan": Slot(0, time(10)), "review": Slot(4, time(14)), "retro": Slot(4, time(15))}


def read_slot(text: str, *, field: str = "") -> Slot:
    """A slot as typed: `mon 10:00`, `Friday 14`. Raises Refused."""
    found = _SLOT.match(text.strip())
    day = found.group(1)[:3].lower() if found else ""
    if not found or day not in WEEKDAYS or int(found.group(2)) > 23 or int(found[3] or 0) > 59:
        raise Refused(
            f"“{text.strip()[:30]}” is no weekday with a time.",
            "Write it like fri 14:00.",
            field=field,
        )
    return Slot(WEEKDAYS.index(day), time(int(found.group(2)), int(found.group(3) or 0)))


def held_on(span: Span, kind: str, slot: Slot, is_off: Callable[[date], bool]) -> date | None:
    """The day of a ceremony in that sprint, or None when no day is left for it.

    Planning is on the first such weekday, review and retro on the last one. On a day off planning
    moves to the next working day, the others to the one before.
    """
    days = [span.starts + timedelta(days=n) for n in range(span.days)]
    days = days if kind == "plan" else days[::-1]
    meant = next((n for n, day in enumerate(days) if day.weekday() == slot.weekday), None)
    if meant is None:
        return None
    if not is_off(days[meant]):
        return days[meant]
    later = (day for day in days[meant + 1 :] if is_working_day(day) and not is_off(day))
    return next(later, None)


@dataclass(frozen=True)
class SprintSettings:
    """What was typed; None or a missing slot: said nothing about it. person: GPU-hours that one
    hour of somebody's work counts as; capacity 0 takes it away.
    """

    start: date | None = None
    weeks: int | None = None
    capacity: float | None = None
    person: float | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True)
class SprintRhythm:
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


def read(text: str) -> SprintSettings:
    """The wish in `start=… weeks=…`. Raises Refused."""
    plain = clean(text).replace(",", " ")
    found = {name.lower(): value for name, value in _PAIR.findall(plain)}
    unknown = [name for name in found if name not in _NAMES]
    rest = _PAIR.sub("", plain).strip()
    if unknown or rest or not found:
        what = unknown[0] if unknown else rest
        raise Refused(f"I don't know “{what[:30]}” here.", f"Write {USAGE}.")
    return from_form(found)


def from_form(values: Mapping[str, Any]) -> SprintSettings:
    """The wish in a form's values by name. Raises Refused with the field."""
    text = {name: clean(str(values.get(name) or "")) for name in _NAMES}
    with Faults() as each:
        return SprintSettings(
            start=each(_day, text["start"]) if text["start"] else None,
            weeks=each(_weeks, text["weeks"]) if text["weeks"] else None,
            capacity=each(_capacity, text["capacity"]) if "capacity" in values else None,
            person=each(_person, text["person"]) if text["person"] else None,
            slots={kind: each(read_slot, text[kind], field=kind) for kind in KINDS if text[kind]},
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
