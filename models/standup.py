"""Standups, their rounds, prompts, answers and blockers."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select


class Standup(SQLModel, table=True):
    """A recurring check-in. days: 0 = Monday; at: local "09:30"; close_after: minutes."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    name: str = "Standup"
    channel: str
    people: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    days: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    at: str = "09:30"
    close_after: int = 240
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    active: bool = True
    starts_on: date
    created_by: str
    created_at: datetime


class Round(SQLModel, table=True):
    """One nominal date of a standup. state: open | closed. people: the roster at opening."""

    __table_args__ = (UniqueConstraint("standup_id", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    standup_id: int = Field(foreign_key="standup.id", index=True)
    on: date
    opens_at: datetime
    closes_at: datetime
    state: str = Field(default="open", index=True)
    people: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    away: list[str] = Field(default_factory=list, sa_column=Column(JSON))


class Prompt(SQLModel, table=True):
    """What one person is asked in one round. state: due | asked | answered | skipped | late."""

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    user_id: str = Field(index=True)
    due_at: datetime = Field(index=True)
    state: str = "due"
    nudges: int = 0


class Answer(SQLModel, table=True):
    """One person's answers in one round.

    replies: one text per question. source: form | thread | dm. ts/channel: the person's own
    message when they typed one, so that its edits and deletion can be followed.
    """

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    user_id: str = Field(index=True)
    replies: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    source: str = "form"
    channel: str = ""
    ts: str = Field(default="", index=True)
    late: bool = False
    withdrawn: bool = False
    at: datetime
    edited_at: datetime | None = None


class Blocker(SQLModel, table=True):
    """What somebody is stuck on: data | compute | clarity | other; open or resolved."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    kind: str
    text: str
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    state: str = Field(default="open", index=True)
    at: datetime
    resolved_at: datetime | None = None


class Absence(SQLModel, table=True):
    """Days on which somebody is not asked, both ends included."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    first_day: date
    last_day: date
    reason: str = ""


def active_of(session: Session, team_id: int) -> list[Standup]:
    """The team's running standups, oldest first."""
    wanted = select(Standup).where(Standup.team_id == team_id, Standup.active)
    return list(session.exec(wanted.order_by(col(Standup.id))))


def round_on(session: Session, standup_id: int, day: date) -> Round | None:
    """The round of that nominal date, or None."""
    return session.exec(
        select(Round).where(Round.standup_id == standup_id, Round.on == day)
    ).first()


def answers_of(session: Session, round_id: int) -> list[Answer]:
    """The answers of a round that stand, in the order they came."""
    wanted = select(Answer).where(Answer.round_id == round_id, col(Answer.withdrawn).is_(False))
    return list(session.exec(wanted.order_by(col(Answer.at), col(Answer.id))))


def prompts_of(session: Session, round_id: int) -> list[Prompt]:
    """The prompts of a round."""
    return list(session.exec(select(Prompt).where(Prompt.round_id == round_id)))


def answer_at(session: Session, channel: str, ts: str) -> Answer | None:
    """The answer that was typed as that message, or None."""
    return session.exec(select(Answer).where(Answer.channel == channel, Answer.ts == ts)).first()


def open_blockers(session: Session, team_id: int) -> list[Blocker]:
    """The team's unresolved blockers, oldest first."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.state == "open")
    return list(session.exec(wanted.order_by(col(Blocker.at))))
