"""Taking part in a retro: votes that may be changed, and what somebody wants changed."""

from dataclasses import dataclass

from core.errors import Refused, too_old
from core.sprints import retro as rules
from core.sprints.retro import Idea, Retro
from core.text import clean, says_nothing
from models.sprints import retro as table
from models.sprints.retro import RetroIdea, RetroVote
from services import announcement
from services.desk import desk
from services.ports import Lab
from services.sprints.retro import key_of, opened, refresh
from views.sprints import retro as view


@dataclass(frozen=True)
class Voted:
    """A vote that counts now. before: the choice it replaced, or ""."""

    retro: Retro
    question: str
    choice: str
    before: str


def vote(lab: Lab, team_id: int, ballot: tuple[int, str, str], *, by: str) -> Voted:
    """Count somebody's vote (sprint, question, choice) in the place of an earlier one.

    Raises NotAllowed (observers) and Refused (no such sprint or question).
    """
    number, question, choice = ballot
    with desk(lab, team_id) as here:
        book, span = opened(here, number, by)
        if question not in rules.QUESTIONS or choice not in rules.CHOICES:
            raise too_old("Write `/sprint retro`.")
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
class WrittenIdea:
    """What somebody wants changed. named: with their name."""

    sprint: int
    text: str
    by: str
    named: bool


def idea(lab: Lab, team_id: int, wish: WrittenIdea) -> Retro:
    """Keep what somebody wants changed and say it in the retro's thread.

    Without a name neither who nor the hour is kept with it. Raises NotAllowed, Refused.
    """
    with desk(lab, team_id) as here:
        book, span = opened(here, wish.sprint, wish.by)
        text = clean(wish.text, limit=1000)
        if says_nothing(text):
            raise Refused("What should change? One sentence is enough.", field="text")
        start, _ = span.bounds(book.where)
        row = RetroIdea(
            team_id=here.team_id, sprint=wish.sprint, text=text,
            user_id=wish.by if wish.named else "", at=here.now if wish.named else start,
        )  # fmt: skip
        here.session.add(row)
        here.session.flush()
        key = key_of(here, span.number)
        if announcement.told(here.session, key):
            said = view.idea(Idea(row.text, row.user_id))
            here.post(f"{key}:idea:{row.id}", here.team.team_channel, said, thread_of=key)
        return refresh(here, book, span)
