"""What a researcher looks at: an experiment's runs, their curves, and what its evals got wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from core.digest import money
from core.digest.translated import Step, told
from core.evals import errors
from core.evals.measured import own_name
from core.evals.push import Push, from_record
from core.experiments.experiment import Experiment
from core.experiments.metric import Metric
from core.tracking import chart
from core.tracking.epochs import Points
from core.tracking.kept import Kept
from core.tracking.seen import Mistakes, RunsSeen
from core.tracking.wanted import RunFilter, wanted
from models.evals import gate
from models.tracking import run as table
from models.tracking import tracker as trackers
from services.desk import Desk, desk
from services.evals.inputs import requirements_of
from services.experiments import ticket as tickets
from services.ports import Lab

MOST_RUNS = 200  # the newest of an experiment


def look(lab: Lab, team_id: int, asked: tuple[int, str], *, to: str, key: str) -> RunsSeen:
    """The experiment's runs as wanted; their pictures go to that person by direct message, once
    per key. asked: its number, and the filter as typed. Raises NotFound, Refused.
    """
    number, typed = asked
    with desk(lab, team_id, lock=False) as here:
        where = calendar.zone(here.team.zone)
        keep = wanted(typed, here.now.astimezone(where).date())
        row = tickets.row(here.session, here.team, number)
        found = _seen(here, tickets.value(here.session, row), row.pk, keep, where)
        if found.specs:
            here.voice.pictures(f"picture:{key}", to, found.specs)
        return found


def _seen(here: Desk, ticket: Experiment, pk: int, keep: RunFilter, where: ZoneInfo) -> RunsSeen:
    every = [run for run in table.shown(here.session, pk, most=MOST_RUNS) if not run.is_parent]
    runs = [run for run in every if keep.takes(run, _began(run, where))]
    curves = _curves(here.session, runs)
    wrong = _mistakes(here, ticket, pk)
    title, metric = ticket.id, ticket.metric or "result"
    shown = [
        chart.losses(title, runs, curves),
        chart.sweep(title, metric, runs, ticket.direction),
        errors.chart(title, wrong.confusion) if wrong and wrong.confusion else None,
    ]
    tracked = bool(every) or bool(trackers.of_team(here.session, here.team_id))
    return RunsSeen(ticket, tuple(runs), len(every), keep, tracked,
                    tuple(spec for spec in shown if spec), wrong,
                    _means(here, ticket))  # fmt: skip


def _means(here: Desk, ticket: Experiment) -> str:
    was, now = ticket.compared_with, ticket.best
    if was is None or now is None:
        return ""
    step = Step(Metric(ticket.metric, ticket.target, ticket.direction), was, now)
    chosen = here.team.chosen
    return told(step, money.from_settings(chosen.money), chosen.wrong_by)


def _began(run: Kept, where: ZoneInfo) -> date | None:
    return run.started_at.astimezone(where).date() if run.started_at else None


def _curves(session: Session, runs: Sequence[Kept]) -> Mapping[int, Mapping[str, Points]]:
    newest = [run.key for run in runs[-chart.MOST_LINES * 2 :]]  # some of them log no loss
    found: dict[int, dict[str, Points]] = {}
    for one in table.curves_of(session, newest):
        found.setdefault(one.run_id, {})[one.metric] = one.points
    return found


def _mistakes(here: Desk, ticket: Experiment, pk: int) -> Mistakes | None:
    row = gate.newest_push(here.session, pk, "candidate")
    if row is None:
        return None
    push: Push = from_record("candidate", row.results)
    required = {one.name: one.measures for one in requirements_of(here.session, here.team)[0]}
    scored = sorted({name for line in push.lines for name in line.scores})
    metric = own_name(scored, ticket.metric, required)
    hard = errors.hardest(push, metric, ticket.direction) if metric else ()
    return Mistakes(
        row.source, row.at, metric, push.examples, hard, errors.confusion(push),
        _turned(here, push, metric, ticket, pk),
    )  # fmt: skip


def _turned(
    here: Desk, push: Push, metric: str, ticket: Experiment, pk: int
) -> errors.Turned | None:
    row = gate.newest_push(here.session, pk, "baseline") if metric else None
    if row is None:
        return None
    return errors.turned(from_record("baseline", row.results), push, metric, ticket.direction)
