"""Changing what a planned sprint holds: freely before its start, with a reason after it."""

from dataclasses import dataclass

from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from core.sprints.plan import MOST, Plan, Scope
from core.sprints.sprint import Span
from core.text import clean, says_nothing
from models.experiments import experiment as tickets
from models.sprints import sprint as table
from models.sprints.sprint import Commitment, Sprint
from services import announcement, team
from services.desk import Desk, desk
from services.ports import Lab
from services.sprints.plan import plan_key, plan_of, tell
from services.sprints.sprint import Book, book_of
from views.sprints import plan as view


@dataclass(frozen=True)
class ScopeChange:
    """What to take in (add) or out, why, and who says so."""

    number: int
    add: bool
    why: str
    by: str


def change(lab: Lab, team_id: int, wish: ScopeChange) -> tuple[Scope, Plan]:
    """Take an experiment into the planned sprint, or out of it; after the start with a reason,
    as a change of scope. Raises NotAllowed, NotFound (no plan, no such ticket), Refused.
    """
    with desk(lab, team_id) as here:
        team.require_lead(here.session, here.team, wish.by, "change what a sprint holds")
        book = book_of(here)
        span, row = _planned(book)
        scope = _checked(book, span, wish)
        if scope.added:
            here.session.add(_commitment(here, row, scope))
        else:
            _take_out(here, row, scope)
        here.session.flush()
        plan = plan_of(book_of(here), span)
        tell(here, plan)
        if scope.late:
            _say(here, span, scope)
        return scope, plan


def _planned(book: Book) -> tuple[Span, Sprint]:
    """The running sprint when it was planned, else the next one. Raises NotFound."""
    for span in (book.running, book.calendar.next_after(book.today)):
        row = book.rows.get(span.number) if span else None
        if span is not None and row is not None and row.planned_at is not None:
            return span, row
    raise NotFound("No sprint is planned yet.", "`/sprint plan` starts one.")


def _checked(book: Book, span: Span, wish: ScopeChange) -> Scope:
    name = experiment_id(wish.number)
    ticket = next(iter(book.some(tickets.numbered([wish.number]))), None)
    if ticket is None:
        raise NotFound(f"There is no {name}.", "`/exp list` shows all.")
    why, begun = clean(wish.why, limit=300), book.today >= span.starts
    _require_fits(book, span, ticket, add=wish.add)
    if begun and says_nothing(why):
        verb = "add" if wish.add else "drop"
        raise Refused(
            f"Sprint {span.number} has begun, so a change of its scope needs a reason.",
            f"Write `/sprint {verb} {name} why`.",
        )
    return Scope(wish.number, ticket.title, span.number, wish.add, begun, wish.by, why)


def _require_fits(book: Book, span: Span, ticket: Experiment, *, add: bool) -> None:
    now = [one for one in book.kept(span) if not one.gone]
    held = any(one.number == ticket.number for one in now)
    if add and held:
        raise Refused(f"{ticket.id} is in sprint {span.number} already.")
    if not add and not held:
        raise Refused(f"{ticket.id} is not in sprint {span.number}.", "`/sprint` shows what is.")
    if add and not ticket.is_open:
        raise Refused(f"{ticket.id} is decided.", f"`/exp {ticket.id}` shows how.")
    if not add and any(o.number == ticket.number and o.state == "decided" for o in now):
        raise Refused(f"{ticket.id} was decided in this sprint and stays in it.")
    if add and len(now) >= MOST:
        raise Refused(f"Sprint {span.number} holds {MOST} already.", "Drop one first.")
    if not add and len(now) == 1:
        raise Refused(f"{ticket.id} is all that sprint {span.number} holds.", "Add another first.")


def _commitment(here: Desk, row: Sprint, scope: Scope) -> Commitment:
    return Commitment(
        sprint_id=row.pk, experiment=scope.number, by=scope.by, at=here.now, late=scope.late,
        why=scope.why,
    )  # fmt: skip


def _take_out(here: Desk, row: Sprint, scope: Scope) -> None:
    for kept in table.commitments(here.session, row.pk):
        if kept.experiment != scope.number or kept.removed_at is not None:
            continue
        if scope.late:
            kept.removed_at, kept.removed_by, kept.removed_why = here.now, scope.by, scope.why
        else:
            here.session.delete(kept)


def _say(here: Desk, span: Span, scope: Scope) -> None:
    place = here.team.team_channel
    if place:
        key = plan_key(here.team_id, span.number)
        way = "in" if scope.added else "out"
        one = f"{key}:{scope.number}:{way}:{here.now.isoformat()}"
        thread = key if announcement.told(here.session, key) else ""
        here.post(one, place, view.scope(scope), thread_of=thread)
