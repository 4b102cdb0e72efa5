"""Decisions on their way to the runs they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.team import Team
from models.tracking import decision as table
from models.tracking.decision import RunDecision
from models.tracking.run import Run
from models.tracking.tracker import Tracker
from services import announcement
from services.desk import Desk
from services.ports import Lab
from views.tracking import tracker as view

_LEASE = timedelta(seconds=120)  # what nobody told the outcome of by then is written again
_AGAIN = (30, 120, 600, 3600)  # seconds until the next try
_AT_ONCE = 20


@dataclass(frozen=True)
class Telling:
    """What is to be written to a run. at: when it was decided, which a newer decision changes."""

    key: int
    kind: str
    url: str
    source_id: str
    told: Mapping[str, str]
    at: datetime


def due(lab: Lab, now: datetime) -> list[Telling]:
    """What is to be written now, held for two minutes; with nothing due it only reads."""
    with lab.look() as session:
        if not table.is_any_due(session, now):
            return []
    with lab.begin() as session:
        found = []
        for row, run, tracker in table.due(session, now, most=_AT_ONCE):
            row.tries, row.next_at = row.tries + 1, now + _LEASE
            found.append(
                Telling(row.pk, tracker.kind, tracker.url, run.source_id, row.told, row.at)
            )
        return found


def done(lab: Lab, one: Telling, why: str, *, now: datetime) -> None:
    """It was written, or not because of that: tried five times, then the leads hear of it once."""
    with lab.begin() as session:
        row = session.get(RunDecision, one.key, with_for_update=True)
        if row is None or row.at != one.at or row.state != "pending":
            return  # another decision has taken its place
        if not why:
            row.state = "sent"
            return
        if row.tries <= len(_AGAIN):
            row.next_at = now + timedelta(seconds=_AGAIN[row.tries - 1])
            return
        row.state = "dead"
        run = session.get_one(Run, row.run_id)
        tracker = session.get_one(Tracker, run.tracker_id)
        here = Desk(session, session.get_one(Team, tracker.team_id), now, lab.policy)
        message = view.unwritten(tracker.as_value(), run.as_value(), why)
        for place in announcement.places(here):
            key = f"tracker:{tracker.pk}:unwritten:{int(row.at.timestamp())}:{place}"
            here.post(key, place, message)
