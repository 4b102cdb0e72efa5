"""Webhooks of teams, and what is on its way to them."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, delete, func
from sqlmodel import Field, Session, col, select

from core.workspace.webhook import EVENTS
from models.row import Row


class Webhook(Row, table=True):
    """One address of a team. events: of core.workspace.webhook.EVENTS, with commas. secret: what
    it signs with. failures: tries that failed in a row. off_at, why: since when it sends nothing.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    url: str
    secret: str
    events: str
    created_by: str
    created_at: datetime
    failures: int = 0
    off_at: datetime | None = None
    why: str = ""


class HookEvent(Row, table=True):
    """One event for one webhook, once per key. state: pending | sent | dead."""

    __table_args__ = (
        UniqueConstraint("webhook_id", "key"),
        Index("ix_hookevent_due", "state", "next_at"),
    )

    team_id: int = Field(foreign_key="team.id", index=True)
    webhook_id: int = Field(foreign_key="webhook.id", index=True)
    key: str
    body: str
    at: datetime = Field(index=True)
    next_at: datetime
    tries: int = 0
    state: str = "pending"


def tell(
    session: Session, team_id: int, event: str, key: int | str, data: Mapping[str, Any]
) -> None:
    """Put what happened on its way to whoever of the team wants it, once per key, in the
    transaction it happens in.

    data: what it says; `at` in it is when it happened. Texts in it are people's own.
    """
    for hook in of_team(session, team_id):
        if hook.off_at is None and event in hook.events.split(","):
            send(session, hook, EVENTS[event], f"{event}:{key}", data)


def send(session: Session, hook: Webhook, kind: str, key: str, data: Mapping[str, Any]) -> None:
    """Put something on its way to one webhook, once per key."""
    wanted = select(HookEvent.id).where(HookEvent.webhook_id == hook.pk, HookEvent.key == key)
    if session.exec(wanted.limit(1)).first() is not None:
        return
    at: datetime = data["at"]
    told = {"type": kind, "timestamp": at.isoformat(), "data": data}
    body = json.dumps(told, ensure_ascii=False, default=_iso, allow_nan=False)
    row = HookEvent(
        team_id=hook.team_id, webhook_id=hook.pk, key=key, body=body, at=at, next_at=at
    )
    session.add(row)
    session.flush()


def _iso(day: date | datetime) -> str:
    return day.isoformat()


def of_team(session: Session, team_id: int) -> list[Webhook]:
    """The team's webhooks, oldest first."""
    wanted = select(Webhook).where(Webhook.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Webhook.number))))


def hold(session: Session, team_id: int, number: int) -> Webhook | None:
    """The webhook of that number, held until this transaction ends, or None."""
    wanted = select(Webhook).where(Webhook.team_id == team_id, Webhook.number == number)
    return session.exec(wanted.with_for_update(key_share=True)).first()


def due(session: Session, now: datetime, *, most: int) -> list[tuple[HookEvent, Webhook]]:
    """The oldest of each webhook that is to be sent now, held until this transaction ends.

    One of each, since what was undone may not overtake what it undoes.
    """
    waiting = (HookEvent.state == "pending", HookEvent.next_at <= now)
    oldest = select(func.min(HookEvent.id)).where(*waiting).group_by(col(HookEvent.webhook_id))
    wanted = select(HookEvent, Webhook).join(Webhook, col(Webhook.id) == col(HookEvent.webhook_id))
    wanted = wanted.where(col(HookEvent.id).in_(oldest), *waiting)
    wanted = wanted.where(col(Webhook.off_at).is_(None)).order_by(col(HookEvent.id))
    held = wanted.limit(most).with_for_update(skip_locked=True, of=HookEvent)
    return list(session.exec(held))


def drop(session: Session, row: Webhook) -> None:
    """Forget a webhook and what is on its way to it."""
    session.execute(delete(HookEvent).where(col(HookEvent.webhook_id) == row.pk))
    session.delete(row)
    session.flush()


def prune(session: Session, *, now: datetime, keep_days: int) -> int:
    """Forget what is older than that, sent or not; how many went."""
    old = now - timedelta(days=keep_days)
    gone = session.execute(delete(HookEvent).where(col(HookEvent.at) < old))
    return int(gone.rowcount)  # type: ignore[attr-defined]
