"""What happens is told to the webhooks of its team, in the transaction it happens in."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.experiments.experiment import CLOSED, Experiment
from core.workspace.webhook import EVENTS
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from models.team import Team
from models.workspace import webhook as table
from models.workspace.webhook import HookEvent, Webhook
from services import team as teams


def tell(
    session: Session, team_id: int, event: str, key: int | str, data: Mapping[str, Any]
) -> None:
    """Put the event on its way to whoever wants it, once per key.

    data: what it says; `at` in it is when it happened. Texts in it are people's own.
    """
    for hook in table.listening(session, team_id):
        if event in hook.events.split(","):
            send(session, hook, EVENTS[event], f"{event}:{key}", data)


def send(session: Session, hook: Webhook, kind: str, key: str, data: Mapping[str, Any]) -> None:
    """Put something on its way to one webhook, once per key."""
    if table.is_told(session, hook.pk, key):
        return
    at: datetime = data["at"]
    told = {"type": kind, "timestamp": at.isoformat(), "data": data}
    body = json.dumps(told, ensure_ascii=False, default=str, allow_nan=False)
    session.add(
        HookEvent(team_id=hook.team_id, webhook_id=hook.pk, key=key, body=body, at=at, next_at=at)
    )
    session.flush()


def decided(
    session: Session, row: Row, before: Experiment, after: Experiment, made: Change
) -> None:
    """Tell that a ticket was killed, promoted, or is open again."""
    if before.stage == after.stage or not {before.stage, after.stage} & set(CLOSED):
        return
    word = {"killed": "killed", "production": "promoted"}.get(after.stage, "reopened")
    team = session.get_one(Team, row.team_id)
    who = teams.name_of(session, team, made.who)
    data = {"experiment": after.id, "title": after.title, "decision": word, "by": who,
            "at": made.at, "learnings": after.learnings}  # fmt: skip
    tell(session, row.team_id, "decided", made.pk, data)
