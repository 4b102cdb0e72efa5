"""When somebody who owes an answer is reminded of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendar import is_working_hour

MOST = 2  # in one round
_BEFORE_CLOSE = timedelta(hours=1)
_APART = timedelta(minutes=45)


@dataclass(frozen=True)
class Owed:
    """An answer somebody was asked for (UTC). told_at: when they last heard of it. nudges: so far.

    open_for: how long after their own hour the round stays open at least.
    """

    due_at: datetime
    told_at: datetime
    closes_at: datetime
    open_for: timedelta
    nudges: int


def is_due(owed: Owed, now: datetime, where: ZoneInfo) -> bool:
    """True when a reminder is due: halfway through their time and an hour before the close.

    Never a third one, never outside working hours where they are, never twice within 45 minutes.
    """
    if owed.nudges >= MOST or now >= owed.closes_at or now - owed.told_at < _APART:
        return False
    halfway = owed.due_at + owed.open_for / 2
    at = halfway if owed.nudges == 0 else owed.closes_at - _BEFORE_CLOSE
    return now >= at and is_working_hour(now, where)
