"""Reporting results: the one way GPU-hours, metric values and notes get into a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from core.errors import NotAllowed, Refused
from core.experiments import checkpoint as rules
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment, meets_target
from core.experiments.measurement import Measurement as Value
from core.text import is_program
from models import people
from models.experiments.measurement import Measurement
from models.team import Team
from services import announcement, team
from services.desk import desk
from services.experiments import deployment, experiment, prediction, ticket, trained
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.experiments import checkpoint as view


@dataclass(frozen=True)
class Recorded:
    """A report that was taken over. reached: this result is the first to meet the target."""

    before: Experiment
    after: Experiment
    report: CheckpointReport
    change_id: int
    today: date
    reached: bool
    checkpoint_id: int = 0

    @property
    def key(self) -> str:
        """The key of the public message about it."""
        return f"decision:{self.after.id}:{self.change_id}"


def record_result(lab: Lab, act: TicketRequest, report: CheckpointReport) -> Recorded:
    """Take over what somebody of the team reports on an experiment, whoever owns it; the team
    hears of the first result that meets the target.

    Raises NotFound, NotAllowed (observers; a baseline that stands, and whether it is live, are
    the owner's and the leads' to change) and Refused (closed ticket, nothing in it, changed by
    somebody else just now).
    """
    by = act.by
    with desk(lab, act.team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, act.number)
        before = ticket.value(here.session, row)
        _check(here.session, here.team, before, report, by)
        prediction.check(here.session, here.team, row, report, by=by)
        if report.trained_on:
            used = trained.named(here.session, here.team, report.trained_on)
            report = replace(report, trained_on=used)
        if not is_program(by):
            team.member(here.session, here.team, by, now=here.now)
        after = rules.applied(before, report, by=by, at=here.now)
        made = ticket.audit(by, act.action, at=here.now, why=report.note)
        made = ticket.change(here.session, row, after, made)
        deployment.announce(here, before, after, made, channel=act.channel)
        *others, look = _keep(here.session, row.pk, after.measurements[len(before.measurements) :])
        made.after = made.after | {"checkpoint": look.id, "value": report.value}
        made.after = made.after | ({"others": [one.id for one in others]} if others else {})
        today = experiment.today_of(here.team, here.now)
        reached = meets_target(after, after.best) and not meets_target(before, before.best)
        done = Recorded(before, after, report, made.pk, today, reached, look.pk)
        if reached and report.value is not None:
            line = view.reached(after, report.value, by)
            announcement.tell(here, done.key, line, channel=act.channel)
        return done


def _keep(session: Session, experiment_id: int, new: Sequence[Value]) -> list[Measurement]:
    looks = [Measurement(experiment_id=experiment_id, **vars(one)) for one in new]
    session.add_all(looks)
    session.flush()
    return looks


def _check(
    session: Session, theirs: Team, before: Experiment, report: CheckpointReport, by: str
) -> None:
    if report.is_empty:
        hint = 'Write `acc=0.83 gpu=6h "what happened"`.'
        raise Refused("There is nothing in this update.", hint)
    if before.stage != "production" or not rules.is_of_production(report):
        experiment.require_open(session, theirs, before)
    rules.check_fits(before, report)
    deployment.require(session, theirs, before, report.marks, by)
    person = people.member(session, theirs.pk, by)
    if person and person.role == "observer":
        raise NotAllowed("Observers read along but do not report.", "Ask a lead to change that.")
    if report.baseline is not None and before.baseline not in (None, report.baseline):
        what = f"change the baseline of {before.id} ({before.baseline:g})"
        experiment.require_change(session, theirs, before, by, what)


def to_report(lab: Lab, team_id: int, number: int) -> Experiment:
    """The ticket for its update form. Raises NotFound, Refused (closed)."""
    found = experiment.seen(lab, team_id, number).ticket
    with desk(lab, team_id, lock=False) as here:
        experiment.require_open(here.session, here.team, found)
    return found
