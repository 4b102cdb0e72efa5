"""Inputs that wait until their author has said which team they are for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, delete
from sqlmodel import Field, Session, col, select

from models.row import Row


class Pending(Row, table=True):
    """One input as it was read (fields of handlers.ask.Ask), kept until it can be answered."""

    workspace: str
    user_id: str
    at: datetime = Field(index=True)
    asked: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


def of_person(session: Session, workspace: str, user_id: str) -> list[Pending]:
    """What of theirs waits, oldest first."""
    wanted = select(Pending).where(Pending.workspace == workspace, Pending.user_id == user_id)
    return list(session.exec(wanted.order_by(col(Pending.id))))


def forget_before(session: Session, before: datetime) -> None:
    """Forget what nobody decided since then."""
    session.execute(delete(Pending).where(col(Pending.at) < before))
