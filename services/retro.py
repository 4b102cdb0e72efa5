"""Retros: what the sprint's kills show, votes, what people want changed."""

from dataclasses import dataclass

from core import retro as rules
from core.errors import Refused
from core.experiment import Experiment, is_over_box
from core.retro import Asked, Better, Idea, Kill, Retro
from core.sprint import Span
from core.text import clean, says_nothing
from core.velocity import Decision
from models import proposal as proposals
from models import retro as table
from models.proposal import Proposal
from models.retro import RetroIdea, RetroVote
from services import announcement, team
from services.desk import Desk, Show, desk
from services.ports import Lab
from services.retro_action import of_team, require_member
from services.sprint import Book, bounds, meant, open_book

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
        actions=of_team(book.session, book.team_id, span.number),
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


@dataclass(frozen=True)
class Voted:
    """A vote that counts now. before: the choice it replaced, or ""."""

    retro: Retro
    question: str
    choice: str
    before: str


def vote(lab: Lab, workspace: str, ballot: tuple[int, str, str], *, by: str, show: Show) -> Voted:
    """Count somebody's vote (sprint, question, choice) in the place of an earlier one.

    Raises NotAllowed (observers) and Refused (no such sprint or question).
    """
    number, question, choice = ballot
    with desk(lab, workspace, show) as here:
        book, span = _open(here, number, by)
        if question not in rules.QUESTIONS or choice not in rules.CHOICES:
            raise Refused("This button is too old.", "Write `/sprint retro`.")
        rows = table.votes(here.session, here.team_id, number)
        mine = [r for r in rows if (r.user_id, r.question) == (by, question)]
        before = mine[0].choice if mine else ""
        row = mine[0] if mine else RetroVote(
            team_id=here.team_id, sprint=number, question=question, user_id=by, choice=choice,
            at=here.now,
        )  # fmt: skip
        row.choice, row.at = choice, here.now
        here.session.add(row)
        here.session.flush()
        return Voted(refresh(here, book, span), question, choice, before)


@dataclass(frozen=True)
class Wish:
    """What somebody wants changed. named: with their name."""

    sprint: int
    text: str
    by: str
    named: bool


def idea(lab: Lab, workspace: str, wish: Wish, *, show: Show) -> Retro:
    """Keep what somebody wants changed and say it in the retro's thread.

    Without a name neither who nor the hour is kept with it. Raises NotAllowed, Refused.
    """
    with desk(lab, workspace, show) as here:
        book, span = _open(here, wish.sprint, wish.by)
        text = clean(wish.text, limit=1000)
        if says_nothing(text):
            raise Refused("What should change? One sentence is enough.", field="text")
        start, _ = bounds(span, book.where)
        row = RetroIdea(
            team_id=here.team_id, sprint=wish.sprint, text=text,
            user_id=wish.by if wish.named else "", at=here.now if wish.named else start,
        )  # fmt: skip
        here.session.add(row)
        here.session.flush()
        key = key_of(here, span.number)
        if announcement.told(here.session, key):
            said = Idea(row.text, row.user_id)
            here.post(f"{key}:idea:{row.id}", here.team.team_channel, said, thread_of=key)
        return refresh(here, book, span)


def refresh(here: Desk, book: Book, span: Span) -> Retro:
    """The retro as it stands now, put right where it was posted."""
    now = collect(book, span)
    if announcement.told(here.session, key_of(here, span.number)):
        here.edit(key_of(here, span.number), now)
    return now


def _open(here: Desk, number: int, by: str) -> tuple[Book, Span]:
    require_member(here, by)
    book = open_book(here.session, here.team, here.now)
    return book, meant(book, str(number))
