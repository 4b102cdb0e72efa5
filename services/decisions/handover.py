"""An experiment goes to another team when a lead of each says so."""

from dataclasses import dataclass

from core import calendar
from core.decisions.approval import is_over
from core.decisions.handover import Handover
from core.errors import NotAllowed, NotFound, Refused
from core.text import clean, says_nothing
from models import people
from models import team as teams
from models.decisions import approval as approvals
from models.decisions import handover as table
from models.decisions.handover import Handover as Row
from models.experiments.experiment import Experiment as Ticket
from models.team import Team
from models.workspace.audit import TeamEvent
from services import announcement, standing, team
from services.decisions import approval, kill_request, proposal
from services.desk import Desk, desk
from services.evals import loosening
from services.experiments import experiment, ticket
from services.ports import Lab
from views.decisions import handover as view

_ENDS = {"expired": "handover ran out", "void": "handover void"}  # as the audit log says it


@dataclass(frozen=True)
class Wish:
    """Who wants which experiment to go to which team, and why."""

    team_id: int
    number: int
    to: int
    by: str
    why: str


def require_mine(lab: Lab, team_id: int, number: int, *, by: str) -> None:
    """Pass for a lead of the team that has it. Raises NotFound, NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        ticket.row(here.session, here.team, number)
        team.require_lead(here.session, here.team, by, "hand an experiment over")


def ask(lab: Lab, wish: Wish) -> Handover:
    """Ask the leads there.

    Raises NotFound, NotAllowed (leads), Refused (no reason, closed, its own team, asked already,
    nobody there to ask).
    """
    why = clean(wish.why, limit=500)
    with desk(lab, wish.team_id) as here:
        team.require_lead(here.session, here.team, wish.by, "hand an experiment over")
        row = ticket.row(here.session, here.team, wish.number)
        here.session.refresh(row, with_for_update={"key_share": True})
        _require_possible(here, row, wish, why)
        made = Row(
            team_id=here.team_id, to_team=wish.to, experiment_id=row.pk, why=why,
            asked_by=wish.by, asked_at=here.now,
        )  # fmt: skip
        here.session.add(made)
        here.session.flush()
        _post(lab, here, made)
        _note(here, made, "asked to hand over", wish.by)
        return _value(here, made)


def accept(lab: Lab, team_id: int, number: int, *, by: str) -> Handover:
    """Take it. One that is decided comes back as it is. Raises NotFound, NotAllowed (leads)."""
    with desk(lab, team_id, lock=False) as here:
        found = _find(here, number, asked=True)
        for one in sorted((found.team_id, found.to_team)):  # in one order, whoever asks whom
            teams.hold(here.session, one)
        here.session.refresh(found, with_for_update={"key_share": True})
        _require_lead(here, by)
        row = here.session.get_one(Ticket, found.experiment_id)
        _close_if_over(here, found)
        if found.state != "open":
            return _value(here, found)
        if row.team_id != found.team_id or not ticket.value(here.session, row).is_open:
            _settle(here, found, "void", by=by)
            return _value(here, found)
        _require_as_safe(here, found, by)
        _take(lab, here, found, row, by)
        return _value(here, found)


def decline(lab: Lab, team_id: int, number: int, *, by: str) -> Handover:
    """Leave it where it is; who asked may take it back so. Raises NotFound, NotAllowed (leads)."""
    with desk(lab, team_id) as here:
        found = _find(here, number)
        here.session.refresh(found, with_for_update={"key_share": True})
        if by != found.asked_by:
            _require_lead(here, by)
        _close_if_over(here, found)
        if found.state == "open":
            _settle(here, found, "declined", by=by)
        return _value(here, found)


def expire(lab: Lab, team_id: int) -> None:
    """Close what nobody there decided for three working days."""
    with desk(lab, team_id) as here:
        for found in table.open_to(here.session, team_id):
            _close_if_over(here, found)


def _require_possible(here: Desk, row: Ticket, wish: Wish, why: str) -> None:
    value = ticket.value(here.session, row)
    experiment.require_open(here.session, here.team, value)
    if wish.to == here.team_id:
        raise Refused(f"{value.id} is of that team already.", "`/team list` shows the others.")
    if says_nothing(why):
        raise Refused("Why should it go there?", f"Write `/exp handover {value.id} to TEAM why`.")
    earlier = table.open_of(here.session, row.pk)
    if earlier:
        _close_if_over(here, earlier)
    if earlier and earlier.state == "open":
        raise Refused(f"{value.id} was offered already and waits.", "Its leads can take it back.")
    there = here.session.get_one(Team, wish.to)
    if not people.leads(here.session, there):
        raise Refused("That team has nobody who leads it.", "It names one with `/exp leads add`.")


def _post(lab: Lab, here: Desk, made: Row) -> None:
    """The leads there are asked, in their team's name."""
    with desk(lab.within(here.session), made.to_team, lock=False) as there:
        for place in announcement.places(there):
            key = f"handover:{made.id}:{place}"
            there.post(key, place, view.request(_value(here, made)))
            made.keys = [*made.keys, key]
    here.session.flush()


