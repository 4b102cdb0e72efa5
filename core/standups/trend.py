"""The standup trend: week by week who answered, what blocked, what was learned, as numbers, as the
picture's data and as the same in words.

Shares are those of core/standups/report: who skipped, was away or had a holiday is in no count.
"""

import math
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import scipy

from core import facts
from core.calendar import monday
from core.errors import Refused
from core.standups.report import Entry, Share, share
from core.text import straighten

USUAL, MOST = 4, 26
FEWEST_PEOPLE = 5  # fewer cannot carry a statement about the team
_WEEKS = re.compile(r"(?:last\s+)?(\d{1,3})\s*(?:w|wks?|weeks?)?", re.I)
Spec = dict[str, Any]
FEWEST_WEEKS = 2


@dataclass(frozen=True)
class StandupWeek:
    """One week. over: no round of it can be answered in time any more. by_standup: by name."""

    monday: date
    over: bool
    share: Share
    by_standup: Mapping[str, Share]
    opened: int = 0
    closed: int = 0
    learned: int = 0


@dataclass(frozen=True)
class Happened:
    """Days on which blockers were opened and closed, and learnings written."""

    opened: Sequence[date] = ()
    closed: Sequence[date] = ()
    learned: Sequence[date] = ()


@dataclass(frozen=True)
class Move:
    """How the share moved from the first half of the finished weeks to the second.

    before, after: whole percent. people: who is in both. sure: the 95 % range of the mean change
    per person leaves 0 out. short: why there is no statement, "" when there is one.
    """

    before: int = 0
    after: int = 0
    people: int = 0
    sure: bool = False
    short: str = ""


@dataclass(frozen=True)
class StandupTrend:
    """The weeks, oldest first. people: name and share over all of them, for leads only."""

    weeks: tuple[StandupWeek, ...]
    share: Share
    move: Move
    people: tuple[tuple[str, Share], ...]

    @property
    def counted(self) -> int:
        """How many weeks have an answer that counts."""
        return sum(week.share.expected > 0 for week in self.weeks)

    def without_people(self) -> "StandupTrend":
        """The same for everybody's eyes: nobody by name."""
        return StandupTrend(self.weeks, self.share, self.move, ())


def read(text: str) -> int:
    """How many weeks: 4 when nothing is typed. Raises Refused."""
    typed = straighten(text).strip()
    if not typed:
        return USUAL
    found = _WEEKS.fullmatch(typed)
    if not found:
        hint = "Write e.g. `/standup trend 4w`."
        raise Refused(f"“{typed[:30]}” is no number of weeks.", hint)
    weeks = int(found[1])
    if not 2 <= weeks <= MOST:
        hint = "`/standup report` has shorter times."
        raise Refused(f"A trend takes 2 to {MOST} weeks.", hint)
    return weeks


def first_day(today: date, weeks: int) -> date:
    """The Monday on which the trend begins; its last week is the running one."""
    return monday(today) - timedelta(weeks=weeks - 1)


def of(
    entries: Sequence[Entry], happened: Happened, *, today: date, weeks: int, by_name: bool
) -> StandupTrend:
    """The trend of these weeks up to today. by_name: with everybody's own share."""
    start = first_day(today, weeks)
    mondays = [start + timedelta(weeks=n) for n in range(weeks)]
    found = tuple(_week(day, entries, happened, today) for day in mondays)
    people: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.name.casefold(), e.user)):
        people.setdefault(entry.user, []).append(entry)
    named = [(theirs[0].name, share(theirs)) for theirs in people.values()] if by_name else []
    return StandupTrend(found, share(entries), _move(found, list(people.values())), tuple(named))


def _week(day: date, entries: Sequence[Entry], happened: Happened, today: date) -> StandupWeek:
    here = [entry for entry in entries if monday(entry.on) == day]
    names = dict.fromkeys(entry.standup for entry in entries)
    return StandupWeek(
        monday=day,
        over=day < monday(today) and all(entry.over for entry in here),
        share=share(here),
        by_standup={name: share([e for e in here if e.standup == name]) for name in names},
        opened=_count(happened.opened, day),
        closed=_count(happened.closed, day),
        learned=_count(happened.learned, day),
    )


def _count(days: Sequence[date], week: date) -> int:
    return sum(monday(day) == week for day in days)


def _move(weeks: Sequence[StandupWeek], people: Sequence[Sequence[Entry]]) -> Move:
    """Halves compared person by person: one person's answers are not independent."""
    done = [week.monday for week in weeks if week.over and week.share.expected]
    if len(done) < 2:
        return Move(short=f"{len(done)} of 2 finished weeks with answers to count")
    half = len(done) // 2
    early, late = set(done[:half]), set(done[-half:])
    pairs = [(_part(theirs, early), _part(theirs, late)) for theirs in people]
    both = [(a, b) for a, b in pairs if a.expected and b.expected]
    if len(both) < FEWEST_PEOPLE:
        return Move(short=f"{len(both)} of {FEWEST_PEOPLE} people with answers in both halves")
    changes = [b.answered / b.expected - a.answered / a.expected for a, b in both]
    return Move(
        before=_percent([a for a, _ in both]),
        after=_percent([b for _, b in both]),
        people=len(both),
        sure=_leaves_zero_out(changes),
    )


def _part(theirs: Sequence[Entry], weeks: set[date]) -> Share:
    return share([entry for entry in theirs if monday(entry.on) in weeks])


def _percent(parts: Sequence[Share]) -> int:
    return round(100 * sum(p.answered for p in parts) / sum(p.expected for p in parts))


def _leaves_zero_out(changes: Sequence[float]) -> bool:
    """Student's t, 95 %, on the mean change per person (Student 1908)."""
    mean, sd = statistics.fmean(changes), statistics.stdev(changes)
    half = float(scipy.stats.t.ppf(0.975, len(changes) - 1)) * sd / math.sqrt(len(changes))
    return abs(mean) > half + 1e-12


def chart(trend: StandupTrend) -> Spec | None:
    """weeks: [label, answered, expected, opened, closed, learned]; None below two weeks with
    answers that count.
    """
    if trend.counted < FEWEST_WEEKS:
        return None
    rows = [
        [_label(w), w.share.answered, w.share.expected, w.opened, w.closed, w.learned]
        for w in trend.weeks
    ]
    title = f"Standup: {trend.share.answered} of {trend.share.expected} answered"
    told = " ".join(_told(week) for week in trend.weeks)
    return {"kind": "trend", "title": title, "weeks": rows, "alt": f"{title}. {told}"[:1900]}


def _label(week: StandupWeek) -> str:
    return f"{week.monday.day} {week.monday:%b}" + ("" if week.over else "\nso far")


def _told(week: StandupWeek) -> str:
    part = week.share
    who = f"{part.answered} of {part.expected} ({part.percent}%)" if part.expected else "nothing"
    name = f"Week of {facts.day(week.monday)}" + ("" if week.over else " (so far)")
    about = f"{week.opened} blockers opened, {week.closed} closed, {week.learned} learnings"
    return f"{name}: {who} answered, {about}."
