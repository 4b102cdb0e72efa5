"""What takes a second named person: asked for, approved, declined, or over after three days.

Nothing is decided by who asked. Where nobody else may decide, the only lead can approve it alone
24 hours later, and the record says so; a team without any lead has nobody to ask and goes ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core import calendar
from core.decisions import approval as rules
from core.decisions.approval import Approval, Wanted
from core.errors import NotAllowed, NotFound, Refused, UserError
from models import people
from models.decisions import approval as table
from models.decisions.approval import Approval as Row
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Ticket
from models.workspace.audit import TeamEvent
from services import team
from services.board import workflow
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.experiments.experiment import Changed, TicketRequest
from services.ports import Lab
from views.board import workflow as workflow_view
from views.decisions import approval as view
from views.kit import Message

_ACTIONS = {"extend": "extended", "budget": "budget raised", "spend": "budget approved"}
_ENDS = {"expired": "approval ran out", "void": "approval void"}  # as the audit log says it


@dataclass(frozen=True)
class WaitingApproval:
    """A request that waits. again: one like it stood already."""

    approval: Approval
    again: bool


@dataclass(frozen=True)
class Decided:
    """A request and what it changed now: None when declined, void, over or decided before.

    channel: where it was asked.
    """

    approval: Approval
    made: Changed | None
    channel: str


def do_or_ask(lab: Lab, act: TicketRequest, wanted: Wanted) -> Changed | WaitingApproval:
    """Do it at once when one person may, else ask the other leads.

    Raises NotFound, NotAllowed and Refused as the rules of services/board/workflow do.
    """
    with desk(lab, act.team_id) as here:
        row = ticket.row(here.session, here.team, act.number)
        here.session.refresh(row, with_for_update={"key_share": True})
        scene = experiment.scene(here, ticket.value(here.session, row))
        rule = _rule(act, wanted)
        takes = workflow.takes_second(scene, rule(scene))
        if not takes or not people.leads(here.session, here.team):
            return experiment.alter(lab.within(here.session), act, rule, _said_by(act.by))
        earlier = table.open_of(here.session, row.pk, wanted.kind)
        if earlier and not _is_over(here, earlier):
            return WaitingApproval(_value(here, earlier), again=True)
        if earlier:
            _settle(here, earlier, "expired")
        return WaitingApproval(_value(here, _asked(here, row, act, wanted)), again=False)


def ask_to_spend(lab: Lab, act: TicketRequest) -> Changed | WaitingApproval:
    """Ask the leads to approve the ticket's compute budget as it is now. Raises as `do_or_ask`."""
    with desk(lab, act.team_id, lock=False) as here:
        hours = experiment.find(here.session, here.team, act.number).gpu_budget
    return do_or_ask(lab, act, Wanted("spend", hours))


def approve(lab: Lab, team_id: int, approval_id: int, *, by: str) -> Decided:
    """Do what was asked, on the word of a second person. One that is decided comes back as it is.

    Raises NotFound, NotAllowed (leads only), Refused (who asked).
    """
    with desk(lab, team_id) as here:
        found = _find(here, approval_id)
        _close_if_over(here, found)
        if found.state != "open":
            return Decided(_value(here, found), None, found.channel)
        _require_second(here, found, by)
        made = _done(lab, here, found, by)
        return Decided(_value(here, found), made, found.channel)


def decline(lab: Lab, team_id: int, approval_id: int, *, by: str) -> Approval:
    """Leave it as it is; who asked may take it back so. One that is decided comes back as it is.

    Raises NotFound, NotAllowed (leads, and who asked).
    """
    with desk(lab, team_id) as here:
        found = _find(here, approval_id)
        _close_if_over(here, found)
        if found.state == "open":
            if by != found.asked_by:
                _require_lead(here, by)
            _settle(here, found, "declined", by=by)
        return _value(here, found)


def expire(lab: Lab, team_id: int) -> None:
    """Close what nobody decided for three working days."""
    with desk(lab, team_id) as here:
        for found in table.open_of_team(here.session, here.team_id):
            _close_if_over(here, found)


def void(here: Desk, found: Row) -> None:
    """It cannot be done any more: its ticket is another team's."""
    _settle(here, found, "void")


def _said_by(by: str) -> experiment.Say:
    def say(made: Changed) -> Sequence[Message]:
        line = workflow_view.changed(made.before, made.after, by)
        return line, *workflow_view.reason(made.after, made.why)

    return say


def _rule(act: TicketRequest, wanted: Wanted, *, second: str = "") -> workflow.Rule:
    if wanted.kind == "extend":
        return workflow.longer_box(act, timedelta(days=wanted.amount), second=bool(second))
    if wanted.kind == "spend":
        return workflow.approved_budget(act, by=second or act.by)
    if wanted.kind == "budget":
        return workflow.larger_budget(act, wanted.amount)
    return workflow.reopening(act)


