"""Slack statuses that look away: asked about once, never acted on unasked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core import calendar
from core.errors import Refused
from core.standups.absence import Away, Span
from core.standups.slack_status import Status, away_span
from models import team as people
from models.standups import absence as table
from models.standups import standup as standups
from services import team as teams
from services.ports import Lab
from services.standups import absence
from services.standups.desk import Desk, Words, sit_down
from views.kit import Message

Ask = Callable[[Span], Message]


@dataclass(frozen=True)
class Found:
    """Somebody's status, as Slack has just told it."""

    user: str
    status: Status


def seen(lab: Lab, workspace: str, found: Found, ask: Ask, words: Words) -> bool:
    """Ask somebody in a running standup whose status looks away, once per status.

    True when they are asked now.
    """
    user_id = found.user
    with sit_down(lab, workspace, words) as desk:
        team_id = desk.team.id or 0
        running = [s for s in standups.of_team(desk.session, team_id) if s.active]
        member = people.member(desk.session, team_id, user_id)
        if member is None or not any(user_id in standups.everyone(standup) for standup in running):
            return False
        zone = teams.zone_of(desk.session, desk.team, user_id)
        span = away_span(found.status, desk.now, calendar.zone(zone))
        if span is None or _known(desk, user_id, span):
            return False
        key = f"status:{team_id}:{user_id}:{found.status.mark}"
        return desk.voice.post(key, user_id, ask(span))


def accept(lab: Lab, workspace: str, user_id: str, last: date, words: Words) -> Away:
    """That person is away through that day, as their status suggested. Raises Refused."""
    with sit_down(lab, workspace, words) as desk:
        today = absence.today_of(desk, user_id)
        if last < today:
            raise Refused("That is over already.", "`/standup ooo until Friday` notes another.")
        away, _ = absence.keep(desk, user_id, Span(today, last), reason="", by=user_id)
        return away


def _known(desk: Desk, user_id: str, span: Span) -> bool:
    known = table.of_person(desk.session, desk.team.id or 0, user_id, span.first)
    return any(row.first_day <= span.first and span.last <= row.last_day for row in known)
