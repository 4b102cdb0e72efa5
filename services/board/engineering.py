"""ML engineering tickets as people look at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col

from core.audited import Entry
from core.board.engineering import STATUSES, Engineering, engineering_id
from core.errors import NotAllowed, NotFound, Refused
from core.text import clean
from models import audited as rows
from models import form_draft
from models.board.engineering import Engineering as Row
from models.board.engineering import is_open
from models.team import Team
from services import audited
from services import team as teams
from services.audited import WrittenTicket
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

WANTED = ("mine", "open", "all")


@dataclass(frozen=True)
class EngineeringPage:
    """A ticket to look at. today: on the team's calendar; seen: its version; draft: left unsent;
    change_id: its last change, for the Undo button (0: none).
    """

    ticket: Engineering
    today: date
    seen: int = 0
    draft: Mapping[str, Any] | None = None
    change_id: int = 0


WrittenEngineering = WrittenTicket[EngineeringPage]


@dataclass(frozen=True)
class Listed:
    """Tickets, those nearest to done first. wanted: mine | open | all."""

    found: Sequence[Engineering]
    wanted: str
    today: date


def row(session: Session, team: Team, number: int) -> Row:
    """The ticket's row. Raises NotFound."""
    found = rows.find(session, Row, team.pk, number)
    if found is None:
        hint = "`/eng list all` shows all."
        raise NotFound(f"There is no {engineering_id(number)}.", hint)
    return found


def shown(lab: Lab, team_id: int, number: int) -> EngineeringPage:
    """One ticket. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        found = row(here.session, here.team, number)
        return EngineeringPage(
            found.snapshot(), experiment.today_of(here.team, here.now), found.version
        )


def listed(lab: Lab, team_id: int, wanted: str, *, by: str) -> Listed:
    """`mine`, `open` (as is ""), `all`. Raises Refused for anything else."""
    word = clean(wanted).casefold() or "open"
    if word not in WANTED:
        raise Refused(f"I don't know “{word[:30]}” there.", f"Write one of {', '.join(WANTED)}.")
    with desk(lab, team_id, lock=False) as here:
        which = [] if word == "all" else [is_open()]
        which += [col(Row.owner) == by] if word == "mine" else []
        found = rows.all_of(here.session, Row, here.team_id, *which)
        every = [one.snapshot() for one in found]
        return Listed(ordered(every), word, experiment.today_of(here.team, here.now))


def mine(session: Session, team: Team, user_id: str) -> list[Engineering]:
    """That person's open tickets, those nearest to done first."""
    found = rows.all_of(session, Row, team.pk, is_open(), col(Row.owner) == user_id)
    return ordered([one.snapshot() for one in found])


def ordered(tickets: Sequence[Engineering]) -> list[Engineering]:
    """Review first, then doing, todo, done; within by number."""
    place = {status: at for at, status in enumerate(("review", "doing", "todo", "done"))}
    assert set(place) == set(STATUSES)
    return sorted(tickets, key=lambda it: (place[it.status], it.number))


def history(lab: Lab, team_id: int, number: int) -> tuple[Engineering, list[Entry]]:
    """The ticket and who changed what on it, newest first. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        found = row(here.session, here.team, number)
        return found.snapshot(), audited.entries(here.session, found)


def to_edit(lab: Lab, team_id: int, number: int, *, by: str) -> EngineeringPage:
    """The ticket for its form, with what was left unsent. Raises NotFound, NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        found = row(here.session, here.team, number)
        require_change(here.session, here.team, found.snapshot(), by, "edit it")
        kept = form_draft.offer(here.session, team_id, by, form_name(number))
        today = experiment.today_of(here.team, here.now)
        return EngineeringPage(found.snapshot(), today, found.version, kept)


def to_close(lab: Lab, team_id: int, number: int, *, by: str) -> EngineeringPage:
    """The ticket for the form that closes it. Raises NotFound, NotAllowed, Refused (done)."""
    found = to_edit(lab, team_id, number, by=by)
    if not found.ticket.is_open:
        hint = f"`/eng history {found.ticket.id}` says by whom."
        raise Refused(f"{found.ticket.id} is done already.", hint)
    return found


def form_name(number: int) -> str:
    """Under which an edit form's draft is kept; 0 is the form of a new ticket."""
    return f"eng_edit:{number}" if number else "eng_new"


def require_change(
    session: Session, team: Team, ticket: Engineering, user_id: str, what: str
) -> None:
    """Pass for the owner, who wrote it, and leads; for anyone while there is no lead.

    Raises NotAllowed naming the owner.
    """
    if user_id in {ticket.owner, ticket.created_by} or teams.may_lead(session, team, user_id):
        return
    owner = teams.name_of(session, team, ticket.owner)
    raise NotAllowed(
        f"{ticket.id} is {owner}'s; its owner, who wrote it, or a lead can {what}.",
        f"Ask {owner}.",
    )
