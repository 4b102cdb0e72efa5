"""Everything Assay says in Slack, written in the transaction of the change it tells.

A row's `key` makes it happen once. `thread_of` and `target` name other rows by key: a reply
waits for its parent's ts, an edit for the post it edits, so nothing outside this table and
bot/poster.py ever handles a message ts.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, func, update
from sqlmodel import Field, Session, col, select

from models.row import Row


class Outbox(Row, table=True):
    """One call to Slack that must happen once.

    kind: post | picture | update | delete | react | home | ephemeral | profile | group |
    upload | look (may the app write there?) | permalink.
    state: pending | sending | sent | failed (will be tried again) | dead (never again) |
    held: Slack takes nothing there for now (error says why; tried again at not_before), or it
    belongs to a row that is held (error: `waits for KEY`).
    """

    key: str = Field(unique=True, max_length=255)
    workspace: str = Field(index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")  # whose it is, if a team's
    kind: str = "post"
    channel: str = ""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    thread_of: str = ""
    target: str = ""
    not_before: datetime | None = None
    created_at: datetime
    state: str = Field(default="pending", index=True)
    attempts: int = 0
    lease_until: datetime | None = None
    claimed_by: str = ""
    slack_channel: str = ""
    slack_ts: str = Field(default="", index=True)
    error: str = ""


def find(session: Session, key: str) -> Outbox | None:
    """The row with that key, or None."""
    return session.exec(select(Outbox).where(Outbox.key == key)).first()


def payloads(session: Session, known: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What the rows with these keys say, by key."""
    wanted = select(Outbox.key, Outbox.payload).where(col(Outbox.key).in_(known))
    return {key: dict(payload) for key, payload in session.exec(wanted)}


def count(session: Session, known: Sequence[str]) -> int:
    """How many of those keys are there."""
    wanted = select(func.count(col(Outbox.id))).where(col(Outbox.key).in_(known))
    return session.exec(wanted).one()


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
    """Drop unsent rows whose key begins so (their occasion has passed); how many went."""
    unsaid = col(Outbox.state).in_(["pending", "failed", "held"])
    rows = session.exec(
        select(Outbox).where(col(Outbox.key).startswith(prefix, autoescape=True), unsaid)
    ).all()
    for row in rows:
        free(session, row.key)
        session.delete(row)
    session.flush()
    return len(rows)


def due_since(session: Session, workspace: str, since: datetime) -> list[Outbox]:
    """Unsent rows of the workspace that were due before then."""
    late = col(Outbox.not_before).is_(None) | (col(Outbox.not_before) < since)
    wanted = select(Outbox).where(Outbox.workspace == workspace, Outbox.created_at < since, late)
    return list(session.exec(wanted.where(col(Outbox.state).in_(["pending", "failed"]))))


def refused(session: Session, key: str) -> tuple[str, str]:
    """The channel that does not take the row with that key, and Slack's word for why; two "" when
    it stands there, or nothing is known against it.
    """
    return all_refused(session, [key]).get(key, ("", ""))


def all_refused(session: Session, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The same of several keys, by key; those that stand or are not known are left out."""
    wanted = select(Outbox).where(col(Outbox.key).in_(keys), Outbox.state != "sent")
    return {row.key: _refused(session, row) for row in session.exec(wanted)}


def _refused(session: Session, waiting: Outbox) -> tuple[str, str]:
    waiting = _awaited(session, waiting)
    row: Outbox | None = waiting
    if waiting.state not in ("held", "dead"):
        closed = _there(waiting.workspace, waiting.channel) & _closed()
        row = session.exec(select(Outbox).where(closed).order_by(col(Outbox.id)).limit(1)).first()
    return (row.channel, row.error) if row is not None else ("", "")


def try_again(session: Session, key: str, now: datetime) -> None:
    """Somebody wants the row with that key sent now: when it is held or dead it is tried again,
    and so is what it stands below.
    """
    row = find(session, key)
    while row is not None:
        row = _awaited(session, row)
        if row.state in ("held", "dead"):
            row.state, row.not_before = "held", now
        row = find(session, row.thread_of) if row.thread_of else None
    session.flush()


def hold(session: Session, row: Outbox, error: str, again: datetime) -> str:
    """Slack takes nothing of that kind in the row's channel: all such rows wait until `again`.

    A name for this closing of the channel: the oldest row that waits there, and since when.
    """
    row.state, row.error, row.not_before, row.lease_until = "held", error, again, None
    session.flush()
    theirs = _there(row.workspace, row.channel)
    alike = col(Outbox.kind) == row.kind
    unsaid = col(Outbox.state).in_(["pending", "failed"]) | _closed()
    change = {"state": "held", "error": error, "not_before": again}
    session.execute(update(Outbox).where(theirs, alike, unsaid).values(change))
    oldest = select(Outbox).where(theirs, _closed()).order_by(col(Outbox.id))
    first = session.exec(oldest.limit(1)).first() or row
    return f"{first.id}:{first.created_at.timestamp():.0f}"


def wait_for(row: Outbox, key: str) -> None:
    """The row belongs to one that is held: it is held with it, and freed with it."""
    row.state, row.error, row.not_before = "held", _waits_for(key), None


def free(session: Session, key: str) -> None:
    """What waited for the row with that key waits no longer."""
    waiting = (col(Outbox.state) == "held") & (col(Outbox.error) == _waits_for(key))
    session.execute(update(Outbox).where(waiting).values(state="pending", error=""))


def took(session: Session, row: Outbox) -> None:
    """Slack took the row: what waited for it, and what is alike and held there, may go."""
    free(session, row.key)
    alike = _there(row.workspace, row.channel) & _closed() & (col(Outbox.kind) == row.kind)
    change = {"state": "pending", "error": "", "not_before": None}
    session.execute(update(Outbox).where(alike).values(change))


def look_again(session: Session, workspace: str, channel: str, now: datetime) -> None:
    """Try at once what is held in that channel: the app was invited, or a lead says so."""
    closed = _there(workspace, channel) & _closed()
    session.execute(update(Outbox).where(closed).values(not_before=now))


def move(session: Session, workspace: str, channels: tuple[str, str], now: datetime) -> None:
    """What is held in the first channel goes to the second, but for what stands in a thread."""
    old, new = channels
    held = select(Outbox).where(_there(workspace, old), Outbox.state == "held")
    for row in session.exec(held):
        waits = row.error.startswith(_waits_for(""))
        named = row.thread_of or row.target
        over = find(session, named) if named else None
        if waits or over is None or not over.slack_ts:
            row.channel = new
            row.not_before = None if waits else now
    session.flush()


def _awaited(session: Session, row: Outbox) -> Outbox:
    """The row that keeps this one waiting, itself where Slack has refused none before it."""
    while row.error.startswith(_waits_for("")):
        before = find(session, row.error.removeprefix(_waits_for("")))
        if before is None:
            break
        row = before
    return row


def _waits_for(key: str) -> str:
    return f"waits for {key}"


def _there(workspace: str, channel: str) -> ColumnElement[bool]:
    return (col(Outbox.workspace) == workspace) & (col(Outbox.channel) == channel)


def _closed() -> ColumnElement[bool]:
    """Rows that Slack refused, not those that wait for another row."""
    waits = col(Outbox.error).startswith(_waits_for(""))
    return (col(Outbox.state) == "held") & ~waits
