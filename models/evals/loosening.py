"""A safety requirement that somebody wants looser or removed: asked for, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, col, select

from models import every
from models.row import Row


class Loosening(Row, table=True):
    """One request. parts: `before` and `after` (null: removed) as records of the definition.

    state: open | confirmed | declined | expired | void (the definition changed meanwhile).
    keys: outbox keys of the messages that ask.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    parts: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    asked_by: str
    asked_at: datetime
    state: str = Field(default="open", index=True)
    decided_by: str = ""
    decided_at: datetime | None = None
    keys: list[str] = Field(default_factory=list, sa_column=Column(JSON))


def open_of_team(session: Session, team_id: int) -> list[Loosening]:
    """The team's requests that nobody has decided, oldest first."""
    return every.of_each(
        session, "loosenings", team_id,
        lambda: list(session.exec(_OPEN.where(Loosening.team_id == team_id))),
        lambda: every.by(lambda row: row.team_id, session.exec(_OPEN)),
    )  # fmt: skip


_OPEN = select(Loosening).where(Loosening.state == "open").order_by(col(Loosening.id))
