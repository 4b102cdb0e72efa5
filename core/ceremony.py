"""When planning, review and retro are held: weekday and hour, moved off days nobody works."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from core.calendar import WEEKDAYS, is_working_day
from core.errors import Refused
from core.sprint import Span

KINDS = ("plan", "review", "retro")
NAMES = {"plan": "planning", "review": "review", "retro": "retro"}
_SLOT = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:[:.](\d{2}))?$", re.IGNORECASE)


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
