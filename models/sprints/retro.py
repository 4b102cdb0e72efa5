"""Retrospectives: votes, what people want changed, and actions that come back until done."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class RetroVote(Row, table=True):
    """One person's vote on one question of one sprint's retro. choice: yes | partly | no."""

    __table_args__ = (UniqueConstraint("team_id", "sprint", "question", "user_id"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    sprint: int  # its number
    question: str
    user_id: str
    choice: str
    at: datetime


class RetroIdea(Row, table=True):
    """What somebody wants changed. user_id: empty when said without a name."""

    team_id: int = Field(foreign_key="team.id", index=True)
    sprint: int
    user_id: str = ""
    text: str
    at: datetime


class RetroAction(Row, table=True):
    """What the team agreed to do; it comes back in every retro until it is done."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    sprint: int
    text: str
    owner: str
    by: str
    at: datetime
    done_at: datetime | None = None
    done_by: str = ""


def votes(session: Session, team_id: int, sprint: int) -> list[RetroVote]:
    """The votes of that sprint's retro, oldest first."""
    wanted = select(RetroVote).where(RetroVote.team_id == team_id, RetroVote.sprint == sprint)
    return list(session.exec(wanted.order_by(col(RetroVote.id))))


def ideas(session: Session, team_id: int, sprint: int) -> list[RetroIdea]:
    """What people wanted changed in that sprint's retro, oldest first."""
    wanted = select(RetroIdea).where(RetroIdea.team_id == team_id, RetroIdea.sprint == sprint)
    return list(session.exec(wanted.order_by(col(RetroIdea.id))))


def actions(session: Session, team_id: int) -> list[RetroAction]:
    """Every action the team ever agreed on, by number."""
    wanted = select(RetroAction).where(RetroAction.team_id == team_id)
    return list(session.exec(wanted.order_by(col(RetroAction.number))))
