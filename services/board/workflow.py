"""Moving, extending, promoting and reopening experiments."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from core.board import budget as budgets
from core.board import workflow as rules
from core.errors import Refused
from core.experiments import secondary as criteria
from core.experiments import timebox
from core.experiments.experiment import Experiment
from core.text import says_nothing
from models.experiments import experiment as table
from models.team import Team
from services import team
from services.board import budget, gpu_queue, limits
from services.desk import desk
from services.evals import promotion
from services.experiments import experiment, secondary
from services.experiments import ticket as original
from services.experiments.experiment import Changed, Scene, TicketRequest
from services.ports import Lab
from views.board import workflow as view
from views.kit import Message

Rule = Callable[[Scene], Experiment]


def move(lab: Lab, act: TicketRequest, stage: str) -> Changed:
    """Move an open ticket to the stage as typed; `act.why` is the decision note.

    Raises NotFound, NotAllowed (owner or lead), Refused (no such move, criterion missing, no GPU
    free: services/board/gpu_queue.ask queues it).
    """

    def rule(scene: Scene) -> Experiment:
        experiment.require_open(scene.session, scene.team, scene.ticket)
        to = rules.read_stage(stage, scene.ticket)
        what = f"move {scene.ticket.id}"
        experiment.require_change(scene.session, scene.team, scene.ticket, act.by, what)
        after = rules.moved(scene.ticket, to, note=act.why, now=scene.now, today=scene.today)
        command = limits.move(scene.ticket, to)
        limits.admit(scene, to, by=act.by, why=act.why, command=command)
        gpu_queue.require(scene, to)
        return budget.admit(scene, after, by=act.by)

    def say(made: Changed) -> Sequence[Message]:
        line = view.moved(made.before, made.after, act.by)
        return line, *view.reason(made.after, made.why)

    return experiment.alter(lab, act, rule, say)


def movable(
    lab: Lab, team_id: int, number: int, *, by: str
) -> tuple[Experiment, dict[str, list[str]]]:
    """The ticket, and for each stage it could move to what is missing (empty when it may go).

    Raises NotFound, NotAllowed, Refused (closed).
    """
    with desk(lab, team_id, lock=False) as here:
        before = experiment.find(here.session, here.team, number)
        experiment.require_open(here.session, here.team, before)
        experiment.require_change(here.session, here.team, before, by, f"move {before.id}")
        scene = experiment.scene(here, before)
        stages = [to for frm, to in rules.MOVES if frm == before.stage]
        return before, {to: _lacks(scene, to) for to in stages}


def _lacks(scene: Scene, to: str) -> list[str]:
    missing = rules.missing(scene.ticket, to, note="will be asked")
    more = (limits.lack(scene, to), budget.lack(scene, to))
    return [*(c.told(scene.ticket) for c in missing), *(one for one in more if one)]


def longer_box(act: TicketRequest, span: timedelta, *, second: bool = False) -> Rule:
    """A rule that lengthens the box. second: a second person approves, so no lead is needed.

    It raises NotAllowed (owner or lead; the third time a lead), Refused (closed, no reason).
    """

    def rule(scene: Scene) -> Experiment:
        _require_extendable(scene, act)
        return timebox.extended(
            scene.ticket,
            span,
            today=scene.today,
            is_lead=second or team.may_lead(scene.session, scene.team, act.by),
            before=original.boxes(scene.session, _row(scene)),
        )

    return rule


def larger_budget(act: TicketRequest, hours: float) -> Rule:
    """A rule that adds GPU-hours to the budget; raises as `longer_box`."""

    def rule(scene: Scene) -> Experiment:
        _require_extendable(scene, act)
        return timebox.with_budget(scene.ticket, hours)

    return rule


def approved_budget(act: TicketRequest, *, by: str) -> Rule:
    """A rule by which `by` approves its GPU-hours. Raises as `longer_box`, and Refused when they
    are approved already.
    """

    def rule(scene: Scene) -> Experiment:
        before = scene.ticket
        experiment.require_open(scene.session, scene.team, before)
        what = f"ask for the budget of {before.id}"
        experiment.require_change(scene.session, scene.team, before, act.by, what)
        budgets.require_unapproved(before)
        return budget.approved(before, by)

    return rule


def _require_extendable(scene: Scene, act: TicketRequest) -> None:
    before = scene.ticket
    experiment.require_open(scene.session, scene.team, before)
    experiment.require_change(scene.session, scene.team, before, act.by, f"extend {before.id}")
    require_reason(act.why, before.id)


def require_reason(why: str, id_: str) -> None:
    """Pass when the reason says something. Raises Refused."""
    if says_nothing(why):
        hint = f"Write `/exp extend {id_} 3d why`."
        raise Refused("An extension needs a reason.", hint, field="reason")


def takes_second(scene: Scene, after: Experiment) -> bool:
    """True for more than twice the original box or, once it runs, budget, and for a budget that
    somebody who is no lead wants approved.
    """
    before, row = scene.ticket, _row(scene)
    if not before.is_open:
        return True
    if after.budget_ok != before.budget_ok:
        return not team.may_lead(scene.session, scene.team, after.budget_ok_by)
    boxes = original.boxes(scene.session, row)
    if after.box_days != before.box_days:
        return timebox.is_too_long(after, boxes, before.box_days)
    limit = timebox.MOST_STRETCH * original.gpu_budget(scene.session, row)
    return before.box_starts is not None and after.gpu_budget > limit


def _row(scene: Scene) -> table.Experiment:
    return original.row(scene.session, scene.team, scene.ticket.number)


def promote(lab: Lab, act: TicketRequest) -> Changed:
    """Take a ticket to production; `act.why` is what was learned.

    Raises NotAllowed (leads only) and Refused (closed, wrong stage, target missed, blocking
    criterion not confirmed, nothing learned, no GO of the eval gate).
    """

    def rule(scene: Scene) -> Experiment:
        before = scene.ticket
        experiment.require_open(scene.session, scene.team, before)
        team.require_lead(scene.session, scene.team, act.by, "promote experiments")
        waived = _admitted(scene.session, scene.team, before)
        after = rules.promoted(
            before, learnings=act.why, by=act.name, now=scene.now, waived=waived
        )
        learned = _room(scene, act.by, act.why)
        return replace(after, learnings=rules.checked_learnings(learned))

    def say(made: Changed) -> Sequence[Message]:
        return view.promoted(made.after, act.name), view.evidence(made.after, made.today)

    return experiment.alter(lab, act, rule, say)


def promotable(lab: Lab, team_id: int, number: int, *, by: str) -> Experiment:
    """The ticket when only its learnings are missing for promotion. Raises as `promote` does."""
    with desk(lab, team_id, lock=False) as here:
        before = experiment.find(here.session, here.team, number)
        experiment.require_open(here.session, here.team, before)
        team.require_lead(here.session, here.team, by, "promote experiments")
        waived = _admitted(here.session, here.team, before)
        rules.require_promotable(before, waived=waived)
        _room(experiment.scene(here, before), by, "")
        return before


def _admitted(session: Session, theirs: Team, before: Experiment) -> bool:
    """Through the gate; True when two leads let it pass. Raises Refused, also when it misses a
    secondary criterion and they did not.
    """
    rules.require_evaluation(before)
    row = original.row(session, theirs, before.number)
    waived = promotion.require_go(session, theirs, row)
    if not waived:
        criteria.require_met(before.id, secondary.of(session, row))
    return waived


def _room(scene: Scene, by: str, learned: str) -> str:
    command = f"/exp promote {scene.ticket.id} force what we learned"
    return limits.admit(scene, "production", by=by, why=learned, command=command)


def reopening(act: TicketRequest) -> Rule:
    """A rule that brings a killed ticket back to the stage it was killed in, a promoted one to
    evaluation. It raises NotAllowed (owner or lead), Refused (open, no reason).
    """

    def rule(scene: Scene) -> Experiment:
        before = scene.ticket
        what = f"reopen {before.id}"
        experiment.require_change(scene.session, scene.team, before, act.by, what)
        to = _stage_before(scene)
        after = rules.reopened(before, to=to, now=scene.now)
        if says_nothing(act.why):
            raise Refused("Reopening needs a reason.", f"Write `/exp reopen {before.id} why`.")
        limits.note(scene, to)  # it takes a second person already
        return after

    return rule


def _stage_before(scene: Scene) -> str:
    if scene.ticket.stage != "killed":
        return "evaluation"
    row = original.row(scene.session, scene.team, scene.ticket.number)
    changes = table.changes_of(scene.session, row.pk)
    kills = [c for c in changes if c.after.get("stage") == "killed" and not c.undone]
    return str(kills[-1].before.get("stage", "backlog")) if kills else "backlog"
