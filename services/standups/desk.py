"""Where a standup is worked on: one transaction, one team, one instant, and the words for it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session

from core.experiments.experiment import Experiment
from core.standups import standup as reading
from core.standups.direct import Unsure
from core.standups.early import Early
from core.standups.evening import Evening
from core.standups.round import Round as Facts
from core.standups.round import Seat, WrapUp
from core.standups.setup import Arrangement
from core.standups.standup import Answer
from core.text import mentioned_users
from models import team as people
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.standup import Round, Standup
from models.team import Team
from services import team as teams
from services.ports import Lab
from services.say import Voice
from views.kit import Message


@dataclass(frozen=True)
class Note:
    """A message somebody wrote. direct: in the bot's DM; text: Slack-escaped as it came."""

    user: str
    channel: str
    ts: str
    text: str
    thread_ts: str = ""
    direct: bool = False


class Words(Protocol):
    """How a standup is put into messages; views/standups/standup.py is handed in, pure as it
    is.
    """

    def parent(self, facts: Facts) -> Message:
        """The round in its channel: the count while it is open, the wrap-up once it is closed."""

    def prompt(
        self, facts: Facts, seat: Seat, experiments: Sequence[Experiment], today: date
    ) -> Message:
        """What one person is asked, or what became of it."""

    def nudge(self, facts: Facts, seat: Seat) -> Message:
        """The reminder for somebody who owes an answer, or what became of it."""

    def answer(self, answer: Answer) -> Message:
        """One person's answer in the round's thread."""

    def blocker(self, item: object) -> Message:
        """Something somebody is stuck on (core.blockers.blocker.Blocker), or a step about it."""

    def early(self, given: Early) -> Message:
        """What somebody answered ahead, and what became of it."""

    def evening(self, now: Evening) -> Message:
        """What somebody is asked in the evening, or what they said."""

    def unsure(self, now: Unsure) -> Message:
        """Whether a direct message was an answer, or what became of it."""

    def questions(self, now: Arrangement) -> Message:
        """What the standup asks from now on."""


@dataclass(frozen=True)
class Desk:
    """What working on a round needs."""

    session: Session
    team: Team
    now: datetime
    words: Words

    @property
    def voice(self) -> Voice:
        """Says things in this workspace, in this transaction."""
        return Voice(self.session, self.team.workspace, self.now)

    def name(self, user_id: str) -> str:
        """That person's display name."""
        return teams.name_of(self.session, self.team, user_id)

    def readable(self, text: str) -> str:
        """A message as Slack sends it, as people read it."""
        names = {user: self.name(user) for user in mentioned_users(text)}
        return reading.readable(text, names)

    def is_here(self, user_id: str) -> bool:
        """False once that person has left the workspace; observers take no part either."""
        assert self.team.id is not None
        return people.people(self.session, self.team.id).is_welcome(user_id)


@contextmanager
def sit_down(lab: Lab, workspace: str, words: Words) -> Iterator[Desk]:
    """A desk in a transaction of that workspace."""
    now = lab.clock()
    with lab.begin() as session:
        yield Desk(session, teams.of(session, workspace, now=now), now, words)


def facts(desk: Desk, standup: Standup, row: Round) -> Facts:
    """The round as a value, with everybody on its roster who is still here."""
    assert row.id is not None
    late = {a.user_id for a in answers.of_round(desk.session, row.id) if a.late}
    names = teams.names(desk.session, desk.team)
    seats = [
        Seat(
            p.user_id,
            names.get(p.user_id) or p.user_id,
            p.state,
            p.due_at,
            p.user_id in late,
            p.optional,
        )
        for p in table.prompts_of(desk.session, row.id)
        if p.state != "left"
    ]
    seats.sort(key=lambda seat: (seat.name.casefold(), seat.user))
    wrap_up = WrapUp(**row.wrap_up) if row.wrap_up is not None else None
    return Facts(
        id=row.id,
        name=standup.name,
        on=row.on,
        closes_at=row.closes_at,
        questions=tuple(row.questions),
        seats=tuple(seats),
        wrap_up=wrap_up,
        shapes=row.shapes or {},
        mood=bool(row.mood_key),
    )


def seat_of(round_facts: Facts, user_id: str) -> Seat | None:
    """That person's seat, or None."""
    return next((seat for seat in round_facts.seats if seat.user == user_id), None)
