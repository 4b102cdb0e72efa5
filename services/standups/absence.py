"""Being away: noted, ended, listed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core import calendar
from core.errors import NotFound, Refused
from core.standups import absence as rules
from core.standups.absence import Away, Span
from models import team as people
from models.standups import absence as table
from models.standups.absence import Absence
from services import form_draft
from services import team as teams
from services.ports import Lab
from services.standups import agenda, roster
from services.standups.desk import Desk, Words, sit_down

FORM = "absence"


@dataclass(frozen=True)
class Note:
    """That somebody is away: the days, as typed, and a reason after them. by: who says so."""

    user: str
    text: str
    by: str


def offer(lab: Lab, workspace: str, user_id: str, words: Words) -> tuple[date, dict[str, Any]]:
    """The day it is where that person lives, and what they typed into the form before."""
    with sit_down(lab, workspace, words) as desk:
        return today_of(desk, user_id), form_draft.offer(desk.session, workspace, user_id, FORM)


def note(lab: Lab, workspace: str, said: Note, words: Words) -> tuple[Away, bool]:
    """Note an absence; False when it was known.

    Raises NotAllowed (only leads for others), Refused (no days in it, or not these).
    """
    with sit_down(lab, workspace, words) as desk:
        require(desk, said.user, said.by)
        span, reason = rules.read(said.text, today_of(desk, said.user))
        form_draft.forget(desk.session, workspace, said.by, FORM)
        return keep(desk, said.user, span, reason=reason, by=said.by)


def keep(desk: Desk, user_id: str, span: Span, *, reason: str, by: str) -> tuple[Away, bool]:
    """Keep an absence, joined with what is known, and let open rounds follow it."""
    team_id = desk.team.id or 0
    people.hold(desk.session, team_id)
    teams.member(desk.session, desk.team, user_id, now=desk.now)
    today = today_of(desk, user_id)
    known = {_span(row): row for row in table.of_person(desk.session, team_id, user_id, today)}
    stands, taken = rules.join(span, list(known), today)
    reasons = [known[old].reason for old in taken if known[old].reason]
    reason = reason or next(iter(reasons), "")
    same = taken == [stands] and known[stands].reason == reason
    for old in taken:
        desk.session.delete(known[old])
    row = Absence(
        team_id=team_id, user_id=user_id, first_day=stands.first, last_day=stands.last,
        reason=reason, noted_by=by,
    )  # fmt: skip
    desk.session.add(row)
    desk.session.flush()
    roster.follow(desk)
    return _value(desk, row), not same


def end(lab: Lab, workspace: str, user_id: str, words: Words, *, by: str) -> Away:
    """End the absence that runs, or call off the next planned one; as it was.

    Past days stay as they were. Raises NotAllowed, NotFound (not away, nothing planned).
    """
    with sit_down(lab, workspace, words) as desk:
        require(desk, user_id, by)
        people.hold(desk.session, desk.team.id or 0)
        today = today_of(desk, user_id)
        found = table.of_person(desk.session, desk.team.id or 0, user_id, today)
        if not found:
            who = "You are" if by == user_id else f"{desk.name(user_id)} is"
            raise NotFound(f"{who} not away, and nothing is planned.", "`/standup ooo` lists all.")
        row = found[0]
        was = _value(desk, row)
        running = row.first_day <= today
        if row.first_day < today:
            row.last_day = today - timedelta(days=1)
        else:
            desk.session.delete(row)
        desk.session.flush()
        roster.follow(desk)
        return replace(was, running=running, next_on=agenda.next_day(desk, user_id))


def every(lab: Lab, workspace: str, words: Words) -> list[Away]:
    """Who is away now or will be, the first to go first."""
    with sit_down(lab, workspace, words) as desk:
        rows = table.of_team(desk.session, desk.team.id or 0, desk.now.date())
        return [
            Away(row.user_id, desk.name(row.user_id), _span(row), row.reason)
            for row in rows
            if row.last_day >= today_of(desk, row.user_id)
        ]


def today_of(desk: Desk, user_id: str) -> date:
    """The date where that person lives."""
    zone = teams.zone_of(desk.session, desk.team, user_id)
    return calendar.local(desk.now, calendar.zone(zone)).date()


def require(desk: Desk, user_id: str, by: str) -> None:
    """Pass for oneself, and for leads. Raises NotAllowed, Refused (who has left)."""
    if user_id != by:
        teams.require_lead(desk.session, desk.team, by, "do this for somebody else")
        if not desk.is_here(user_id):
            raise Refused(f"{desk.name(user_id)} has left this workspace.")


def _span(row: Absence) -> Span:
    return Span(row.first_day, row.last_day)


def _value(desk: Desk, row: Absence) -> Away:
    return Away(
        user=row.user_id,
        name=desk.name(row.user_id),
        span=_span(row),
        reason=row.reason,
        by=desk.name(row.noted_by),
        next_on=agenda.next_day(desk, row.user_id),
    )
