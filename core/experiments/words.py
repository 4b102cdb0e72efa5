"""What a word means, whoever says it: one definition each, called by every surface (ADR 32).

Of one ticket: running, under way, late, stale, box day, finished. Of a period: kill rate and
promotion rate. What needs sums stands beside its SQL: GPU-hours spent in
models/experiments/effort, learnings in models/experiments/learning. Days are days of the team's
calendar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import holiday
from core.calendar import is_working_day, working_days_between
from core.experiments.experiment import (
    BOXED,
    CLOSED,
    UNDER_WAY,
    Experiment,
    budget_share,
)
from core.stats.proportion import wilson
from core.stats.sample import Interval

STALE_AFTER = 3  # working days without progress, unless the policy says otherwise
KILL_BAND, PROMOTION_BAND = (0.6, 0.8), (0.1, 0.3)  # the source document's healthy shares
ENOUGH = 10  # decisions; below it nothing is said about a rate
_SAME = 1e-9


def is_under_way(experiment: Experiment) -> bool:
    """Taken up and not finished: a hypothesis, an experiment, in evaluation or in iteration."""
    return experiment.stage in UNDER_WAY


def is_running(experiment: Experiment) -> bool:
    """In its time box: an experiment, in evaluation or in iteration."""
    return experiment.stage in BOXED


def finished(experiment: Experiment) -> tuple[str, datetime] | None:
    """How (killed | promoted) and when it was finished; None before. What is refined after its
    evaluation is not finished.
    """
    if experiment.stage not in CLOSED:
        return None
    how = "killed" if experiment.stage == "killed" else "promoted"
    return how, experiment.decided_at or experiment.stage_since


def refined(experiment: Experiment) -> datetime | None:
    """When it was sent back to be refined; None for what is not in iteration."""
    if experiment.stage != "iteration":
        return None
    return experiment.decided_at or experiment.stage_since


def box_day(experiment: Experiment, today: date) -> int | None:
    """The day of the time box that `today` is (1 = the first), or None before it has started.

    Beyond `box_days` the box is over.
    """
    if experiment.box_starts is None:
        return None
    return max(1, (today - experiment.box_starts).days + 1)


def days_left(experiment: Experiment, today: date) -> int | None:
    """Days until the box's last day (0 on it, negative after it); None before it has started."""
    return (experiment.box_ends - today).days if experiment.box_ends else None


def days_late(experiment: Experiment, today: date) -> int:
    """Days by which a running experiment is past the last day of its box; 0 when it is not."""
    left = days_left(experiment, today)
    return max(0, -left) if left is not None and is_running(experiment) else 0


def is_late(experiment: Experiment, today: date) -> bool:
    """True when a running experiment is past the last day of its box."""
    return days_late(experiment, today) > 0


def days_silent(experiment: Experiment, today: date, where: ZoneInfo) -> int:
    """Working days since the last progress, on the team's calendar: no public holiday of the
    country its zone lies in.
    """
    last = experiment.progress_at.astimezone(where).date()
    country = holiday.country_of(where.key)
    off = sum(
        is_working_day(day) and bool(holiday.name_of(country, day))
        for day in (last + timedelta(days=n) for n in range(1, (today - last).days + 1))
    )
    return working_days_between(last, today) - off


def is_stale(
    experiment: Experiment, now: datetime, where: ZoneInfo, *, after: int = STALE_AFTER
) -> bool:
    """True when an experiment under way had no progress for `after` working days.

    Counted on the team's calendar (`where`) to the same time of day; weekends and public holidays
    do not count, and neither backlog nor closed tickets can be stale.
    """
    if not is_under_way(experiment):
        return False
    last, here = experiment.progress_at.astimezone(where), now.astimezone(where)
    days = days_silent(experiment, here.date(), where)
    return days > after or (days == after and here.time() >= last.time())


def is_overspent(experiment: Experiment) -> bool:
    """True when an open experiment used more GPU-hours than its budget, beyond rounding."""
    return experiment.is_open and (budget_share(experiment) or 0) > 1 + _SAME


