"""What people are stuck on."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select


class Blocker(SQLModel, table=True):
    """What somebody is stuck on: data | compute | clarity | other; open or resolved.

    answer_id: the standup answer that last told it. resolved_by: the answer that closed it.
    """

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
    resolved_by: int | None = None


def open_of(session: Session, team_id: int, user_id: str | None = None) -> list[Blocker]:
    """The team's (or one person's) unresolved blockers, oldest first."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.state == "open")
    if user_id is not None:
        wanted = wanted.where(Blocker.user_id == user_id)
    return list(session.exec(wanted.order_by(col(Blocker.at), col(Blocker.id))))


def resolved_by(session: Session, answer_id: int) -> list[Blocker]:
    """What that answer closed."""
    return list(session.exec(select(Blocker).where(Blocker.resolved_by == answer_id)))


def told_in(session: Session, answer_id: int) -> list[Blocker]:
    """What that answer last told, open or resolved."""
    wanted = select(Blocker).where(Blocker.answer_id == answer_id)
    return list(session.exec(wanted.order_by(col(Blocker.id))))
