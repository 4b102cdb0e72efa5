"""What cannot be sent: given up, or held until a channel is opened; and how leads hear of it."""

import logging
from datetime import datetime, timedelta

from sqlmodel import Session

from models import outbox as table
from models import team as teams
from models.outbox import Outbox
from services import say
from views.kit import Message

log = logging.getLogger(__name__)

HELD_FOR = timedelta(days=7)
LOOK_EVERY = timedelta(minutes=5)


def end(session: Session, row: Outbox, error: str) -> None:
    """It will never be sent; what belongs to it will not either."""
    row.state, row.error, row.lease_until = "dead", error, None
    table.free(session, row.key)


def bury(session: Session, row: Outbox, error: str, now: datetime) -> None:
    """The same, and one lead hears of it, once a day and channel."""
    end(session, row, error)
    log.error("outbox row %s is given up: %s", row.id, error)
    team = teams.of_workspace(session, row.workspace)
    if team is None or row.kind not in {"post", "upload"} or row.key.startswith("dead:"):
        return
    voice = say.Voice(session, row.workspace, now)
    for lead in teams.leads(session, team)[:1]:
        _tell(voice, f"dead:{row.channel}:{now.date()}", lead, _refusal(row.channel, error))


def hold(session: Session, row: Outbox, error: str, now: datetime) -> None:
    """Keep it a week and try it now and then; each lead hears once of the closed channel."""
    if now - row.created_at > HELD_FOR:
        bury(session, row, error, now)
        return
    first = table.hold(session, row, error, now + LOOK_EVERY)
    team = teams.of_workspace(session, row.workspace)
    text = (
        f"{_refusal(row.channel, error)} Nothing is lost: what I have to say there waits up to a "
        "week, and comes as soon as I can post."
    )
    voice = say.Voice(session, row.workspace, now)
    for lead in teams.leads(session, team) if team else ():
        _tell(voice, f"held:{row.channel}:{first}:{lead}", lead, text)


def _tell(voice: say.Voice, key: str, lead: str, text: str) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    voice.post(key, lead, Message(text, [block]))


def _refusal(channel: str, error: str) -> str:
    where = f"<@{channel}>" if channel.startswith(("U", "W")) else f"<#{channel}>"
    remedy = {
        "not_in_channel": "Invite me there with `/invite @Assay`.",
        "channel_not_found": "If it is private, invite me there with `/invite @Assay`; else "
        "choose it again with `/exp setup`.",
        "is_archived": "The channel is archived; choose another one with `/exp setup`.",
    }.get(error, "An admin can run `assay doctor` for the reason.")
    return f"I could not post to {where} ({error}). {remedy}"
