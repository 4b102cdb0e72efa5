"""What cannot be sent: given up, or held until a channel is opened; and how leads hear of it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from core.workspace.settings import CHANNELS
from models import outbox as table
from models import people
from models import team as teams
from models.outbox import Outbox
from models.standups import standup as standups
from models.team import Team
from services import say
from views import kit
from views.kit import Message

Place = tuple[str, str]  # a channel as it was chosen before, and now; "" for none

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
    team = session.get(Team, row.team_id) if row.team_id else None
    if team is None or row.kind not in {"post", "upload"} or row.key.startswith("dead:"):
        return
    voice = say.Voice(session, row.workspace, now, row.team_id)
    for lead in people.leads(session, team)[:1]:
        _tell(voice, f"dead:{row.channel}:{now.date()}", lead, kit.closed(row.channel, error))


def hold(session: Session, row: Outbox, error: str, now: datetime) -> None:
    """Keep it a week and try it now and then; each lead hears once of the closed channel."""
    if now - row.created_at > HELD_FOR:
        bury(session, row, error, now)
        return
    first = table.hold(session, row, error, now + LOOK_EVERY)
    text = (
        f"{kit.closed(row.channel, error)} Nothing is lost: what I have to say there waits up to "
        "a week, and comes as soon as I can post."
    )
    voice = say.Voice(session, row.workspace, now, row.team_id)
    for lead in _leads(session, row):
        _tell(voice, f"held:{row.channel}:{first}:{lead}", lead, text)


def rehouse(session: Session, team: Team, chosen: Sequence[Place], now: datetime) -> None:
    """Channels were chosen, each pair (before, now): what is held in the first goes to the second
    unless something else is said there, what is held in the second is tried, and it is looked at.
    """
    standing = [standup.channel for standup in standups.of_team(session, team.pk)]
    used = {*standing, *(getattr(team, use) for use in CHANNELS)}
    voice = say.Voice(session, team.workspace, now, team.pk)
    for before, after in chosen:
        if before and after and before not in used:
            table.move(session, team.workspace, (before, after), now)
        if after:
            table.look_again(session, team.workspace, after, now)
            voice.look(after)


def _leads(session: Session, row: Outbox) -> list[str]:
    """Who leads the team that speaks; for a portfolio, of every team that is read there."""
    if row.team_id:
        return people.leads(session, session.get_one(Team, row.team_id))
    there = [t for t in teams.of_workspace(session, row.workspace) if row.channel]
    read = [team for team in there if team.digest_channel == row.channel]
    return list(dict.fromkeys(lead for team in read for lead in people.leads(session, team)))


def _tell(voice: say.Voice, key: str, lead: str, text: str) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    voice.post(key, lead, Message(text, [block]))
