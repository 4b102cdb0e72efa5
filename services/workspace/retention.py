"""How long answers and pushed inputs are kept: looked at, set after a dry run, done once a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from core.workspace import retention as rules
from core.workspace.retention import Retention
from models import occurrence
from models import team as teams
from models.team import Team
from models.workspace import retention as table
from services import policy, team
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from views.workspace import retention as view


def look(lab: Lab, team_id: int) -> Retention:
    """What holds."""
    with desk(lab, team_id, lock=False) as here:
        return _value(here)


def plan(lab: Lab, team_id: int, days: int, *, by: str) -> Retention:
    """What keeping answers for so many days (0: for ever) would forget; nothing is changed.

    Raises NotAllowed unless `by` is an admin.
    """
    with desk(lab, team_id, lock=False) as here:
        team.require_admin(here.session, here.team, by, "set how long answers are kept")
        before = _before(here.team, days, here.now) if days else None
        found = teams.ever_of(here.session, here.team.workspace) if days else ()
        counts = [table.count(here.session, t.pk, _before(t, days, here.now)) for t in found]
        return replace(_value(here), wanted=days, before=before, answers=sum(counts))


def choose(lab: Lab, team_id: int, days: int, *, by: str, key: str) -> tuple[Retention, bool]:
    """Keep answers of all teams for so many days from now on (0: for ever), and tell each team,
    once per key; False when that held already.

    Raises NotAllowed unless `by` is an admin, and Refused for a length nobody may set.
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "set how long answers are kept")
        days = rules.checked(days) if days else 0
        if not policy.change(here, by, retention_days=days):
            return _value(here), False
        space = team.workspace(session, theirs.workspace, now=now)
        space.retention_by = by
        space.retention_on = experiment.today_of(theirs, now).isoformat()
        session.flush()
        found = _value(here)
        for one in teams.of_workspace(session, space.slack_id):
            if one.team_channel:
                said = view.announced(found)
                here.at(one.pk).post(f"retention:{one.id}:{key}", one.team_channel, said)
        return found, True


def forget_daily(lab: Lab, now: datetime) -> int:
    """Forget what is over its time, each team once a (UTC) day; how many answers went."""
    with lab.begin() as session:
        spaces = [space for space in teams.installed(session) if space.retention_days]
        found = [
            (row.pk, space.retention_days)
            for space in spaces
            for row in teams.ever_of(session, space.slack_id)  # those at work no more, too
        ]
    return sum(_forget(lab, team_id, days, now) for team_id, days in found)


def _forget(lab: Lab, team_id: int, days: int, now: datetime) -> int:
    with desk(lab, team_id, now=now, lock=False) as here:
        session, theirs = here.session, here.team
        today = now.astimezone(UTC).date()
        if not occurrence.claim(session, "forget answers", str(team_id), today, now=now):
            return 0
        before = _before(theirs, days, now)
        table.forget_beside(session, team_id, before)
        copies = now - timedelta(days=lab.policy.inbox_keep_days)
        table.forget_copies(session, team_id, copies)
        table.forget_tracked(session, team_id, now - timedelta(days=days))
    gone = _all(lab, lambda session: table.forget_answers(session, team_id, before))
    since = now - timedelta(days=days)
    _all(lab, lambda session: table.forget_inputs(session, team_id, since))
    return gone


def _all(lab: Lab, forget: Callable[[Session], int]) -> int:
    """Some at a time: nobody waits long for a database that one can write to at a time."""
    gone, step = 0, 1
    while step:
        with lab.begin() as session:
            step = forget(session)
        gone += step
    return gone


def _before(theirs: Team, days: int, now: datetime) -> date:
    return experiment.today_of(theirs, now) - timedelta(days=days)


def _value(here: Desk) -> Retention:
    space = team.workspace(here.session, here.team.workspace, now=here.now)
    return Retention(space.retention_days, set_by=space.retention_by, set_on=space.retention_on)
