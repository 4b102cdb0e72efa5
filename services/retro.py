"""Retros: what the sprint's kills show, and everything people said in them."""

from core import retro as rules
from core.errors import NotAllowed
from core.experiment import Experiment, is_over_box
from core.retro import Action, Asked, Better, Idea, Kill, Retro
from core.sprint import Span
from core.velocity import Decision
from models import proposal as proposals
from models import retro as table
from models import team as people
from models.proposal import Proposal
from models.retro import RetroAction
from services import announcement, team
from services.desk import Desk
from services.ports import Lab
from services.sprint import Book, meant, open_book

MOST_OVERDUE = 10


def look(lab: Lab, workspace: str, typed: str) -> Retro:
    """The retro of the sprint meant, as it stands. Raises Refused."""
    now = lab.clock()
    with lab.begin() as session:
        book = open_book(session, team.of(session, workspace, now=now), now)
        return collect(book, meant(book, typed))


def post(here: Desk, book: Book, span: Span) -> None:
    """Open the retro in the team's channel."""
    here.post(key_of(here, span.number), here.team.team_channel, collect(book, span))


def key_of(here: Desk, number: int) -> str:
    """The key of the public message of that sprint's retro."""
    return f"sprint-retro:{here.team_id}:{number}"


def collect(book: Book, span: Span) -> Retro:
    """Everything on that sprint's retro as it stands now."""
    found = {one.number: one for one in book.tickets}
    kills = [one for one in book.decided_in(span) if one.outcome == "killed"]
    keys = rules.questions(genai=bool(book.team.settings.get("sprint_template")))
    votes = table.votes(book.session, book.team_id, span.number)
    ideas = table.ideas(book.session, book.team_id, span.number)
    return Retro(
        number=span.number,
        starts=span.starts,
        ends=span.ends,
        kills=tuple(_kill(book, found[one.number], one) for one in kills),
        overdue=tuple(one.id for one in book.tickets if is_over_box(one, book.today))[
            :MOST_OVERDUE
        ],
        better=_better(book, span),
        votes=rules.tally([(vote.question, vote.choice) for vote in votes], keys),
        voters=len({vote.user_id for vote in votes}),
        ideas=tuple(Idea(one.text, one.user_id) for one in ideas),
        actions=_actions(book, span.number),
    )


def _better(book: Book, span: Span) -> Better:
    return rules.better([one for one in book.decided if one.on <= span.ends])


def _kill(book: Book, ticket: Experiment, decision: Decision) -> Kill:
    rows = [
        row
        for row in proposals.all_of_team(book.session, book.team_id)
        if row.action in {"kill", "decide"} and _is_of(book, row, ticket)
    ]
    asked = [(row.at.astimezone(book.where).date(), row.rule) for row in rows]
    early = min((one for one in asked if one[0] <= decision.on), default=None)
    return rules.seen(ticket, decision.on, Asked(*early) if early else None)


def _is_of(book: Book, row: Proposal, ticket: Experiment) -> bool:
    """True for an episode on that ticket that lasted until it was decided."""
    if book.numbers.get(row.experiment_id) != ticket.number:
        return False
    return (
        row.settled_at is None or ticket.decided_at is None or row.settled_at >= ticket.decided_at
    )


def refresh(here: Desk, book: Book, span: Span) -> Retro:
    """The retro as it stands now, put right where it was posted."""
    now = collect(book, span)
    if announcement.told(here.session, key_of(here, span.number)):
        here.edit(key_of(here, span.number), now)
    return now


def opened(here: Desk, number: int, by: str) -> tuple[Book, Span]:
    """The sprint whose retro somebody takes part in. Raises NotAllowed (observers), Refused."""
    person = people.member(here.session, here.team_id, by)
    if person is not None and person.role == "observer":
        raise NotAllowed("Observers read along but take no part.", "Ask a lead to change that.")
    book = open_book(here.session, here.team, here.now)
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
