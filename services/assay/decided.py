"""What was killed, promoted or learned in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlmodel import col

from core import calendar
from core.assay import period
from core.assay.period import Period
from core.assay.spelling import ideas, plain, words
from core.experiments.experiment import Experiment
from core.experiments.learning import Learning as Fact
from models.experiments import experiment as table
from models.experiments import learning as learnings
from services.desk import desk
from services.experiments import experiment, learning
from services.ports import Lab

MOST = 10


@dataclass(frozen=True)
class DecidedThen:
    """Experiments closed in these days, newest first, at most MOST of count; or what was learned.

    what: killed | promoted | decided | learned.
    """

    what: str
    when: Period
    tickets: Sequence[Experiment] = ()
    count: int = 0
    learned: Sequence[Fact] = ()


def wanted(said: str) -> str:
    """Which of them a sentence asks for."""
    found = ideas(words(plain(said)))[0]
    killed, promoted = found & {"KILL", "KILLED"}, found & {"PROMOTE", "PROMOTED"}
    if "LEARNED" in found and not (killed or promoted):
        return "learned"
    if bool(killed) == bool(promoted):
        return "decided"
    return "killed" if killed else "promoted"


def of(lab: Lab, team_id: int, said: str) -> DecidedThen:
    """The answer for the period that is named, else for the last four weeks."""
    what = wanted(said)
    with desk(lab, team_id, lock=False) as here:
        zone = calendar.zone(here.team.zone)
        when = period.read(said, experiment.today_of(here.team, here.now))
        start = calendar.instant(when.first, time(), zone)
        end = calendar.instant(date.fromordinal(when.last.toordinal() + 1), time(), zone)
        if what == "learned":
            rows = learnings.between(here.session, team_id, start, end)
            facts = [learning.value(here.session, here.team, row) for row in rows[-MOST:][::-1]]
            return DecidedThen(what, when, count=len(rows), learned=facts)
        decided = col(table.Experiment.decided_at)
        which = [table.closed_since(start), decided < end]
        stages = {"killed": ["killed"], "promoted": ["production"]}.get(what)
        which += [col(table.Experiment.stage).in_(stages)] if stages else []
        count = table.count(here.session, team_id, *which)
        found = experiment.some_of(
            here.session, here.team, *which, first=max(0, count - MOST), most=MOST
        )
        found.sort(key=lambda one: (one.decided_at or one.stage_since, one.number), reverse=True)
        return DecidedThen(what, when, found, count)
