"""What the team agreed to do in a retro; it comes back in every retro until it is done."""

from dataclasses import dataclass

from core.errors import NotFound, Refused
from core.faults import Faults
from core.sprints.retro import Action
from core.text import clean, says_nothing
from models import team as people
from models.sprints import retro as table
from models.sprints.retro import RetroAction
from services import team
from services.desk import desk
from services.ports import Lab
from services.sprints.retro import opened, refresh, value
from services.sprints.sprint import book_of


@dataclass(frozen=True)
class RetroTask:
    """Something to do. owner: a user id; sprint: in whose retro; by: who writes it down."""

    sprint: int
    text: str
    owner: str
    by: str


def open_of(lab: Lab, team_id: int) -> list[Action]:
    """Every action that is not done, by number."""
    with desk(lab, team_id, lock=False) as here:
        rows = table.actions(here.session, here.team_id)
        return [value(row) for row in rows if row.done_at is None]


def add(lab: Lab, team_id: int, wish: RetroTask) -> Action:
    """Write an action down. Raises NotAllowed (observers), Refused (says nothing, no owner)."""
    with desk(lab, team_id) as here:
        book, span = opened(here, wish.sprint, wish.by)
        text = clean(wish.text, limit=300)
        with Faults() as each:
            each(_require_text, text)
            each(_require_owner, wish.owner)
        team.member(here.session, here.team, wish.owner, now=here.now)
        number = people.next_number(here.session, RetroAction, here.team_id)
        row = RetroAction(
            team_id=here.team_id, number=number, sprint=wish.sprint, text=text,
            owner=wish.owner, by=wish.by, at=here.now,
        )  # fmt: skip
        here.session.add(row)
        here.session.flush()
        refresh(here, book, span)
        return value(row)


def _require_text(text: str) -> None:
    if says_nothing(text):
        raise Refused("What will be done? One sentence is enough.", field="text")


def _require_owner(owner: str) -> None:
    if not owner:
        raise Refused("An action needs somebody who does it.", field="owner")


def done(lab: Lab, team_id: int, number: int, *, by: str) -> Action:
    """Mark an action done: its owner, who wrote it, or a lead.

    Raises NotFound, NotAllowed, Refused (done already).
    """
    with desk(lab, team_id) as here:
        rows = table.actions(here.session, here.team_id)
        row = next((one for one in rows if one.number == number), None)
        if row is None:
            raise NotFound(f"There is no action {number}.", "`/sprint actions` lists them.")
        if by not in {row.owner, row.by}:
            team.require_lead(here.session, here.team, by, "tick off what others own")
        if row.done_at is not None:
            who = here.name(row.done_by)
            raise Refused(f"Action {number} was done already, said {who}.")
        row.done_at, row.done_by = here.now, by
        here.session.flush()
        book = book_of(here)
        refresh(here, book, book.calendar.of(row.sprint))
        return value(row)
