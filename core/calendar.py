"""Local time without surprises: zones by IANA name, gaps and folds decided once, here, and when a
weekly thing fell due, however long nobody looked.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import Refused

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
_SHORT |= {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def zone(name: str | None, default: str = "UTC") -> ZoneInfo:
    """The zone of that IANA name; the default when the name is missing or unknown."""
    try:
        return ZoneInfo(name or default)
    except (ZoneInfoNotFoundError, ValueError, OSError, RecursionError):
        return ZoneInfo(default)


def known_zone(name: str) -> str:
    """The name itself when it is an IANA zone. Raises Refused otherwise."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError, RecursionError):
        raise Refused(
            f"“{name[:40]}” is no time zone I know.", "Write it like Europe/Berlin."
        ) from None


def month(word: str) -> int:
    """1 to 12: the month that a word names in English or German, by three letters; 0 for none."""
    return _SHORT.get(word[:3].lower(), 0)


def instant(day: date, at: time, where: ZoneInfo) -> datetime:
    """The UTC instant of a local wall time.

    In a gap (spring) the first valid instant after it; in a fold (autumn) the first occurrence.
    """
    local = datetime.combine(day, at, tzinfo=where).replace(fold=0)
    there = local.astimezone(UTC)
    if there.astimezone(where).replace(tzinfo=None) == local.replace(tzinfo=None):
        return there
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    gap = (after or timedelta()) - (before or timedelta())
    # In a gap fold=0 reads the clock before the jump: the wall time lands `gap` too late.
    # The jump itself is the last instant whose wall time is not after the one asked for.
    low = there - abs(gap)
    high = there
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(where).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def local(now: datetime, where: ZoneInfo) -> datetime:
    """The same instant on the wall clock of that zone."""
    return now.astimezone(where)


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def is_working_hour(now: datetime, where: ZoneInfo) -> bool:
    """Monday to Friday, 9 to 18 on that zone's clock."""
    there = now.astimezone(where)
    return is_working_day(there.date()) and 9 <= there.hour < 18


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when end is not after start."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))


def next_time(now: datetime, at: time, where: ZoneInfo, days: tuple[int, ...]) -> datetime:
    """The first instant after now at that local time on one of those weekdays (0 = Monday)."""
    today = now.astimezone(where).date()
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        if day.weekday() in days and instant(day, at, where) > now:
            return instant(day, at, where)
    raise ValueError("no weekday given")


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
