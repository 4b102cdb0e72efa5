"""What only leads see on their Home tab."""

from datetime import datetime, time

from sqlmodel import Session

from core import calendar
from core.home import Digest, Leading, Planned
from models import digest as digests
from models import proposal as proposals
from models import standup as standups
from models.team import Team
from services import agenda, digest, evaloverride, onboarding, proposal, request
from services.standup_desk import Desk

PROPOSALS = 5  # shown with their reasons and buttons; the rest is counted


def read(desk: Desk) -> Leading:
    """What waits for the leads, and how the team is set up."""
    session, theirs, now = desk.session, desk.team, desk.now
    assert theirs.id is not None
    asked = [row for row in proposals.open_of_team(session, theirs.id) if row.action != "warn"]
    awake = [row for row in asked if row.snoozed_until is None or row.snoozed_until <= now]
    return Leading(
        waiting=[proposal.pending(session, theirs, row, now) for row in awake[:PROPOSALS]],
        unshown=max(0, len(awake) - PROPOSALS),
        snoozed=len(asked) - len(awake),
        requests=request.open_of_team(session, theirs),
        overrides=evaloverride.open_of_team(session, theirs),
        standups=_standups(desk),
        digest=_digest(session, theirs, now),
        onboarding=onboarding.card(desk),
    )


def _standups(desk: Desk) -> list[Planned]:
    found = []
    for row in standups.of_team(desk.session, desk.team.id or 0):
        coming = agenda.next_of(desk, row) if row.active else None
        here = agenda.zones_of(desk, row)
        next_on = coming.on if coming else None
        found.append(Planned(row.name, row.channel, len(here), next_on, row.active))
    return found


def _digest(session: Session, theirs: Team, now: datetime) -> Digest:
    weekday, hour = digest.rhythm(theirs)
    at = calendar.next_time(now, time(hour), calendar.zone(theirs.zone), (weekday,))
    last = digests.last_of(session, theirs.id or 0)
    notes = digests.open_notes(session, theirs.id or 0)
    return Digest(at, theirs.digest_channel, len(notes), last.on if last else None)
