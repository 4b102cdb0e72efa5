"""Slack statuses that look away: asked about once, never acted on unasked."""

from dataclasses import dataclass
from datetime import date

from core import calendar
from core.errors import Refused
from core.standups.absence import Away, DaySpan
from core.standups.slack_status import SlackStatus, away_span
from models import people
from models.standups import absence as table
from models.standups import message
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import absence
from views.standups import absence as view


@dataclass(frozen=True)
class PersonStatus:
    """Somebody's status, as Slack has just told it."""

    user: str
    status: SlackStatus


def seen(lab: Lab, workspace: str, found: PersonStatus) -> bool:
    """Ask somebody in a running standup whose status looks away, once per status, however many
    teams ask them. True when they are asked now.
    """
    with lab.begin() as session:
        theirs = people.teams_of(session, workspace, found.user)
        asked = message.members_of(session, theirs, found.user)
        return bool(asked) and _seen(lab.within(session), min(asked), found)


def _seen(lab: Lab, team_id: int, found: PersonStatus) -> bool:
    user_id = found.user
    with desk(lab, team_id, lock=False) as here:
        zone = teams.zone_of(here.session, here.team, user_id)
        span = away_span(found.status, here.now, calendar.zone(zone))
        if span is None or _known(here, user_id, span):
            return False
        key = f"status:{team_id}:{user_id}:{found.status.mark}"
        return here.post(key, user_id, view.suggested(span))


def accept(lab: Lab, team_id: int, user_id: str, last: date) -> Away:
    """That person is away through that day, as their status suggested. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        today = absence.today_of(here, user_id)
        if last < today:
            raise Refused("That is over already.", "`/standup ooo until Friday` notes another.")
        away, _ = absence.keep(here, user_id, DaySpan(today, last), reason="", by=user_id)
        return away


def _known(here: Desk, user_id: str, span: DaySpan) -> bool:
    known = table.of_people(here.session, here.team.workspace, [user_id], span.first)
    return any(row.first_day <= span.first and span.last <= row.last_day for row in known)
