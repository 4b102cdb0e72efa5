"""What was spent in a period: GPU-hours, by experiment."""

from dataclasses import dataclass
from datetime import date, time

from core import calendar
from core.assay import period
from core.assay.period import Period
from models.experiments import effort
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab


@dataclass(frozen=True)
class SpentHours:
    """GPU-hours that were reported in these days; by experiment, most first."""

    when: Period
    hours: float
    by_number: tuple[tuple[int, float], ...]


def of(lab: Lab, team_id: int, said: str) -> SpentHours:
    """What the team reported in the period that was named."""
    with desk(lab, team_id, lock=False) as here:
        zone = calendar.zone(here.team.zone)
        today = experiment.today_of(here.team, here.now)
        when = period.read(said, today)
        start = calendar.instant(when.first, time(), zone)
        end = calendar.instant(_after(when.last), time(), zone)
        found = effort.gpu_by_number(here.session, here.team_id, start, end)
        most = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return SpentHours(when, round(sum(found.values()), 6), tuple(most))


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
