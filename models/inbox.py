"""Every input from Slack, once: written in the same transaction as its effect, before the ack."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, delete
from sqlmodel import Field, Session, SQLModel, col


class Inbox(SQLModel, table=True):
    """One input. `reply` answers a repeat; `body` is kept only when the input failed."""

    key: str = Field(primary_key=True, max_length=255)
    received_at: datetime = Field(index=True)
    kind: str
    workspace: str
    user_id: str
    state: str = "done"  # done | refused | failed
    reference: str = ""
    reply: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


def find(session: Session, key: str) -> Inbox | None:
    """The earlier input with that key, or None."""
    return session.get(Inbox, key)


def prune(session: Session, *, now: datetime, keep_days: int) -> int:
    """Forget inputs older than that, except failed ones; how many rows went."""
    old = col(Inbox.received_at) < now - timedelta(days=keep_days)
    gone = session.execute(delete(Inbox).where(old, col(Inbox.state) != "failed"))
    return int(gone.rowcount)  # type: ignore[attr-defined]
