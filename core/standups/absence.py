"""Days on which somebody is not asked, as people type them; both ends are included."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar
from core.errors import Refused
from core.text import clean, shorten, straighten

HOW = "Write `until Friday`, `2w`, `today` or `2026-12-24..2027-01-03`."
LONGEST_DAYS = 366
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|today|tomorrow|"
    rf"{_NTH}\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+{_NTH}(?:,?\s+\d{{4}})?|{_WEEKDAY})"
)
_END = r"(?=$|[\s,:;(])"
_RANGE = re.compile(
    rf"(?:from\s+)?({_DAY})\s*(?:\.\.+|…|–|—|\s-\s|\s(?:to|until|till|through)\s)\s*({_DAY}){_END}",
    re.I,
)
_UNTIL = re.compile(rf"(?:until|untill|till|til|through|to)\s+({_DAY}){_END}", re.I)
_LENGTH = re.compile(rf"(?:for\s+)?([1-9]\d{{0,2}})\s*(d|days?|w|wks?|weeks?){_END}", re.I)
_WEEK = re.compile(rf"(this|next)\s+week{_END}", re.I)
_ONE = re.compile(rf"(?:on\s+)?({_DAY}){_END}", re.I)
_WORD = re.compile(r"^\s*(ooo|back|i'?m back)\b(.*)$", re.I)


@dataclass(frozen=True)
class DaySpan:
    """Days from first to last, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """True for a day within it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Away:
    """Somebody's absence. name: who; by: who noted it; span.last is the last day away.

    running: it has begun. asks: team and next date on which a standup there asks them, of each
    team that the reader may know of.
    """

    user: str
    name: str
    span: DaySpan
    reason: str = ""
    by: str = ""
    asks: tuple[tuple[str, date], ...] = ()
    running: bool = True


def read(text: str, today: date) -> tuple[DaySpan, str]:
    """The days that a text begins with, and the rest of it (a reason). Raises Refused."""
    said = " ".join(straighten(clean(text)).split())
    found = _read(said, today)
    if found is None:
        about = f"“{shorten(said, 40)}” says no days I understand." if said else "Away until when?"
        raise Refused(about, HOW)
    span, end = found
    if span.last < today:
        raise Refused(f"{span.last} is over already.", HOW)
    if span.last < span.first:
        raise Refused(f"{span.last} comes before {span.first}.", HOW)
    if (span.last - span.first).days >= LONGEST_DAYS or (span.first - today).days > LONGEST_DAYS:
        raise Refused("That is further than a year.", HOW)
    return DaySpan(max(span.first, today), span.last), said[end:].strip(" ,:;()")[:200]


def word(text: str) -> tuple[str, str] | None:
    """(`ooo` | `back`, the rest) when a direct message is that word, else None."""
    said = straighten(clean(text))
    found = _WORD.match(said) if "\n" not in said else None
    if found is None:
        return None
    if found[1].casefold() == "ooo":
        return "ooo", found[2].strip()
    return ("back", "") if not found[2].strip(" .!") else None


def join(new: DaySpan, known: list[DaySpan], today: date) -> tuple[DaySpan, list[DaySpan]]:
    """The span that stands after a new one is noted, and the known ones it takes the place of.

    One that runs now ends with a new one from today on, so that an end can be corrected both
    ways; any other that overlaps is joined to the new one.
    """
    taken = [old for old in known if old.first <= new.last and new.first <= old.last]
    first = min([new.first, *(old.first for old in taken)])
    ends = [old.last for old in taken if old.first > new.first or new.first > today]
    return DaySpan(first, max([new.last, *ends])), taken


def _read(said: str, today: date) -> tuple[DaySpan, int] | None:
    if found := _RANGE.match(said):
        first = _day(found[1], today)
        return DaySpan(first, _day(found[2], first)), found.end()
    if found := _UNTIL.match(said):
        return DaySpan(today, _day(found[1], today)), found.end()
    if found := _LENGTH.match(said):
        days = int(found[1]) * (7 if found[2][0].lower() == "w" else 1)
        return DaySpan(today, today + timedelta(days=days - 1)), found.end()
    if found := _WEEK.match(said):
        monday = today - timedelta(days=today.weekday())
        start = monday + timedelta(days=7) if found[1].lower() == "next" else today
        sunday = start + timedelta(days=6 - start.weekday())
        return DaySpan(start, sunday), found.end()
    if found := _ONE.match(said):
        day = _day(found[1], today)
        return DaySpan(day, day), found.end()
    return None


def _day(text: str, after: date) -> date:
    """A weekday is the next one after that day; a day without a year the next from it on."""
    said = text.casefold()
    if said in {"today", "tomorrow"}:
        return after + timedelta(days=said == "tomorrow")
    weekday = next((n for n, name in enumerate(WEEKDAYS) if name[:3] == said[:3]), None)
    if weekday is not None:
        return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
    try:
        return _dated(said, after)
    except ValueError:
        raise Refused(f"There is no {shorten(text, 40)}.", HOW) from None


def _dated(said: str, after: date) -> date:
    if re.match(r"\d{4}-", said):
        year, month, day = (int(part) for part in said.split("-"))
        return date(year, month, day)
    numbers = [int(part) for part in re.findall(r"\d+", said)]
    month = next(filter(None, map(calendar.month, re.findall(r"[a-z]{3,}", said))))
    if len(numbers) > 1:
        return date(numbers[1], month, numbers[0])
    this = date(after.year, month, numbers[0])
    return this if this >= after else date(after.year + 1, month, numbers[0])


@dataclass(frozen=True)
class Off:
    """Days on which the whole team is off. by: who set them."""

    span: DaySpan
    name: str = ""
    by: str = ""
