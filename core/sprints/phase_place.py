"""Where a project stands: its phase with week counters, and what it really does in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.experiments.experiment import Experiment
from core.sprints.phase import PHASES, Phase, begins, explore_share, recommended

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
    source document has for that week; from_first: the start is that of the first experiment.
    """

    started: date
    week: int
    phase: Phase
    phase_week: int
    gate: Gate | None
    due: Phase
    from_first: bool


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


def place(first: date | None, gates: Sequence[Gate], today: date) -> Place | None:
    """Where the project stands; first: the day of its first experiment. None before both that
    day and a start that somebody set.
    """
    starts = [gate.on for gate in gates if not gate.key]
    started = starts[-1] if starts else first
    if started is None or started > today:
        return None
    weeks = (today - started).days // 7
    due = recommended(weeks)
    decided = [gate for gate in gates if gate.key and gate.on <= today]
    gate = decided[-1] if decided else None
    if gate is None:
        return Place(started, weeks + 1, due, weeks - begins(due) + 1, None, due, not starts)
    phase = next(one for one in PHASES if one.key == gate.key)
    since = max([started, *[g.on for g in decided if _opens(decided, g)]])
    return Place(started, weeks + 1, phase, (today - since).days // 7 + 1, gate, due, not starts)


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
