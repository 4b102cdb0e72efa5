"""Asking for a kill: a refusal that becomes a question to those who may decide."""

from dataclasses import dataclass

from sqlmodel import Session

from core.decisions.kill_request import KillRequest
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.text import clean, says_nothing
from models import form_draft, outbox, people
from models.decisions import kill_request as table
from models.decisions.kill_request import KillRequest as RequestRow
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.decisions import decider
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab
from views.decisions import kill_request as view


@dataclass(frozen=True)
class Question:
    """What somebody wants asked: the ticket's number and why it should be killed."""

    number: int
    by: str
    reason: str


@dataclass(frozen=True)
class KillRequested:
    """A request that was made. already: it stood since earlier today. places: who got it."""

    request: KillRequest
    places: tuple[str, ...]
    already: bool = False


def ask(lab: Lab, team_id: int, question: Question) -> KillRequested:
    """Ask the leads (else the owner) to kill an experiment, once per person and day.

    Raises NotFound, Refused (closed already, no reason, they may decide themselves).
    """
    with desk(lab, team_id) as here:
        by, why = question.by, clean(question.reason)
        row = ticket.row(here.session, here.team, question.number)
        here.session.refresh(row, with_for_update={"key_share": True})
        _require_askable(here, row, by)
        if says_nothing(why):
            raise Refused("Give a reason the leads can decide on.", field="reason")
        zone = here.zone_of(by)
        today = here.now.astimezone(zone).date()
        form_draft.forget(here.session, team_id, by, form_name(question.number))
        earlier = table.of_day(here.session, row.pk, by, today)
        if earlier:
            _ask_again(here, earlier)
            return KillRequested(_value(here, earlier), tuple(_places(here, row)), already=True)
        made = RequestRow(
            team_id=here.team_id, experiment_id=row.pk, requester=by, reason=why,
            on=today, at=here.now,
        )  # fmt: skip
        here.session.add(made)
        here.session.flush()
        places = _post(here, row, made)
        return KillRequested(_value(here, made), places)


def keep(lab: Lab, team_id: int, request_id: int, *, by: str) -> KillRequest:
    """Decide that the experiment goes on; the requester is told. A request that was decided
    before comes back as it is. Raises NotAllowed, Refused (unknown request).
    """
    with desk(lab, team_id) as here:
        found = here.session.get(RequestRow, request_id)
        if found is None or found.team_id != here.team_id:
            raise Refused("I don't find that request any more.")
        row = here.session.get(Row, found.experiment_id)
        assert row is not None
        here.session.refresh(row, with_for_update={"key_share": True})
        here.session.refresh(found)
        value = ticket.value(here.session, row)
        if found.state == "open":
            decider.require_decider(here.session, here.team, value, by, "keep")
            _decide(here, found, "kept" if value.is_open else "closed", by=by)
        return _value(here, found)


def askable(lab: Lab, team_id: int, number: int, *, by: str) -> Experiment:
    """The ticket when that person can ask for its kill. Raises NotFound, Refused."""
    with desk(lab, team_id) as here:
        row = ticket.row(here.session, here.team, number)
        _require_askable(here, row, by)
        return ticket.value(here.session, row)


def decide(here: Desk, row: Row, state: str, *, by: str) -> None:
    """Decide every open request about a ticket: its messages say so and requesters are told."""
    for found in table.open_of(here.session, row.pk):
        _decide(here, found, state, by=by)


def open_of_team(session: Session, theirs: Team) -> list[KillRequest]:
    """The team's requests that nobody has decided, oldest first."""
    rows = table.open_of_team(session, theirs.pk)
    return [_shown(session, theirs, found) for found in rows]


def form_name(number: int) -> str:
    """Under which a request form's draft is kept."""
    return f"kill_ask:{number}"


def _require_askable(here: Desk, row: Row, by: str) -> None:
    """Pass for an open ticket that `by` may not decide on. Raises Refused."""
    value = ticket.value(here.session, row)
    if not value.is_open:
        who = here.name(value.decided_by)
        what = "killed" if value.stage == "killed" else "promoted"
        raise Refused(f"{value.id} was already {what} by {who}.", "There is nothing to ask.")
    if decider.may_decide(here.session, here.team, value, by):
        raise Refused("You may decide that yourself.", f"Write `/kill {value.id}`.")


def _decide(here: Desk, found: RequestRow, state: str, *, by: str) -> None:
    found.state, found.decided_by, found.decided_at = state, by, here.now
    here.session.flush()
    shown = _value(here, found)
    for key in found.keys:
        here.edit(key, view.request(shown))
    if by != found.requester:
        here.post(f"request:{found.id}:answer", found.requester, view.answer(shown))


def _places(here: Desk, row: Row) -> list[str]:
    if here.team.leads_channel:
        return [here.team.leads_channel]
    return people.leads(here.session, here.team) or [row.owner]


def _post(here: Desk, row: Row, made: RequestRow) -> tuple[str, ...]:
    places = tuple(_places(here, row))
    for place in places:
        here.post(f"request:{made.id}:{place}", place, view.request(_value(here, made)))
    made.keys = [f"request:{made.id}:{place}" for place in places]
    if _closed(here.session, made)[1]:
        _ask_in_person(here, made)
    return places


def _ask_again(here: Desk, found: RequestRow) -> None:
    """Where Slack did not take the question it is tried again, and each lead gets it in person."""
    lost = [key for key in found.keys if outbox.refused(here.session, key)[1]]
    for key in lost:
        outbox.try_again(here.session, key, here.now)
    if lost and found.state == "open":
        _ask_in_person(here, found)


def _ask_in_person(here: Desk, found: RequestRow) -> None:
    """Each lead gets the question by direct message, too."""
    shown, keys = _value(here, found), list(found.keys)
    for lead in people.leads(here.session, here.team):
        key = f"request:{found.id}:{lead}"
        here.post(key, lead, view.request(shown))
        keys += [key] if key not in keys else []
    found.keys = keys


def _closed(session: Session, found: RequestRow) -> tuple[str, str]:
    lost = [outbox.refused(session, key) for key in found.keys or ()]
    return next((one for one in lost if one[1]), ("", ""))


def _value(here: Desk, found: RequestRow) -> KillRequest:
    return _shown(here.session, here.team, found)


def _shown(session: Session, theirs: Team, found: RequestRow) -> KillRequest:
    row = session.get_one(Row, found.experiment_id)
    return KillRequest(
        id=found.pk,
        ticket=ticket.value(session, row),
        requester=found.requester,
        reason=found.reason,
        at=found.at,
        state=found.state,
        decided_by=found.decided_by,
        to_leads=bool(theirs.leads_channel or people.leads(session, theirs)),
        closed=_closed(session, found),
    )
