"""The evening check: "What did you learn today?", for who has an experiment under way."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import calendar
from core.errors import Refused
from core.standups.round import Plan

QUESTION = "What did you learn today?"
OPEN_FOR = timedelta(hours=4)  # later than that nobody is asked any more
_TIME = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$")
_HINT = "Write `/standup evening 17:30`, `on`, `off`, or `count on`."


@dataclass(frozen=True)
class EveningCheck:
    """One standup's evening check. counts: who says nothing is counted in the report."""

    name: str
    channel: str
    at: str
    active: bool
    counts: bool
    by: str = ""


@dataclass(frozen=True)
class EveningSettings:
    """What is to be changed; None: it stays."""

    at: str | None = None
    active: bool | None = None
    counts: bool | None = None


@dataclass(frozen=True)
class Evening:
    """One person's evening. text: "" while nothing was said. experiments: ids they may mean."""

    id: int
    on: date
    text: str
    learned: bool
    about: tuple[int, ...] = ()
    experiments: tuple[str, ...] = ()
    answered: bool = False


def read(text: str) -> EveningSettings:
    """`17:30`, `on`, `off`, `17:30 on`, `count on|off`. Raises Refused."""
    words = text.casefold().replace("counted", "count on").split()
    wish = EveningSettings()
    while words:
        word = words.pop(0)
        if word == "count" and words and words[0] in {"on", "off"}:
            wish = EveningSettings(wish.at, wish.active, words.pop(0) == "on")
        elif word in {"on", "off"} and wish.active is None:
            wish = EveningSettings(wish.at, word == "on", wish.counts)
        elif _TIME.match(word) and wish.at is None:
            wish = EveningSettings(_time(word), wish.active, wish.counts)
        else:
            raise Refused(f"I don't know “{word[:20]}” about evenings.", _HINT)
    if wish.at and wish.active is None:
        wish = EveningSettings(wish.at, True, wish.counts)
    return wish


def due_on(plan: Plan, at: str, set_at: datetime, where: ZoneInfo, now: datetime) -> date | None:
    """The date whose evening it is for somebody living there, or None.

    Due is what has come since `set_at` and is not over: "due and not asked", never "exactly now".
    """
    hour, minute = at.split(":")
    for day in _days(now, where):
        when = calendar.instant(day, time(int(hour), int(minute)), where)
        if plan.has(day) and when > set_at and when <= now < when + OPEN_FOR:
            return day
    return None


def _days(now: datetime, where: ZoneInfo) -> tuple[date, date]:
    today = now.astimezone(where).date()
    return today, today - timedelta(days=1)  # an evening check at 23:00 reaches into the next day


def _time(word: str) -> str:
    found = _TIME.match(word)
    assert found is not None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Refused(f"“{word}” is no time of day.", _HINT)
    if hour < 12:
        raise Refused(f"{hour}:{minute:02d} is not in the evening.", "Write e.g. 17:30.")
    return f"{hour:02d}:{minute:02d}"
