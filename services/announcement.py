"""Telling the team what was decided: one line in its channel, the evidence in the thread."""

from dataclasses import dataclass

from sqlmodel import Session

from models import outbox, people
from models.team import Team
from services.desk import Desk
from views.kit import Message


@dataclass(frozen=True)
class Place:
    """Where somebody wrote (a channel, for teams without one), and the key of their input."""

    key: str
    channel: str


def tell(here: Desk, key: str, *messages: Message, channel: str = "") -> bool:
    """Post the first message in the team's channel (else in `channel`), the others in its thread.

    False when there is no channel to post in: none is set, and the person wrote from a DM.
    """
    where = place(here.team, channel)
    if not where or not messages:
        return False
    here.post(key, where, messages[0])
    for count, message in enumerate(messages[1:], start=1):
        here.post(f"{key}:{count}", where, message, thread_of=key)
    return True


def place(theirs: Team, channel: str) -> str:
    """The team's channel, else the one somebody wrote in unless it is a DM."""
    return theirs.team_channel or ("" if channel.startswith(("D", "U")) else channel)


def told(session: Session, key: str) -> str:
    """The text of the public message with that key, or "" when nothing was said."""
    row = outbox.find(session, key)
    return str(row.payload.get("text", "")) if row else ""


def places(here: Desk) -> list[str]:
    """Where leads hear of drafts: their channel, else each of them by direct message."""
    if here.team.leads_channel:
        return [here.team.leads_channel]
    return people.leads(here.session, here.team)
