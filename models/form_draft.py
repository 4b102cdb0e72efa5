"""What people typed into forms and did not send."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, delete
from sqlmodel import Field, Session, col, select

from models.row import Row


class Draft(Row, table=True):
    """What somebody typed into a form and did not send."""

    __table_args__ = (UniqueConstraint("team_id", "user_id", "form"),)

    team_id: int = Field(foreign_key="team.id")
    user_id: str
    form: str
    values: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    at: datetime


def hold(session: Session, team_id: int, user_id: str, form: str) -> Draft | None:
    """The same as `find`, held until this transaction ends: who comes second finds it gone."""
    wanted = select(Draft).where(
        Draft.team_id == team_id, Draft.user_id == user_id, Draft.form == form
    )
    held = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(held).first()


def hold_any(session: Session, user_id: str, form: str) -> Draft | None:
    """The same of whichever team: the form's name says it all."""
    wanted = select(Draft).where(Draft.user_id == user_id, Draft.form == form).limit(1)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(held).first()


def find(session: Session, team_id: int, user_id: str, form: str) -> Draft | None:
    """What that person left unsent in that form, or None."""
    return session.exec(
        select(Draft).where(Draft.team_id == team_id, Draft.user_id == user_id, Draft.form == form)
    ).first()


def forget_before(session: Session, prefix: str, before: datetime) -> None:
    """Forget what was kept before then for forms whose name begins so."""
    named = col(Draft.form).startswith(prefix, autoescape=True)
    session.execute(delete(Draft).where(named, col(Draft.at) < before))


def offer(session: Session, team_id: int, user_id: str, form: str) -> dict[str, Any]:
    """What that person left unsent in that form; empty when nothing."""
    row = find(session, team_id, user_id, form)
    return dict(row.values) if row else {}


def forget(session: Session, team_id: int, user_id: str, form: str) -> None:
    """The form was sent: its draft goes."""
    row = find(session, team_id, user_id, form)
    if row is not None:
        session.delete(row)
