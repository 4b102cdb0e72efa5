"""Inputs kept once, with the answer they got."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from models import inbox as table
from models import occurrence, pending, turn
from models.inbox import Inbox
from services.ports import Lab


@dataclass(frozen=True)
class Input:
    """What identifies an input: its dedupe key, when, what, from where, by whom."""

    key: str
    received_at: datetime
    kind: str
    workspace: str
    user_id: str


def answered(session: Session, key: str) -> dict[str, Any] | None:
    """The answer an earlier input with that key got (maybe empty), or None when it is new."""
    row = table.find(session, key)
    if row is None:
        return None
    return row.reply if isinstance(row.reply, dict) else {}


def keep(session: Session, given: Input) -> Inbox:
    """Write the row at once: a twin arriving now waits for us, or fails and reads our answer."""
    row = Inbox(**vars(given))
    session.add(row)
    session.flush()
    return row


def keep_refused(lab: Lab, given: Input, reply: dict[str, Any]) -> None:
    """Keep an input whose effect was rolled back because it was refused."""
    with lab.begin() as session:
        if table.find(session, given.key) is None:
            row = keep(session, given)
            row.state, row.reply = "refused", reply


def keep_failed(
    lab: Lab, given: Input, reply: dict[str, Any], *, reference: str, body: dict[str, Any]
) -> None:
    """Keep an input that we failed on, with all that was typed."""
    with lab.begin() as session:
        if table.find(session, given.key) is None:
            row = keep(session, given)
            row.state, row.reply, row.reference, row.body = "failed", reply, reference, body


def prune_daily(lab: Lab, now: datetime) -> int:
    """Forget old inputs, once a (UTC) day; how many went."""
    with lab.begin() as session:
        if not occurrence.claim(session, "prune", "inbox", now.astimezone(UTC).date(), now=now):
            return 0
        pending.forget_before(session, now - timedelta(days=lab.policy.inbox_keep_days))
        turn.forget_before(session, now - timedelta(days=lab.policy.inbox_keep_days))
        return table.prune(session, now=now, keep_days=lab.policy.inbox_keep_days)
