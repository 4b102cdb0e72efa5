"""A review before launch against the sprint the MVP ships in: "3-week legal review" has to start
three weeks before that sprint ends, and the math says by when.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.project.canvas import Canvas
from core.sprints.sprint import Span

_UNITS = {"day": 1, "week": 7, "month": 30}
_KINDS = r"legal|compliance|regulatory|security|privacy|safety|ethics"
_STEPS = r"review|approval|audit|assessment|sign-?off|check"
_BEFORE = re.compile(
    rf"(\d{{1,3}})[\s-]{{0,3}}(day|week|month)s?[\s-]{{1,3}}((?:{_KINDS})\s(?:{_STEPS}))", re.I
)
_AFTER = re.compile(
    rf"((?:{_KINDS})\s(?:{_STEPS}))\D{{1,40}}(\d{{1,3}})[\s-]{{0,3}}(day|week|month)", re.I
)
_GOES = re.compile(
    r"\b(?:started|under way|underway|running|done|approved|passed|finished)\b", re.I
)


@dataclass(frozen=True)
class LeadTime:
    """what: `legal review`; days: how long it takes; goes: its line says it has begun."""

    what: str
    days: int
    goes: bool


@dataclass(frozen=True)
class LaunchMath:
    """A lead time against the MVP. sprint, ends: when that ships; start: the last day on which it
    may begin; late: days by which it comes too late when it begins today, 0 when it is in time.
    """

    lead: LeadTime
    sprint: int
    ends: date
    start: date
    late: int


def lead_times(page: Canvas) -> tuple[LeadTime, ...]:
    """The reviews with a length that the page's risks, privacy and gaps name, each once."""
    lines = [*(f"{one.text} {one.mitigation}" for one in page.risks), page.privacy, *page.gaps]
    found = {one.what: one for line in lines for one in _read(line)}
    return tuple(found.values())


def launch_math(page: Canvas, mvp: Span | None, today: date) -> tuple[LaunchMath, ...]:
    """Each review that has not begun, with the last day it may; nothing without an MVP sprint or
    once that is over.
    """
    if mvp is None or mvp.ends < today:
        return ()
    found = []
    for lead in lead_times(page):
        start = mvp.ends - timedelta(days=lead.days - 1)
        late = max(0, (today - start).days)
        found += [] if lead.goes else [LaunchMath(lead, mvp.number, mvp.ends, start, late)]
    return tuple(found)


def _read(line: str) -> Iterator[LeadTime]:
    goes = bool(_GOES.search(line))
    for count, unit, what in _BEFORE.findall(line):
        yield LeadTime(what.lower(), int(count) * _UNITS[unit.lower()], goes)
    if not _BEFORE.search(line):
        for what, count, unit in _AFTER.findall(line):
            yield LeadTime(what.lower(), int(count) * _UNITS[unit.lower()], goes)
