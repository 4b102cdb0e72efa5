"""Answers given before their round opens."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class Early(Row, table=True):
    """What somebody answers to the round of a coming date; it goes when the round takes it over.

    questions: as they were then. form: what was typed into the form, one per question. said:
    messages since, as {channel, ts, text}.
    """

    __table_args__ = (UniqueConstraint("standup_id", "user_id", "on"),)

    standup_id: int = Field(foreign_key="standup.id", index=True)
    user_id: str = Field(index=True)
    on: date
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    form: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    said: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    at: datetime


def find(session: Session, standup_id: int, user_id: str, on: date) -> Early | None:
    """What that person has answered for that date, or None."""
    wanted = select(Early).where(
        Early.standup_id == standup_id, Early.user_id == user_id, Early.on == on
    )
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def of_person(session: Session, user_id: str) -> list[Early]:
    """All that person has answered ahead, the next date first."""
    wanted = select(Early).where(Early.user_id == user_id)
    return list(session.exec(wanted.order_by(col(Early.on), col(Early.id))))


def waiting(session: Session, standup_id: int, on: date) -> list[Early]:
    """What a round of that date takes over: what was meant for it, or for one that never came."""
    wanted = select(Early).where(Early.standup_id == standup_id, Early.on <= on)
    return list(session.exec(wanted.order_by(col(Early.on), col(Early.id))))
