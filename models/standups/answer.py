"""What people answered in standups, and the messages it was made of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.standups.standup import Prompt, Round, Standup


class Answer(Row, table=True):
    """One person's answers in one round. replies: one text per question, made of what was typed
    into the form and the messages since (the Said rows). reported: a result, in words.
    """

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    round_id: int = Field(foreign_key="round.id", index=True)
    user_id: str = Field(index=True)
    replies: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    form: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    chosen: list[int] = Field(default_factory=list, sa_column=Column(JSON))  # in the form
    reported: str = ""
    late: bool = False
    withdrawn: bool = False
    at: datetime
    edited_at: datetime | None = None


class Said(Row, table=True):
    """A Slack message that is (part of) an answer, so that its edits and deletion are followed."""

    __table_args__ = (UniqueConstraint("channel", "ts"),)

    answer_id: int = Field(foreign_key="answer.id", index=True)
    channel: str
    ts: str
    text: str


class Seat(NamedTuple):
    """One place on a round's roster, with the standing answer there, or None."""

    round: Round
    prompt: Prompt
    answer: Answer | None


def seats(session: Session, standups: Sequence[int], first: date, last: date) -> list[Seat]:
    """The rosters of these standups' rounds on those days, both included, oldest first."""
    mine = (col(Answer.round_id) == Prompt.round_id) & (col(Answer.user_id) == Prompt.user_id)
    wanted = (
        select(Round, Prompt, Answer)
        .join(Prompt, col(Prompt.round_id) == Round.id)
        .join(Answer, mine & col(Answer.withdrawn).is_(False), isouter=True)
        .where(col(Round.standup_id).in_(standups), Round.on >= first, Round.on <= last)
        .order_by(col(Round.on), col(Round.id), col(Prompt.id))
    )
    return [Seat(*row) for row in session.exec(wanted) if row[1].state != "left"]


def of_round(session: Session, round_id: int) -> list[Answer]:
    """The answers of a round that stand, in the order they came."""
    wanted = select(Answer).where(Answer.round_id == round_id, col(Answer.withdrawn).is_(False))
    return list(session.exec(wanted.order_by(col(Answer.at), col(Answer.id))))


class Place(NamedTuple):
    """Somebody's place in a round. late: their answer stands and came after the close."""

    round_id: int
    user_id: str
    state: str
    due_at: datetime
    optional: bool
    late: bool


def roster(session: Session, rounds: Sequence[int]) -> list[Place]:
    """Everybody in those rounds who has not left the workspace."""
    theirs = (col(Answer.round_id) == Prompt.round_id) & (col(Answer.user_id) == Prompt.user_id)
    stands = col(Answer.late) & col(Answer.withdrawn).is_(False)
    late = columns(col(Answer.id)).where(theirs, stands).exists()
    wanted = columns(*(getattr(Prompt, name) for name in Place._fields[:-1]), late)
    mine = col(Prompt.round_id).in_(rounds) & (col(Prompt.state) != "left")
    return [Place(*row) for row in session.execute(wanted.where(mine))]


def of_person(session: Session, round_id: int, user_id: str) -> Answer | None:
    """That person's answer in the round, withdrawn or not, or None."""
    wanted = select(Answer).where(Answer.round_id == round_id, Answer.user_id == user_id)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def last_of(session: Session, standup_id: int, user_id: str) -> tuple[Answer, Round] | None:
    """That person's newest standing answer in the standup, with its round, or None."""
    wanted = (
        select(Answer, Round)
        .join(Round, col(Round.id) == Answer.round_id)
        .where(Round.standup_id == standup_id, Answer.user_id == user_id)
        .where(col(Answer.withdrawn).is_(False))
        .order_by(col(Round.on).desc())
        .limit(1)
    )
    return session.exec(wanted).first()


def has_answered_after(session: Session, team_id: int, user_id: str, on: date) -> bool:
    """True when that person has a standing answer for a later date in that team."""
    wanted = (
        select(Answer.id)
        .join(Round, col(Round.id) == Answer.round_id)
        .join(Standup, col(Standup.id) == Round.standup_id)
        .where(Standup.team_id == team_id, Answer.user_id == user_id, Round.on > on)
        .where(col(Answer.withdrawn).is_(False))
        .limit(1)
    )
    return session.exec(wanted).first() is not None


def since(session: Session, team_id: int, after: datetime) -> Sequence[tuple[Answer, Round]]:
    """The team's standing answers since then with their rounds, in the order they came."""
    wanted = (
        select(Answer, Round)
        .join(Round, col(Round.id) == Answer.round_id)
        .join(Standup, col(Standup.id) == Round.standup_id)
        .where(Standup.team_id == team_id, Answer.at >= after)
        .where(col(Answer.withdrawn).is_(False))
        .order_by(col(Answer.at), col(Answer.id))
    )
    return session.exec(wanted).all()


def said(session: Session, channel: str, ts: str) -> Said | None:
    """The message kept from that place in Slack, or None."""
    return session.exec(select(Said).where(Said.channel == channel, Said.ts == ts)).first()


def said_for(session: Session, answer_id: int) -> list[Said]:
    """The messages an answer is made of, in the order they were written."""
    return list(
        session.exec(select(Said).where(Said.answer_id == answer_id).order_by(col(Said.ts)))
    )
