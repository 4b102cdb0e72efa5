"""A conversation: what was wanted last, in which team, and what the message above is about."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core.assay.about import Id
from core.assay.follow import Before
from models import turn as table
from models.turn import Turn
from services.ports import Lab

FRESH = timedelta(minutes=30)  # `and 42?` goes on with what was said within that time
LASTS = timedelta(hours=4)  # a team that was chosen is meant that long


def before(lab: Lab, whose: tuple[str, str], place: tuple[str, str]) -> Before | None:
    """What that person wanted last at (channel, thread), while it is fresh. whose: workspace and
    person.
    """
    with lab.begin() as session:
        found = table.last(session, whose, place, lab.clock() - FRESH, wanting=True)
        return Before(found.intent, _about(found)) if found else None


def subject(lab: Lab, channel: str, thread_ts: str) -> Id | None:
    """What the answer in a DM, below which a thread stands, is about."""
    with lab.begin() as session:
        found = table.answered_at(session, channel, moment(thread_ts))
        return _about(found) if found else None


def team(session: Session, whose: tuple[str, str], place: tuple[str, str], now: datetime) -> int:
    """The team that this conversation is with, 0 for none."""
    found = table.last(session, whose, place, now - LASTS)
    return found.team_id if found else 0


def keep(lab: Lab, turn: Turn) -> None:
    """Keep what was wanted."""
    with lab.begin() as session:
        session.add(turn)


def moment(ts: str) -> datetime:
    """When a message of Slack was written; the beginning of time for what is no such thing."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _about(turn: Turn) -> Id | None:
    return (turn.letters, turn.number) if turn.number else None
