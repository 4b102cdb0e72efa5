"""What leadership is asked for: how it stands, and when it is reminded of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import is_working_day
from core.project.note import Note

HISTORY = 10  # steps shown


@dataclass(frozen=True)
class NeedAction:
    """Something that was done about it; text: in words, may be empty."""

    at: datetime
    who: str
    what: str
    text: str = ""


@dataclass(frozen=True)
class Need:
    """An ask of leadership. state: open | decided | withdrawn | done. by: who asks.

    today: on the team's calendar. owner_left: the owner is no longer in the workspace.
    decided_on, closed_by: once it is closed.
    """

    note: Note
    by: str
    at: datetime
    today: date
    state: str = "open"
    owner_left: bool = False
    decided_on: date | None = None
    closed_by: str = ""
    steps: tuple[NeedAction, ...] = ()

    @property
    def overdue(self) -> int:
        """Days since its due day; 0 until then or without one."""
        return max(0, (self.today - self.note.by).days) if self.note.by else 0


def reminder(due: date, today: date) -> str:
    """Which reminder that day is for: "due", "after" or "" (none yet).

    A due day on a weekend is reminded of on the working day before it.
    """
    first = due
    while not is_working_day(first):
        first -= timedelta(days=1)
    if today > due:
        return "after"
    return "due" if today >= first else ""


def closes(note: Note, label: str) -> str:
    """The decision as it is kept: `Approved`, `Declined`, or the option in its own words."""
    plain = {"Approve": "Approved", "Decline": "Declined"}
    return label if note.choice else plain[label]
