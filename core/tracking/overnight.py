"""How runs that ended or changed overnight did, for who owns them in the morning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from core import calendar
from core.experiments.experiment import Experiment
from core.tracking.chart import loss_of
from core.tracking.epochs import Points
from core.tracking.kept import Kept

HOUR, LATE = 9, 12  # local hours: told from the one on, not after the other
EVENING = time(18)
FEWEST = 8  # values of a loss that say whether it has settled
_SETTLED = 0.02  # of its whole fall, in its last quarter
_WORDS = ("diverged", "failed", "stale", "converged", "finished", "stopped")  # the bad ones first


@dataclass(frozen=True)
class Night:
    """One run. how: one of _WORDS; `finished` is told of what ended well while its loss still
    fell, or without a loss that tells.
    """

    ticket: Experiment
    run: Kept
    how: str
    falling: bool = False


def begins(now: datetime, where: ZoneInfo) -> datetime:
    """Since when a night counts: six in the evening of the last working day before."""
    day: date = calendar.local(now, where).date() - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return calendar.instant(day, EVENING, where)


def is_morning(now: datetime, where: ZoneInfo) -> bool:
    """True from nine to twelve of a working day there."""
    local = calendar.local(now, where)
    return calendar.is_working_day(local.date()) and HOUR <= local.hour < LATE


def night(ticket: Experiment, run: Kept, curves: Mapping[str, Points]) -> Night:
    """How that run did. curves: by metric, as they are kept."""
    if run.diverged:
        return Night(ticket, run, "diverged")
    if run.stale_since:
        return Night(ticket, run, "stale")
    if run.status != "finished":
        return Night(ticket, run, run.status)
    settled = has_settled(loss_of(curves, "validation") or loss_of(curves, "training"))
    return Night(ticket, run, "converged" if settled else "finished", falling=settled is False)


def has_settled(points: Points) -> bool | None:
    """True when a loss fell in its last quarter by at most 2 % of its whole fall (means of the
    quarters compared); None when it is too short to tell, or never fell.
    """
    values = [float(value) for _, value in points if value is not None]
    if len(values) < FEWEST:
        return None
    part = len(values) // 4
    before, last = fmean(values[-2 * part : -part]), fmean(values[-part:])
    fall = values[0] - min(values)
    return before - last <= _SETTLED * fall if fall > 0 else None


def ranked(found: list[Night]) -> list[Night]:
    """What needs somebody first, then by experiment."""
    return sorted(found, key=lambda one: (_WORDS.index(one.how), one.ticket.number, one.run.key))
