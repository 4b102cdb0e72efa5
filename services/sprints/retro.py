"""Retros: what the sprint's kills show, and everything people said in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.errors import NotAllowed
from core.experiments.words import is_late
from core.sprints import retro as rules
from core.sprints import velocity
from core.sprints.retro import Action, Better, FirstProposal, Idea, Retro
from core.sprints.sprint import Span
from core.sprints.velocity import Decision
from models import people
from models.decisions import proposal as proposals
from models.experiments import decided as sums
from models.experiments import experiment as tickets
from models.sprints import retro as table
from models.sprints.retro import RetroAction
from services import announcement
from services.desk import Desk, desk
from services.ports import Lab
from services.sprints.retro_pace import pace_of
from services.sprints.sprint import Book, book_of, meant
from views.sprints import retro as view

MOST_OVERDUE = 10


def look(lab: Lab, team_id: int, typed: str) -> Retro:
    """The retro of the sprint meant, as it stands. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        book = book_of(here)
        return collect(book, meant(book, typed))


def post(here: Desk, book: Book, span: Span) -> None:
    """Open the retro in the team's channel."""
    here.post(key_of(here, span.number), here.team.team_channel, view.posted(collect(book, span)))


def key_of(here: Desk, number: int) -> str:
    """The key of the public message of that sprint's retro."""
    return f"sprint-retro:{here.team_id}:{number}"


def collect(book: Book, span: Span) -> Retro:
    """Everything on that sprint's retro as it stands now."""
    kills = [one for one in book.decided_in(span) if one.outcome == "killed"]
    which = tickets.numbered(one.number for one in kills)
    found = {one.number: one for one in book.bare(which)}
    asked = _asked(book, kills, {one.number: one.decided_at for one in found.values()})
    keys = rules.questions(genai=bool(book.team.chosen.sprint_template))
    votes = table.votes(book.session, book.team_id, span.number)
    ideas = table.ideas(book.session, book.team_id, span.number)
    seen = tuple(rules.seen(found[one.number], one.on, asked.get(one.number)) for one in kills)
    return Retro(
        number=span.number,
        starts=span.starts,
        ends=span.ends,
        kills=seen,
        overdue=tuple(one.id for one in book.tickets if is_late(one, book.today))[:MOST_OVERDUE],
        better=_better(book, span),
        votes=rules.tally([(vote.question, vote.choice) for vote in votes], keys),
        voters=len({vote.user_id for vote in votes}),
        ideas=tuple(Idea(one.text, one.user_id) for one in ideas),
        actions=_actions(book, span.number),
        pace=pace_of(book, span, tuple(kill for kill in seen if kill.is_late)),
    )


def _better(book: Book, span: Span) -> Better:
    _, until = span.bounds(book.where)
    return rules.better(
        *sums.halves(book.session, book.team_id, velocity.COUNTED, until, book.where)
    )


def _asked(
    book: Book, kills: Sequence[Decision], at: Mapping[int, datetime | None]
) -> dict[int, FirstProposal]:
    """When a rule first asked for each of these kills, by the ticket's number: the first of the
    episodes that lasted until the decision. at: when each was decided.
    """
    wanted, found = {one.number: one.on for one in kills}, dict[int, FirstProposal]()
    for number, row in proposals.about(book.session, book.team_id, list(wanted)):
        on = row.at.astimezone(book.where).date()
        decided = at.get(number)
        lasted = row.settled_at is None or decided is None or row.settled_at >= decided
        if row.action in {"kill", "decide"} and lasted and on <= wanted.get(number, date.min):
            found.setdefault(number, FirstProposal(on, row.rule))
    return found


def refresh(here: Desk, book: Book, span: Span) -> Retro:
    """The retro as it stands now, put right where it was posted."""
    now = collect(book, span)
    if announcement.told(here.session, key_of(here, span.number)):
        here.edit(key_of(here, span.number), view.posted(now))
    return now


def opened(here: Desk, number: int, by: str) -> tuple[Book, Span]:
    """The sprint whose retro somebody takes part in. Raises NotAllowed (observers), Refused."""
    person = people.member(here.session, here.team_id, by)
    if person is not None and person.role == "observer":
        raise NotAllowed("Observers read along but take no part.", "Ask a lead to change that.")
    book = book_of(here)
    return book, meant(book, str(number))


def value(row: RetroAction) -> Action:
    """The row as a value."""
    return Action(row.number, row.text, row.owner, row.sprint, row.done_by)


def _actions(book: Book, number: int) -> tuple[Action, ...]:
    """What was agreed until that retro and is open, and what was agreed in it and is done."""
    rows = [row for row in table.actions(book.session, book.team_id) if row.sprint <= number]
    still = [row for row in rows if row.done_at is None]
    return tuple(
        value(r) for r in (*still, *(r for r in rows if r.done_at and r.sprint == number))
    )
