"""How long standup answers are kept: looked at, set after a dry run, carried out once a day."""

from datetime import UTC, date, datetime, timedelta

from core.workspace import retention as rules
from core.workspace.retention import Retention
from models import occurrence
from models import team as people
from models.team import Team
from models.workspace import retention as table
from models.workspace.audit import TeamEvent
from services import team
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from views.workspace import retention as view

_DAYS = "retention_days"  # as the audit names it


def look(lab: Lab, team_id: int) -> Retention:
    """What holds."""
    with desk(lab, team_id, lock=False) as here:
        return _value(here.team)


def plan(lab: Lab, team_id: int, days: int, *, by: str) -> Retention:
    """What keeping answers for so many days (0: for ever) would forget; nothing is changed.

    Raises NotAllowed unless `by` is an admin.
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "set how long answers are kept")
        before = _before(theirs, days, now) if days else None
        answers = table.count(session, here.team_id, before) if before else 0
        return _value(theirs, wanted=days, before=before, answers=answers)


def choose(lab: Lab, team_id: int, days: int, *, by: str, key: str) -> tuple[Retention, bool]:
    """Keep answers for so many days from now on (0: for ever), and tell the team, once per key;
    False when that held already.

    Raises NotAllowed unless `by` is an admin, and Refused for a length nobody may set.
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "set how long answers are kept")
        days = rules.checked(days) if days else 0
        before = theirs.chosen.retention_days
        if days == before:
            return _value(theirs), False
        today = experiment.today_of(theirs, now)
        made = TeamEvent(team_id=here.team_id, at=now, who=by, what="setting", subject=_DAYS)
        made.before, made.after = str(before), str(days)
        session.add(made)
        theirs.choose(retention_days=days, retention_by=by, retention_on=today.isoformat())
        found = _value(theirs)
        if theirs.team_channel:
            here.post(f"retention:{key}", theirs.team_channel, view.announced(found))
        return found, True


def forget_daily(lab: Lab, now: datetime) -> int:
    """Forget what is over its time, each team once a (UTC) day; how many answers went."""
    with lab.begin() as session:
        found = [row.id for row in people.all_active(session) if row.chosen.retention_days]
    return sum(_forget(lab, team_id or 0, now) for team_id in found)


def _forget(lab: Lab, team_id: int, now: datetime) -> int:
    with desk(lab, team_id, now=now, lock=False) as here:
        session, theirs = here.session, here.team
        today = now.astimezone(UTC).date()
        if not occurrence.claim(session, "forget answers", str(team_id), today, now=now):
            return 0
        before = _before(theirs, theirs.chosen.retention_days, now)
        table.forget_beside(session, team_id, before)
        copies = now - timedelta(days=lab.policy.inbox_keep_days)
        table.forget_copies(session, team_id, copies)
    gone, step = 0, 1
    while step:  # some at a time: nobody waits long for a database that one can write to at a time
        with lab.begin() as session:
            step = table.forget_answers(session, team_id, before)
        gone += step
    return gone


def _before(theirs: Team, days: int, now: datetime) -> date:
    return experiment.today_of(theirs, now) - timedelta(days=days)


def _value(
    theirs: Team, *, wanted: int | None = None, before: date | None = None, answers: int = 0
) -> Retention:
    kept = theirs.chosen
    return Retention(
        days=kept.retention_days,
        wanted=wanted,
        before=before,
        answers=answers,
        set_by=kept.retention_by,
        set_on=kept.retention_on,
    )
