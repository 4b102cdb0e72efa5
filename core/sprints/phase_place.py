"""Where a project stands: its phase with week counters, and what it really does in it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.experiments.experiment import Experiment
from core.sprints.phase import LAST_WEEK, PHASES, Phase, begins, explore_share, recommended

MIN_COUNTED = 3  # experiments before a ratio by count says anything


@dataclass(frozen=True)
class Gate:
    """A decision of a lead: phase, or the project's start (key "")."""

    key: str
    on: date
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Place:
    """started: the project's first day; week: of the project, from 1; phase_week: of the phase.

    gate: the decision that set the phase, None when only the calendar says so; due: the phase the
    source document has for that week, on the way to the deadline when there is one; from_first:
    the start is that of the first experiment; deadline: the day the project is to ship, or None.
    """

    started: date
    week: int
    phase: Phase
    phase_week: int
    gate: Gate | None
    due: Phase
    from_first: bool
    deadline: date | None = None

    @property
    def told(self) -> str:
        """`Convergence, week 6 of 16`; past the last week without how many there are."""
        weeks = LAST_WEEK
        if self.deadline is not None:
            weeks = math.ceil(((self.deadline - self.started).days + 1) / 7)
        return f"{self.phase.name}, week {self.week}" + (
            f" of {weeks}" if self.week <= weeks else ""
        )

    @property
    def way(self) -> float | None:
        """How much of the way from start to deadline is gone at the end of that week, 0 to 1."""
        if self.deadline is None:
            return None
        return min(1.0, 7 * self.week / ((self.deadline - self.started).days + 1))


@dataclass(frozen=True)
class Ratio:
    """What was done since a day. hours, counts: by kind of work; explore_*: share of exploring
    among exploring and exploiting, None when there is too little to tell.
    """

    since: date
    hours: Mapping[str, float]
    counts: Mapping[str, int]

    @property
    def by_hours(self) -> float | None:
        """By the GPU-hours that were reported."""
        return explore_share(self.hours)

    @property
    def by_count(self) -> float | None:
        """By the experiments that ran; None under three."""
        return explore_share(self.counts) if sum(self.counts.values()) >= MIN_COUNTED else None

    @property
    def best(self) -> float | None:
        """By hours, else by count."""
        return self.by_count if self.by_hours is None else self.by_hours


def place(
    first: date | None, gates: Sequence[Gate], today: date, deadline: date | None = None
) -> Place | None:
    """Where the project stands; first: the day of its first experiment. None before both that
    day and a start that somebody set. deadline: the last day before it ships; one that is not
    after the start counts as none.
    """
    starts = [gate.on for gate in gates if not gate.key]
    started = starts[-1] if starts else first
    if started is None or started > today:
        return None
    deadline = deadline if deadline is not None and deadline > started else None
    week = (today - started).days // 7 + 1
    due, began = due_on(started, today, deadline)
    decided = [gate for gate in gates if gate.key and gate.on <= today]
    gate, phase = (decided[-1] if decided else None), due
    if gate is not None:
        phase = next(one for one in PHASES if one.key == gate.key)
        began = max([started, *[g.on for g in decided if _opens(decided, g)]])
    in_phase = (today - began).days // 7 + 1
    return Place(started, week, phase, in_phase, gate, due, not starts, deadline)


def due_on(started: date, day: date, deadline: date | None) -> tuple[Phase, date]:
    """The phase the document has for that day, and the day it begins. With a deadline the
    document's sixteen weeks are stretched or shrunk to end on it, so that the ratio goes from
    exploring to exploiting by then.
    """
    due = recommended((day - started).days / _document_week(started, deadline))
    return due, begins_on(due, started, deadline)


def begins_on(phase: Phase, started: date, deadline: date | None) -> date:
    """The first day of that phase as `due_on` counts."""
    days = begins(phase) * _document_week(started, deadline)
    return started + timedelta(days=math.ceil(days - 1e-9))


def _document_week(started: date, deadline: date | None) -> float:
    """Days that one of the document's sixteen weeks takes."""
    return 7.0 if deadline is None else ((deadline - started).days + 1) / LAST_WEEK


def ratio(
    experiments: Sequence[Experiment], hours: Mapping[int, float], since: date, where: ZoneInfo
) -> Ratio:
    """What the team did since that day; hours: GPU-hours reported since then, by number."""
    spent: dict[str, float] = {}
    counts: dict[str, int] = {}
    for one in experiments:
        used = hours.get(one.number, 0.0)
        spent[one.kind_of_work] = spent.get(one.kind_of_work, 0.0) + max(0.0, used)
        if used > 0 or ran(one, since, where):
            counts[one.kind_of_work] = counts.get(one.kind_of_work, 0) + 1
    return Ratio(since, {kind: h for kind, h in spent.items() if h}, counts)


def ran(one: Experiment, since: date, where: ZoneInfo) -> bool:
    """True when its box had started and it was not decided before that day."""
    if one.box_starts is None:
        return False
    decided = one.decided_at.astimezone(where).date() if one.decided_at else None
    return one.is_open or decided is None or decided >= since


def _opens(decided: Sequence[Gate], gate: Gate) -> bool:
    """True for the decision from which on the phase of today has held without a break."""
    later = decided[decided.index(gate) :]
    before = decided[: decided.index(gate)]
    same = all(one.key == gate.key for one in later)
    return same and (not before or before[-1].key != gate.key)