def _take(lab: Lab, here: Desk, found: Row, row: Ticket, by: str) -> None:
    """here: the team it comes to."""
    with desk(lab.within(here.session), found.team_id, lock=False) as old:
        _withdraw(old, row)
        table.move(here.session, row, found.to_team)
        if row.owner not in here.people.by_id or not here.is_here(row.owner):
            row.owner = ""
        row.version += 1
        made = ticket.audit(by, ticket.HANDED_OVER, at=here.now, why=found.why)
        made.team_id, made.experiment_id = found.to_team, row.pk
        here.session.add(made)
        _settle(here, found, "accepted", by=by)
        told = _value(here, found)
        announcement.tell(old, f"handover:{found.id}:left", view.left(told))
        announcement.tell(here, f"handover:{found.id}:came", view.came(told))


def _withdraw(old: Desk, row: Ticket) -> None:
    """What waits for the old team's leads is over."""
    proposal.settle(old, row.pk, "handed over to another team")
    kill_request.decide(old, row, "closed", by="")
    for waiting in approvals.open_about(old.session, row.pk):
        approval.void(old, waiting)


def _find(here: Desk, number: int, *, asked: bool = False) -> Row:
    """The request, for both teams; asked: for the one that is asked."""
    found = here.session.get(Row, number)
    mine = found and here.team_id in ({found.to_team} if asked else {found.team_id, found.to_team})
    if found is None or not mine:
        raise NotFound("I don't find that request any more.", "`/exp audit` shows what became.")
    return found


def _require_lead(here: Desk, by: str) -> None:
    if not team.is_lead(here.session, here.team, by):
        raise NotAllowed("Only a lead can decide this.", "`/exp leads` shows who leads.")


def _require_as_safe(here: Desk, found: Row, by: str) -> None:
    """Nobody takes a ticket alone to where safety is looser."""
    old = here.session.get_one(Team, found.team_id)
    if by == found.asked_by and loosening.is_weaker(here.session, here.team, old):
        raise Refused(
            "This team's Definition of Done is looser on safety, so another lead has to take it.",
            "`/gate done` shows what it asks for.",
        )


def _close_if_over(here: Desk, found: Row) -> None:
    there = here.session.get_one(Team, found.to_team)
    if found.state == "open" and is_over(found.asked_at, here.now, calendar.zone(there.zone)):
        _settle(here, found, "expired")


def _settle(here: Desk, found: Row, state: str, *, by: str = "") -> None:
    found.state, found.decided_by, found.decided_at = state, by, here.now
    here.session.flush()
    shown = _value(here, found)
    for key in found.keys:
        here.edit(key, view.request(shown))
    if by != found.asked_by:
        here.post(f"handover:{found.id}:answer", found.asked_by, view.answer(shown))
    _note(here, found, _ENDS.get(state, f"handover {state}"), by)


def _note(here: Desk, found: Row, what: str, who: str) -> None:
    """In the log of both teams."""
    row = here.session.get_one(Ticket, found.experiment_id)
    for team_id in (found.team_id, found.to_team):
        here.session.add(
            TeamEvent(
                team_id=team_id, at=here.now, who=who, what=what, subject="handover",
                user_id=found.asked_by, number=row.number, why=found.why,
            )
        )  # fmt: skip
    here.session.flush()


def _value(here: Desk, found: Row) -> Handover:
    session = here.session
    one, other = (session.get_one(Team, pk) for pk in (found.team_id, found.to_team))
    return Handover(
        id=found.pk,
        ticket=ticket.value(session, session.get_one(Ticket, found.experiment_id)),
        here=standing.name_of(one),
        there=standing.name_of(other),
        why=found.why,
        asked_by=found.asked_by,
        state=found.state,
        decided_by=found.decided_by,
        secret=other.visibility != "open",
    )