def _asked(here: Desk, row: Ticket, act: TicketRequest, wanted: Wanted) -> Row:
    made = Row(
        team_id=here.team_id, experiment_id=row.pk, kind=wanted.kind, amount=wanted.amount,
        why=act.why, asked_by=act.by, asked_at=here.now, channel=act.channel,
    )  # fmt: skip
    here.session.add(made)
    here.session.flush()
    places = [here.team.leads_channel] if here.team.leads_channel else _others(here, act.by)
    for place in places or [act.by]:
        key = f"approval:{made.id}:{place}"
        here.post(key, place, view.request(_value(here, made)))
        made.keys = [*made.keys, key]
    _note(here, made, "asked for approval", act.by)
    return made


def _done(lab: Lab, here: Desk, found: Row, by: str) -> Changed | None:
    row = here.session.get_one(Ticket, found.experiment_id)
    name = here.name(by)
    how = "approved alone, the only lead" if by == found.asked_by else f"approved by {name}"
    action = _ACTIONS.get(found.kind, "reopened")
    why = f"{found.why} ({how})"
    act = TicketRequest(here.team_id, row.number, found.asked_by, action, why, found.channel)
    rule = _rule(act, Wanted(found.kind, found.amount), second=by)
    try:
        rule(experiment.scene(here, ticket.value(here.session, row)))
    except UserError:  # closed, reopened or taken away meanwhile
        _settle(here, found, "void", by=by)
        return None
    made = experiment.alter(lab.within(here.session), act, rule, _said_by(act.by))
    change = here.session.get_one(Change, made.change_id)
    change.after = change.after | {"approved_by": by}
    _settle(here, found, "approved", by=by)
    return made


def _require_second(here: Desk, found: Row, by: str) -> None:
    _require_lead(here, by)
    if by != found.asked_by:
        return
    if _others(here, by):
        raise Refused("You asked for it, so somebody else has to decide.", "Another lead can.")
    since = rules.alone_from(found.asked_at)
    if here.now < since:
        there = since.astimezone(here.zone_of(by))
        raise Refused(
            "You asked for it and are the only lead, so there is a day to think about it.",
            f"You can approve it alone from {there:%a %d %b %H:%M} on, or name another lead: "
            "`/exp leads add @name`.",
        )


def _require_lead(here: Desk, by: str) -> None:
    if not team.is_lead(here.session, here.team, by):
        raise NotAllowed("Only a lead can decide this.", "`/exp leads` shows who leads.")


def _others(here: Desk, asker: str) -> list[str]:
    return [lead for lead in people.leads(here.session, here.team) if lead != asker]


def _find(here: Desk, approval_id: int) -> Row:
    found = here.session.get(Row, approval_id)
    if found is None or found.team_id != here.team_id:
        raise NotFound("I don't find that request any more.", "`/exp audit` shows what became.")
    here.session.refresh(found)
    return found


def _is_over(here: Desk, found: Row) -> bool:
    return rules.is_over(found.asked_at, here.now, calendar.zone(here.team.zone))


def _close_if_over(here: Desk, found: Row) -> None:
    if found.state == "open" and _is_over(here, found):
        _settle(here, found, "expired")


def _settle(here: Desk, found: Row, state: str, *, by: str = "") -> None:
    found.state, found.decided_by, found.decided_at = state, by, here.now
    here.session.flush()
    shown = _value(here, found)
    for key in found.keys:
        here.edit(key, view.request(shown))
    if by != found.asked_by:
        here.post(f"approval:{found.id}:answer", found.asked_by, view.answer(shown))
    _note(here, found, _ENDS.get(state, state), by)


def _note(here: Desk, found: Row, what: str, who: str) -> None:
    row = here.session.get_one(Ticket, found.experiment_id)
    here.session.add(
        TeamEvent(
            team_id=here.team_id, at=here.now, who=who, what=what, subject=found.kind,
            user_id=found.asked_by, number=row.number, why=found.why,
        )
    )  # fmt: skip
    here.session.flush()


def _value(here: Desk, found: Row) -> Approval:
    row = here.session.get_one(Ticket, found.experiment_id)
    return Approval(
        id=found.pk,
        ticket=ticket.value(here.session, row),
        wanted=Wanted(found.kind, found.amount),
        why=found.why,
        asked_by=found.asked_by,
        asked_at=found.asked_at,
        state=found.state,
        decided_by=found.decided_by,
        alone=not _others(here, found.asked_by),
    )
