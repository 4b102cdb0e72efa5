"""What the clock says about a sprint: time to plan, what the template has for today."""

from dataclasses import dataclass
from datetime import date

from core.sprint import Span
from core.sprint_template import Part


@dataclass(frozen=True)
class PlanDue:
    """Planning is due. candidates: how many tickets could be run; moved: its usual day is off."""

    span: Span
    candidates: int
    moved: bool


@dataclass(frozen=True)
class Reminder:
    """What the template has for a day. day: of the sprint."""

    sprint: int
    day: int
    on: date
    part: Part
