"""Everything Assay says in Slack, written in the transaction of the change it tells.

A row's `key` makes it happen once. `thread_of` and `target` name other rows by key: a reply
waits for its parent's ts, an edit for the post it edits, so nothing outside this table and
bot/poster.py ever handles a message ts.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select


class Outbox(SQLModel, table=True):
    """One call to Slack that must happen once.

    kind: post | picture | update | delete | react | home | ephemeral | profile | group |
    upload | permalink.
    state: pending | sending | sent | failed (will be tried again) | dead (never again).
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=255)
    workspace: str = Field(index=True)
    kind: str = "post"
    channel: str = ""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    thread_of: str = ""
    target: str = ""
    not_before: datetime | None = None
    created_at: datetime
    state: str = Field(default="pending", index=True)
    attempts: int = 0
    attempted_at: datetime | None = None
    lease_until: datetime | None = None
    claimed_by: str = ""
    slack_channel: str = ""
    slack_ts: str = Field(default="", index=True)
    error: str = ""


def find(session: Session, key: str) -> Outbox | None:
    """The row with that key, or None."""
    return session.exec(select(Outbox).where(Outbox.key == key)).first()


def keys(session: Session, prefix: str) -> list[str]:
    """The keys that begin so, oldest first."""
    wanted = select(Outbox.key).where(col(Outbox.key).startswith(prefix, autoescape=True))
    return list(session.exec(wanted.order_by(col(Outbox.id))))


def add(session: Session, row: Outbox) -> bool:
    """Keep the row unless its key is there already; True when it is new."""
    if find(session, row.key):
        return False
    session.add(row)
    session.flush()
    return True


def renew(session: Session, row: Outbox) -> None:
    """Keep the row, or give the earlier one with its key the new payload and send it (again).

    Only for calls that may be repeated with the same effect: update, home, profile, group.
    """
    earlier = find(session, row.key)
    if earlier is None:
        session.add(row)
    else:
        earlier.payload, earlier.state = row.payload, "pending"
        earlier.not_before, earlier.created_at = row.not_before, row.created_at
        earlier.attempts, earlier.error, earlier.claimed_by = 0, "", ""
    session.flush()


def said_at(session: Session, channel: str, ts: str) -> Outbox | None:
    """The row whose message stands at that place in Slack, or None."""
    return session.exec(
        select(Outbox).where(
            Outbox.slack_ts == ts, Outbox.slack_channel == channel, Outbox.kind == "post"
        )
    ).first()


def withdraw(session: Session, prefix: str) -> int:
    """Drop pending rows whose key begins so (their occasion has passed); how many went."""
    rows = session.exec(
        select(Outbox).where(col(Outbox.key).startswith(prefix), Outbox.state == "pending")
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def unsent(session: Session) -> int:
    """How many rows are still to be sent."""
    waiting = select(Outbox.id).where(col(Outbox.state).in_(["pending", "sending", "failed"]))
    return len(session.exec(waiting).all())
