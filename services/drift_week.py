"""The weekly drift report: Monday at nine in the team's zone, once, also after an outage."""

from collections.abc import Sequence
from datetime import date, datetime, time

from core import cadence, calendar
from core.drift_watch import Monday, Standing
from models import drift as table
from models import occurrence
from models import team as teams
from services import drift
from services.desk import Desk, Show, desk
from services.ports import Lab

KIND = "drift"
MONDAY, NINE = 0, time(9)
MOST_THREADS = 20


def workspaces(lab: Lab) -> list[str]:
    """The workspaces of all teams that watch a source and have a channel to be told in."""
    with lab.begin() as session:
        active = [team for team in teams.all_active(session) if team.team_channel]
        return [team.workspace for team in active if table.sources(session, team.id or 0)]


def publish(lab: Lab, workspace: str, show: Show) -> bool:
    """Post the team's report when one is due; True when this call did."""
    with desk(lab, workspace, show) as here:
        on = _due(here)
        if on is None:
            return False
        if not occurrence.claim(here.session, KIND, str(here.team_id), on, now=here.now):
            return False
        sources = drift.all_of(here.session, here.team)
        key = f"drift-week:{here.team_id}:{on}"
        here.post(key, here.team.team_channel, Monday(on, here.now, tuple(sources)))
        for seen in sources[:MOST_THREADS]:
            one = f"{key}:{seen.source.casefold()}"
            what = Standing(seen, here.now)
            here.post(one, here.team.team_channel, what, thread_of=key)
        return True


def _due(here: Desk) -> date | None:
    """The latest Monday since the first source, or None before the first."""
    sources: Sequence[table.DriftSource] = table.sources(here.session, here.team_id)
    since: datetime | None = min((source.created_at for source in sources), default=None)
    if since is None:
        return None
    where = calendar.zone(here.team.zone)
    due = cadence.firings(since, here.now, weekday=MONDAY, at=NINE, where=where)
    return due[-1] if due else None
