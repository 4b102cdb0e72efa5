"""A period as people say it: `this month`, `last week`, `in November`, `since Monday`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar
from core.assay.spelling import plain

USUAL_DAYS = 28
_MONTH = re.compile(
    r"\b(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,6}\b(?! be\b)"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GERMAN_DAYS = {"die": "tue", "mit": "wed", "don": "thu", "fre": "fri", "sam": "sat", "son": "sun"}
_SINCE = re.compile(
    r"\b(?:since|seit)\s+(mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son)[a-z]{0,8}\b"
)
_LAST_N = re.compile(
    r"\b(\d{1,3}|two|three|four|six|zwei|drei|vier|sechs)\s+"
    r"(days?|weeks?|months?|quarters?|tagen?|wochen?|monaten?)\b"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "six": 6, "zwei": 2, "drei": 3, "vier": 4, "sechs": 6}
_UNIT_DAYS = {"d": 1, "t": 1, "w": 7, "m": 30, "q": 91}


@dataclass(frozen=True)
class Period:
    """Days from first to last, both included, and how they are called."""

    first: date
    last: date
    name: str


def read(text: str, today: date) -> Period:
    """The period that a text names, the last four weeks when it names none."""
    line = plain(text)
    monday = today - timedelta(days=today.weekday())
    found = _worded(line, today, monday) or _counted(line, today) or _since(line, today)
    found = found or _month(line, today)
    first = today - timedelta(days=USUAL_DAYS - 1)
    return found or Period(first, today, "in the last four weeks")


def _worded(line: str, today: date, monday: date) -> Period | None:
    first_of_month = today.replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    before = first_of_month - timedelta(days=1)
    week = timedelta(days=7)
    named = (
        (r"\b(?:today|heute)\b", today, today, "today"),
        (r"\b(?:yesterday|gestern)\b", today - week / 7, today - week / 7, "yesterday"),
        (r"\b(?:this|diese[rnms]?) (?:week|woche)\b", monday, today, "this week"),
        (r"\b(?:last|past|previous|letzte[rnms]?) (?:week|woche)\b", monday - week, today,
         "since last week"),
        (r"\b(?:this|diese[rnms]?) (?:month|monat)\b", first_of_month, today, "this month"),
        (r"\b(?:last|past|previous|letzte[rnms]?) (?:month|monat)\b", before.replace(day=1),
         before, "last month"),
        (r"\b(?:this|diese[snm]?) (?:quarter|quartal)\b", quarter, today, "this quarter"),
        (r"\b(?:this|diese[snm]?) (?:year|jahr)\b", today.replace(month=1, day=1), today,
         "this year"),
    )  # fmt: skip
    for pattern, first, last, name in named:
        if re.search(pattern, line):
            return Period(first, last, name)
    return None


def _counted(line: str, today: date) -> Period | None:
    found = _LAST_N.search(line)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else _COUNTS[found[1]]
    days = min(count * _UNIT_DAYS[found[2][0]], 3660)
    return Period(today - timedelta(days=days), today, f"in the last {count} {_unit(found[2])}")


def _unit(word: str) -> str:
    return {"d": "days", "t": "days", "w": "weeks", "m": "months", "q": "quarters"}[word[0]]


def _since(line: str, today: date) -> Period | None:
    found = _SINCE.search(line)
    if found is None:
        return None
    weekday = _DAYS.index(_GERMAN_DAYS.get(found[1], found[1]))
    first = today - timedelta(days=(today.weekday() - weekday) % 7)
    return Period(first, today, f"since {first:%A}")


def _month(line: str, today: date) -> Period | None:
    found = _MONTH.search(line)
    if found is None:
        return None
    month = calendar.month(found[1])
    year = today.year if month <= today.month else today.year - 1
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(first, min(last, today), f"in {first:%B}")
