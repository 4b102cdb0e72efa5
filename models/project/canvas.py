"""The project canvas: every version of it."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class Canvas(Row, table=True):
    """One version of a team's canvas; the highest number holds. texts: its fields as typed."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    texts: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON))
    by: str
    at: datetime


def newest(session: Session, team_id: int) -> Canvas | None:
    """The version that holds, or None before the first."""
    wanted = select(Canvas).where(Canvas.team_id == team_id)
    return session.exec(wanted.order_by(col(Canvas.number).desc()).limit(1)).first()


def version(session: Session, team_id: int, number: int) -> Canvas | None:
    """That version, or None."""
    wanted = select(Canvas).where(Canvas.team_id == team_id, Canvas.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Canvas]:
    """Every version, oldest first."""
    wanted = select(Canvas).where(Canvas.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Canvas.number))))
