"""Passing the gate without a GO: one lead asks with a reason, another one confirms with one."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.errors import NotAllowed, NotFound, Refused
from core.evals.card import Overridden, OverrideAsked
from core.quantity import experiment_id
from core.text import clean, says_nothing
from models import outbox, people
from models.evals import gate as table
from models.evals.gate import GateOverride
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services import announcement, team
from services.desk import Desk, desk
from services.evals import card
from services.evals.gate import status_of
from services.evals.inputs import Inputs, inputs_of
from services.experiments import experiment, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.evals import override as view


@dataclass(frozen=True)
class OverrideRequest:
    """A request for an override. again: it stood already. places: who was asked."""

    request: OverrideAsked
    again: bool
    places: tuple[str, ...]


def askable(lab: Lab, team_id: int, number: int, *, by: str) -> str:
    """What the gate says now ("" when never judged), when an override could be asked for.

    Raises NotFound, NotAllowed (leads only), Refused (closed, GO already, given already).
    """
    with desk(lab, team_id) as at:
        row = ticket.row(at.session, at.team, number)
        return _require_askable(at, row, inputs_of(at.session, at.team, row), by)


def ask(lab: Lab, act: TicketRequest, *, channel: str = "") -> OverrideRequest:
    """Ask the other leads to let it pass. Raises as `askable`, and Refused without a reason."""
    with desk(lab, act.team_id) as at:
        row = ticket.row(at.session, at.team, act.number)
        inputs = inputs_of(at.session, at.team, row)
        decision = _require_askable(at, row, inputs, act.by)
        why = _reason(act.why)
        found = table.override_of(at.session, row.pk, inputs.hash)
        if found:
            return OverrideRequest(_asked(row, found), True, ())
        found = GateOverride(
            team_id=at.team_id, experiment_id=row.pk, inputs=inputs.hash, decision=decision,
            asked_by=act.by, asked_at=at.now, reason=why,
        )  # fmt: skip
        at.session.add(found)
        at.session.flush()
        places = _places(at, act.by, channel)
        for place in places:
            at.post(f"override:{found.id}:{place}", place, view.asked(_asked(row, found)))
        return OverrideRequest(_asked(row, found), False, places)


def confirmable(lab: Lab, team_id: int, override_id: int, *, by: str) -> OverrideAsked:
    """The request when that person may confirm it. Raises as `confirm`."""
    with desk(lab, team_id) as at:
        found, row = _find(at, override_id)
        _require_second(at, row, found, by)
        return _asked(row, found)


def confirm(lab: Lab, act: TicketRequest) -> Overridden:
    """Let it pass, for the results and requirements that were asked about and no others.

    act.number is the request's id, act.why the second lead's reason. Told in the channel. Raises
    NotFound, NotAllowed (leads only), Refused (the same person, changed since, closed, given
    already, no reason).
    """
    by = act.by
    with desk(lab, act.team_id) as at:
        found, row = _find(at, act.number)
        _require_second(at, row, found, by)
        found.confirmation, found.confirmed_by, found.confirmed_at = _reason(act.why), by, at.now
        at.session.flush()
        done = Overridden(
            row.number, experiment_id(row.number), found.decision, found.asked_by, found.reason,
            by, found.confirmation,
        )  # fmt: skip
        where = at.team.team_channel or at.team.leads_channel
        if where:
            at.post(f"overridden:{found.id}", where, view.overridden(done))
        for key in outbox.keys(at.session, f"override:{found.id}:"):
            at.edit(key, view.asked(_asked(row, found)))
        _retell(at, row)
        return done


def since(session: Session, theirs: Team, at: datetime) -> list[tuple[str, str]]:
    """(experiment, both leads' names) of every override given since then, oldest first."""
    told = []
    for found in table.overrides_since(session, theirs.pk, at):
        row = session.get_one(Row, found.experiment_id)
        leads = (found.asked_by, found.confirmed_by)
        names = " and ".join(team.name_of(session, theirs, lead) for lead in leads)
        told.append((experiment_id(row.number), names))
    return told


def open_of_team(session: Session, theirs: Team) -> list[OverrideAsked]:
    """Requests that wait for a second lead and still hold, oldest first."""
    told = []
    for found in table.overrides_open(session, theirs.pk):
        row = session.get_one(Row, found.experiment_id)
        holds = inputs_of(session, theirs, row).hash == found.inputs
        if holds and ticket.value(session, row).is_open:
            told.append(_asked(row, found))
    return told


def _require_askable(at: Desk, row: Row, inputs: Inputs, by: str) -> str:
    value = ticket.value(at.session, row)
    experiment.require_open(at.session, at.team, value)
    _require_named_lead(at, by, "ask for an override")
    leads = people.leads(at.session, at.team)
    if len(leads) < 2:
        raise Refused(
            "An override takes two leads, and this team has one.",
            "Name another: `/exp leads add @name`.",
        )
    given = table.override_of(at.session, row.pk, inputs.hash)
    if given and given.confirmed_at:
        raise Refused(f"{value.id} has its override already.", f"`/exp promote {value.id} …`")
    status = status_of(at.session, at.team, row)
    if status and status.current and status.decision == "GO":
        raise Refused(f"{value.id} is GO: it needs no override.", f"`/exp promote {value.id} …`")
    return status.decision if status else ""


def _require_second(at: Desk, row: Row, found: GateOverride, by: str) -> None:
    value = ticket.value(at.session, row)
    _require_named_lead(at, by, "confirm an override")
    if found.confirmed_at:
        who = at.name(found.confirmed_by)
        raise Refused(f"{value.id} was let through by {who} already.")
    experiment.require_open(at.session, at.team, value)
    if by == found.asked_by:
        raise Refused("You asked for it, so somebody else has to confirm it.", "Another lead can.")
    if inputs_of(at.session, at.team, row).hash != found.inputs:
        raise Refused(
            f"The results of {value.id} or the Definition of Done changed since this was asked.",
            f"Look at `/gate {value.id}` and ask again if it is still needed.",
        )


def _require_named_lead(at: Desk, by: str, what: str) -> None:
    if not team.is_lead(at.session, at.team, by):
        raise NotAllowed(f"Only a lead can {what}.", "`/exp leads` shows who leads.")


def _reason(text: str) -> str:
    why = clean(text, limit=1000)
    if says_nothing(why) or len(why) < 10:
        raise Refused("An override needs a reason of at least a sentence.", field="reason")
    return why


def _find(at: Desk, override_id: int) -> tuple[GateOverride, Row]:
    found = at.session.get(GateOverride, override_id)
    if found is None or found.team_id != at.team_id:
        raise NotFound("I don't find that request any more.")
    at.session.refresh(found)
    return found, at.session.get_one(Row, found.experiment_id)


def _places(at: Desk, asker: str, channel: str) -> tuple[str, ...]:
    place = at.team.leads_channel or announcement.place(at.team, channel)
    others = [lead for lead in people.leads(at.session, at.team) if lead != asker]
    return (place,) if place else tuple(others)


def _asked(row: Row, found: GateOverride) -> OverrideAsked:
    return OverrideAsked(
        found.pk, experiment_id(row.number), found.decision, found.asked_by, found.reason,
        found.confirmed_by,
    )  # fmt: skip


def _retell(at: Desk, row: Row) -> None:
    status = status_of(at.session, at.team, row)
    if status:
        card.retell(at, row, status, inputs_of(at.session, at.team, row))
