"""Compute budgets that a lead approves, and the team's word that a ticket runs this sprint."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from core.board import budget as rules
from core.board.budget import Bounds
from core.experiments.experiment import Experiment
from models.sprints import sprint as table
from models.team import Team
from services import team
from services.desk import desk
from services.experiments import experiment
from services.experiments.experiment import Changed, Scene, TicketRequest
from services.ports import Lab
from services.sprints import sprint
from services.sprints.setup import capacity_of
from views.board import budget as view

_TAKEN = ("hypothesis", "experiment")


def admit(scene: Scene, after: Experiment, *, by: str) -> Experiment:
    """The moved ticket; a lead who moves it approves its budget by that. Raises Refused when a
    large one was not agreed on or approved.
    """
    lacks = lack(scene, after.stage)
    if not lacks:
        return after
    if not team.may_lead(scene.session, scene.team, by):
        raise rules.held(scene.ticket, after.stage, lacks)
    return after if after.stage == "hypothesis" else approved(after, by)


def lack(scene: Scene, to: str) -> str:
    """What of budget or plan is missing for that move, or ""."""
    if to not in _TAKEN or not scene.ticket.gpu_budget:
        return ""
    return rules.lack(scene.ticket, to, _bounds(scene))


def approved(ticket: Experiment, by: str) -> Experiment:
    """The ticket with as many GPU-hours approved as it has."""
    return replace(ticket, budget_ok=ticket.gpu_budget, budget_ok_by=by)


def approve(lab: Lab, act: TicketRequest) -> Changed:
    """A lead approves the ticket's budget; its team hears of it. Raises NotFound, NotAllowed
    (leads), Refused (closed, approved already).
    """

    def rule(scene: Scene) -> Experiment:
        team.require_lead(scene.session, scene.team, act.by, "approve a compute budget")
        experiment.require_open(scene.session, scene.team, scene.ticket)
        rules.require_unapproved(scene.ticket)
        return approved(scene.ticket, act.by)

    return experiment.alter(lab, act, rule, lambda made: (view.approved(made.after),))


def set_share(lab: Lab, team_id: int, share: float, *, by: str) -> str:
    """From which share of the sprint's GPU-hours a budget is approved. Raises NotAllowed."""
    with desk(lab, team_id) as here:
        team.require_lead(here.session, here.team, by, "say which budgets are approved")
        here.team.choose(budget_share=share)
        hours = (
            "" if capacity_of(here.team) else " It has none yet: `/sprint setup capacity=120h`."
        )
        return rules.rule(share) + (hours if share else "")


def _bounds(scene: Scene) -> Bounds:
    chosen = scene.team.chosen
    row = _running(scene.session, scene.team, scene.today)
    hours = row.capacity if row and row.capacity else capacity_of(scene.team)
    planned = row is not None and row.planned_at is not None
    return Bounds(
        hours,
        chosen.budget_share,
        row.number if row and planned else 0,
        bool(row and agreed_in(scene.session, row, scene.ticket.number)),
    )


def _running(session: Session, theirs: Team, today: date) -> table.Sprint | None:
    span = theirs.sprints.at(today) if sprint.is_on(theirs) else None
    return table.find(session, theirs.pk, span.number) if span else None


def agreed_in(session: Session, row: table.Sprint, number: int) -> str:
    """Who agreed that the sprint runs that ticket, or ""."""
    found = [one for one in table.commitments(session, row.pk)
             if one.experiment == number and one.removed_at is None]  # fmt: skip
    return found[-1].by if found else ""


def to_agree(lab: Lab, team_id: int, number: int, *, by: str) -> int:
    """The planned sprint that runs without that ticket, for a lead who may take it in; else 0."""
    with desk(lab, team_id, lock=False) as here:
        if not team.may_lead(here.session, here.team, by):
            return 0
        row = _running(here.session, here.team, experiment.today_of(here.team, here.now))
        if row is None or row.planned_at is None or agreed_in(here.session, row, number):
            return 0
        return row.number


def agreed(lab: Lab, team_id: int, number: int) -> tuple[int, str]:
    """The sprint that runs with that ticket in its plan, and who agreed; (0, "") when none."""
    with desk(lab, team_id, lock=False) as here:
        row = _running(here.session, here.team, experiment.today_of(here.team, here.now))
        who = agreed_in(here.session, row, number) if row else ""
        return (row.number, who) if row and who else (0, "")
