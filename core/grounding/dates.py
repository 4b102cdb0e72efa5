"""Dates in a text, as written by people, and whether a fact's day is the one that is meant."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar

_MONTHS = [name.lower() for name in calendar.MONTHS]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS) + "|Sept"
_DAY = "|".join(f"{d[:3]}(?:{d[3:]})?" for d in _DAYS) + "|Tues|Thurs"
_CAPITAL_DAY = "|".join(d.capitalize() for d in _DAYS) + "|(?:Mon|Tue|Wed|Thu|Fri)(?=[,.;)]|$)"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?(?:\s+|-)(?P<year>(?:19|20)\d\d))?"
_WEEKDAY = rf"(?:(?P<weekday>{_DAY})\.?,?\s+(?:the\s+)?)?"
_FORMS = [
    re.compile(r"\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<full>(?:19|20)?\d\d)\b(?![.\d])"),
    re.compile(rf"{_WEEKDAY}(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)", re.IGNORECASE),
    re.compile(
        rf"\b{_WEEKDAY}(?P<day>\d{{1,2}}){_NTH}(?:\s+|-)(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_WEEKDAY}(?P<month>{_MONTH})\b\.?\s+(?:the\s+)?(?P<day>\d{{1,2}}){_NTH}(?!\d"
        rf"|%|\.\d){_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?P<part>end|start|beginning|middle|early|late|mid)[ -](?:of\s+"
        rf"|in\s+)?(?:the\s+)?)?"
        rf"(?P<month>{_MONTH})\b{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_WEEKDAY}(?:on\s+)?the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<weekday>{_CAPITAL_DAY})\b"),
    re.compile(r"\bQ(?P<quarter>[1-4])\b"),
    re.compile(
        r"\b(?P<relative>today|tonight|tomorrow|yesterday|(?:next|last|this|coming|end of the)\s+"
        r"(?:week|month|quarter|year|weekend)|(?:next|this|last)\s+(?:mon|tues|wednes"
        r"|thurs|fri)day"
        r"|end of (?:week|month|year)|immediately|right now|overnight)\b",
        re.IGNORECASE,
    ),
]
_BARE_MONTH = _FORMS[4]
_PARTS = {"end": (25, 31), "late": (20, 31), "start": (1, 7), "beginning": (1, 7)}
_PARTS |= {"early": (1, 10), "mid": (11, 20), "middle": (11, 20)}


@dataclass(frozen=True)
class When:
    """A date in a text: where it stands, and which days it may mean."""

    start: int
    end: int
    text: str
    fits: Callable[[date], bool]


def dates(text: str, as_of: date | None) -> list[When]:
    """Every date in the text, in order; overlapping readings: the most precise one."""
    found: list[When] = []
    for form in _FORMS:
        for hit in form.finditer(text):
            if any(hit.start() < w.end and w.start < hit.end() for w in found):
                continue
            if form is _BARE_MONTH and not _is_month(text, hit):
                continue
            found.append(When(hit.start(), hit.end(), hit.group(0), _test(hit, as_of)))
    return sorted(found, key=lambda w: w.start)


def _is_month(text: str, hit: re.Match[str]) -> bool:
    """`May` and `March` are also words: a month is written with a capital, not first."""
    word = hit.group("month")
    if not word[0].isupper():
        return False
    return word.lower() not in ("may", "march", "mar") or not re.match(
        r"\s+(?:be|not|have|need|take|on)\b", text[hit.end() :]
    )


def _test(hit: re.Match[str], as_of: date | None) -> Callable[[date], bool]:
    said = hit.groupdict()
    month, weekday = _place(said.get("month"), _MONTHS), _place(said.get("weekday"), _DAYS)
    year, number = said.get("year"), said.get("day")
    low, high = _PARTS.get((said.get("part") or "").lower(), (1, 31))

    def fits(on: date) -> bool:
        if said.get("relative"):
            return as_of is not None and _relative(said["relative"], as_of, on)
        if said.get("one"):
            return _in_figures(said, on)
        if said.get("quarter"):
            return (on.month - 1) // 3 + 1 == int(said["quarter"])
        if said.get("iso") and on.isoformat() != said["iso"]:
            return False
        return (
            (month is None or (on.month == month + 1 and low <= on.day <= high))
            and (number is None or on.day == int(number))
            and (year is None or on.year == int(year))
            and (weekday is None or on.weekday() == weekday)
        )

    return fits


def _in_figures(said: dict[str, str], on: date) -> bool:
    """ "27.11.2026" or "11/27/26": the day and the month in either order."""
    days = {(int(said["one"]), int(said["two"])), (int(said["two"]), int(said["one"]))}
    return (on.day, on.month) in days and on.year % 100 == int(said["full"]) % 100


def _relative(said: str, as_of: date, on: date) -> bool:
    days = {"today": 0, "tonight": 0, "immediately": 0, "right now": 0}
    days |= {"tomorrow": 1, "yesterday": -1, "overnight": 1}
    word = " ".join(said.lower().split())
    if word in days:
        return on == as_of + timedelta(days=days[word])
    monday = as_of - timedelta(days=as_of.weekday())
    weeks = {"this week": 0, "next week": 1, "last week": -1, "coming week": 1}
    if word in weeks:
        return (on - timedelta(days=on.weekday()) - monday).days == 7 * weeks[word]
    late = on.day >= 25
    if word in ("end of the month", "end of month", "this month"):
        return (on.year, on.month) == (as_of.year, as_of.month) and (late or word[0] == "t")
    if word == "next month":
        return (on.year - as_of.year) * 12 + on.month - as_of.month == 1
    if word in ("end of the year", "end of year"):
        return (on.year, on.month) == (as_of.year, 12)
    if word in ("end of the week", "end of week"):
        return 0 <= (on - monday).days <= 6
    return _named_day(word, monday, on)


def _named_day(word: str, monday: date, on: date) -> bool:
    """ "next Friday": of the week to come, or the first to come."""
    when, _, day = word.partition(" ")
    if day not in _DAYS or _DAYS[on.weekday()] != day:
        return False
    weeks = {"this": (0, 1), "next": (0, 2), "last": (-1, 0)}[when]
    return 7 * weeks[0] <= (on - monday).days < 7 * weeks[1]


def _place(word: str | None, among: list[str]) -> int | None:
    if not word:
        return None
    return next(i for i, name in enumerate(among) if name[:3] == word[:3].lower())
