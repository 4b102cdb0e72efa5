"""When a weekly thing was due, however long nobody looked."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import instant


def firings(
    since: datetime, now: datetime, *, weekday: int, at: time, where: ZoneInfo
) -> list[date]:
    """The days on which it fell due after `since` and until `now` (inclusive), oldest first.

    weekday: 0 = Monday; at: wall time in that zone. At most the last 60.
    """
    day = now.astimezone(where).date()
    day -= timedelta(days=(day.weekday() - weekday) % 7)
    found: list[date] = []
    while len(found) < 60:
        due = instant(day, at, where)
        if due <= since:
            break
        if due <= now:
            found.append(day)
        day -= timedelta(days=7)
    return found[::-1]


def monday(day: date) -> date:
    """The Monday of that day's ISO week."""
    return day - timedelta(days=day.weekday())
