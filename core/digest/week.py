"""What a digest is made of: the team's week as values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.data.readiness_rate import Rate
from core.digest.money import Formula
from core.drift.source import Drifted
from core.experiments.experiment import Experiment
from core.experiments.metric import Metric
from core.experiments.past import Past
from core.experiments.rates import Rates
from core.experiments.words import finished
from core.forecasts.track_record import Foretold
from core.project.note import Note
from core.sprints.phase_place import Place


@dataclass(frozen=True)
class Week:
    """Everything a digest may speak of. Instants in UTC; days on the team's calendar (`where`).

    since: the last report, or a week before. heard: confirmed learnings that are no decision's,
    oldest first; told: sentences that earlier digests quoted. blockers: (kind, opened at).
    drifted: features whose inputs are changed now, oldest first.
    overrides: (experiment, the leads' names) let through without a GO. notes: open ones, and
    needs whose decision no digest has told yet. names: user id to display name, for owners of
    needs and risks. formula: what a wrong answer costs, if a lead confirmed it; rates: what hours
    do. readiness: was the data there in time. forecast: None while nothing computes one.
    gpu_spent: GPU-hours used since the last report by all, None where nobody counted. tried: by
    eval set, how many candidates were measured on it with the headline metric. wrong_by: metrics
    that a lead confirmed to count wrong answers. heard_from: who said what was heard (user ids,
    by the words). place: the project's phase and week, None before it has started.
    """

    on: date
    as_of: datetime
    since: datetime
    where: ZoneInfo
    metric: Metric = field(default_factory=Metric)
    experiments: Sequence[Experiment] = ()
    earlier: Sequence[Past] = ()
    heard: Sequence[str] = ()
    told: frozenset[str] = frozenset()
    blockers: Sequence[tuple[str, datetime]] = ()
    drifted: Sequence[Drifted] = ()
    overrides: Sequence[tuple[str, str]] = ()
    notes: Sequence[Note] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    stale_after: int = 3
    forecast: Foretold | None = None
    formula: Formula | None = None
    rates: Rates = field(default_factory=Rates)
    readiness: Rate | None = None
    gpu_spent: float | None = None
    tried: Mapping[str, int] = field(default_factory=dict)
    wrong_by: Collection[str] = ()
    heard_from: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    @property
    def today(self) -> date:
        """The day the facts were read."""
        return self.as_of.astimezone(self.where).date()

    @property
    def label(self) -> str:
        """The ISO week of the digest's day: `2026-W48`."""
        year, week, _ = self.on.isocalendar()
        return f"{year}-W{week:02d}"


def is_within(week: Week, at: datetime | None) -> bool:
    """True for an instant since the last report."""
    return at is not None and week.since < at <= week.as_of


def decided(week: Week) -> list[tuple[str, Experiment]]:
    """(outcome, experiment) of what was finished this week, in the order it was."""
    found = [(done, e) for e in week.experiments if (done := finished(e))]
    fresh = [(d, e) for d, e in found if is_within(week, d[1])]
    fresh.sort(key=lambda pair: (pair[0][1], pair[1].number))
    return [(done[0], e) for done, e in fresh]
