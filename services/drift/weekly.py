"""The weekly drift report: Monday at nine in the team's zone, once, also after an outage."""

from datetime import date, datetime, time

from sqlmodel import Session

from core import calendar
from core.drift.source import Monday
from models import occurrence
from models import team as teams
from models.drift import drift as table
from models.team import Team
from services.desk import desk
from services.drift import drift
from services.ports import Lab
from views.drift import drift as view

KIND = "drift"
MONDAY, NINE = 0, time(9)
MOST_THREADS = 20


def workspaces(lab: Lab, now: datetime) -> list[str]:
    """The workspaces of the teams whose report is due and that have a channel for it."""
    with lab.begin() as session:
        return [team.workspace for team in teams.all_active(session) if _due(session, team, now)]


def publish(lab: Lab, workspace: str) -> bool:
    """Post the team's report when it is due; True when this call did."""
    with desk(lab, workspace) as here:
        on = _due(here.session, here.team, here.now)
        if on is None:
            return False
        occurrence.claim(here.session, KIND, str(here.team_id), on, now=here.now)
        sources = drift.all_of(here.session, here.team)
        key = f"drift-week:{here.team_id}:{on}"
        here.post(key, here.team.team_channel, view.monday(Monday(on, here.now, tuple(sources))))
        for seen in sources[:MOST_THREADS]:
            one = f"{key}:{seen.source.casefold()}"
            said = view.standing(seen, here.now)
            here.post(one, here.team.team_channel, said, thread_of=key)
        return True


def _due(session: Session, team: Team, now: datetime) -> date | None:
    """The latest Monday since the first source, if nobody has reported on it."""
    since = table.watched_since(session, team.pk)
    if since is None or not team.team_channel:
        return None
    where = calendar.zone(team.zone)
    due = calendar.firings(since, now, weekday=MONDAY, at=NINE, where=where)
    if not due or occurrence.done(session, KIND, str(team.pk), due[-1]):
        return None
    return due[-1]