def spent(experiments: Iterable[Experiment]) -> tuple[float, float]:
    """GPU-hours that those have used since they began, and their budgets."""
    every = list(experiments)
    return sum(e.gpu_used for e in every), sum(e.gpu_budget for e in every)


@dataclass(frozen=True)
class Move:
    """One change of stage; frm is "" where the ticket was written."""

    number: int
    at: datetime
    frm: str
    to: str

    @property
    def is_refining(self) -> bool:
        """It was evaluated and is refined."""
        return (self.frm, self.to) == ("evaluation", "iteration")


@dataclass(frozen=True)
class Decided:
    """What was decided in a period: finished (killed, promoted), or sent back to be refined."""

    killed: int = 0
    promoted: int = 0
    iterated: int = 0

    @property
    def finished(self) -> int:
        """Killed and promoted."""
        return self.killed + self.promoted

    @property
    def decisions(self) -> int:
        """All decisions, the ones to refine too."""
        return self.finished + self.iterated

    def __add__(self, other: "Decided") -> "Decided":
        """Of two periods."""
        return Decided(
            self.killed + other.killed,
            self.promoted + other.promoted,
            self.iterated + other.iterated,
        )


NOTHING = Decided()


def ends(moves: Sequence[Move], start: datetime, end: datetime) -> list[Move]:
    """The last move of each experiment before `end`, where it was made from `start` on.

    moves: those that stand, oldest first.
    """
    newest = {move.number: move for move in moves if move.at < end}
    return [move for move in newest.values() if move.at >= start]


def decided(moves: Sequence[Move], start: datetime, end: datetime) -> Decided:
    """What was decided from `start` up to `end`. moves: those that stand, oldest first.

    A kill or promotion counts when it stood at the end, so that what is reopened later changes no
    period that is over; each decision to refine what was evaluated counts.
    """
    done = ends(moves, start, end)
    return Decided(
        killed=sum(move.to == "killed" for move in done),
        promoted=sum(move.to == "production" for move in done),
        iterated=sum(move.is_refining and start <= move.at < end for move in moves),
    )


@dataclass(frozen=True)
class Rate:
    """k of n decisions against a healthy band. interval: 90 % Wilson, None without decisions.

    side: below | above | within | not enough data, by the share; is_clear: the whole interval
    lies outside the band.
    """

    k: int
    n: int
    band: tuple[float, float]
    interval: Interval | None
    side: str
    is_clear: bool

    @property
    def share(self) -> float:
        """k of n."""
        return self.k / self.n if self.n else 0.0

    @property
    def told(self) -> str:
        """`70% (14 of 20; 52% to 84%), within the healthy 60–80%`."""
        low, high = (f"{100 * edge:.0f}" for edge in self.band)
        if self.interval is None or self.side == "not enough data":
            return f"not enough data ({self.n} of {ENOUGH} decisions; healthy is {low}–{high}%)"
        seen = f"{self.interval.low:.0%} to {self.interval.high:.0%}"
        sure = "" if self.side == "within" or self.is_clear else ", which chance may explain"
        where = f"{self.side} the healthy {low}–{high}%{sure}"
        return f"{self.share:.0%} ({self.k} of {self.n}; {seen}), {where}"


def kill_rate(found: Decided) -> Rate:
    """Killed of all decisions (kill, promote, refine) of a period."""
    return _rate(found.killed, found.decisions, KILL_BAND)


def promotion_rate(found: Decided) -> Rate:
    """Promoted of all decisions (kill, promote, refine) of a period."""
    return _rate(found.promoted, found.decisions, PROMOTION_BAND)


def _rate(k: int, n: int, band: tuple[float, float]) -> Rate:
    found = wilson(k, n) if n else None
    interval = found if isinstance(found, Interval) else None
    if n < ENOUGH or interval is None:
        return Rate(k, n, band, interval, "not enough data", False)
    low, high = band
    side = "below" if k / n < low else "above" if k / n > high else "within"
    return Rate(k, n, band, interval, side, interval.high < low or interval.low > high)
