"""Predictions: who may write one and until when, and how a team's came out."""

from dataclasses import dataclass

from sqlmodel import Session

from core import base_rate as rates
from core import calendar
from core import expectation as rules
from core import quality as scores
from core import similar as near
from core.base_rate import BaseRate
from core.checkpoint import Report
from core.errors import NotAllowed, Refused
from core.experiment import Experiment
from core.quality import Quality
from core.similar import Match
from models import team as people
from models.experiment import Experiment as Row
from models.team import Team
from services import experiment, original, sprint
from services import team as teams
from services.ports import Lab


@dataclass(frozen=True)
class Advice:
    """What helps before a ticket is sent: what became of the last ones, and what looks alike."""

    rate: BaseRate
    alike: tuple[Match, ...]


def check(session: Session, team: Team, row: Row, report: Report, *, by: str) -> None:
    """Pass a report that predicts nothing, or predicts in time.

    Raises NotAllowed (owner or lead), Refused (sealed, or a result in the same line).
    """
    said = {name: getattr(report, name) for name in rules.FIELDS}
    if all(value is None for value in said.values()):
        return
    before = row.snapshot()
    experiment.require_change(session, team, before, by, f"predict for {before.id}")
    since = original.first_result(session, row)
    if since:
        raise rules.sealed(before.id, experiment.today_of(team, since))
    if report.value is not None:
        raise Refused(
            "A prediction and a result in one line are no prediction.",
            f"Write the result alone: `/exp update {before.id} …`.",
        )


def advice(lab: Lab, workspace: str, text: str, *, owner: str, but: int = 0) -> Advice:
    """For a new ticket of that owner. text: what is known of it; but: its own number by now."""
    with lab.begin() as session:
        team = teams.of(session, workspace, now=lab.clock())
        known = [one for one in experiment.all_of(session, team) if one.number != but]
        return Advice(rates.base_rate(known, owner), tuple(near.similar(text, known)))


def quality(lab: Lab, workspace: str, *, by: str, about: str = "") -> Quality:
    """The record of the team's predictions, or of one person's experiments (`about`).

    Raises NotAllowed: a person's record is theirs and the leads' to see.
    """
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        if about and about != by and by not in people.leads(session, team):
            raise NotAllowed(
                "How somebody's predictions came out is theirs and the leads' to see.",
                "`/exp quality` shows the team's.",
            )
        tickets = experiment.all_of(session, team)
        decided = [one for one in tickets if not one.is_open and about in ("", one.owner)]
        decided.sort(key=lambda one: (one.decided_at or one.created_at, one.number))
        return scores.quality(decided, lambda one: _sprint(team, one))


def _sprint(team: Team, one: Experiment) -> str:
    at = one.decided_at or one.stage_since
    span = sprint.calendar_of(team).at(calendar.local(at, calendar.zone(team.zone)).date())
    return f"Sprint {span.number}" if span else "Before sprint 1"
