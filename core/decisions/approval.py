"""What takes a second named person, as its readers see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendar import working_days_between
from core.experiments.experiment import Experiment

OPEN_FOR = 3  # working days
ALONE_AFTER = timedelta(hours=24)  # then the only lead of a team may approve it alone


@dataclass(frozen=True)
class Wanted:
    """kind: extend (amount in days) | budget (amount in GPU-hours) | spend (these
    GPU-hours, which it has) | reopen.
    """

    kind: str
    amount: float = 0.0


@dataclass(frozen=True)
class Approval:
    """A request. state: open | approved | declined | expired | void (the ticket changed since).

    alone: the asker is the only one who may decide, from 24 hours after asking on.
    """

    id: int
    ticket: Experiment
    wanted: Wanted
    why: str
    asked_by: str
    asked_at: datetime
    state: str = "open"
    decided_by: str = ""
    alone: bool = False


def is_over(asked_at: datetime, now: datetime, where: ZoneInfo) -> bool:
    """True when it has been open for three working days on the team's calendar."""
    asked, here = asked_at.astimezone(where), now.astimezone(where)
    days = working_days_between(asked.date(), here.date())
    return days > OPEN_FOR or (days == OPEN_FOR and here.time() >= asked.time())


def alone_from(asked_at: datetime) -> datetime:
    """When the only lead may approve what they asked for themself."""
    return asked_at + ALONE_AFTER
