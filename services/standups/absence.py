"""Being away: noted, ended, listed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core import calendar
from core.errors import NotFound, Refused
from core.standups import absence as rules
from core.standups.absence import Away, DaySpan
from models import form_draft
from models import team as people
from models.standups import absence as table
from models.standups.absence import Absence
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda, roster
from views.standups import absence as view

FORM = "absence"


@dataclass(frozen=True)
class Note:
    """That somebody is away: the days, as typed, and a reason after them. by: who says so."""

    user: str
    text: str
    by: str


def offer(lab: Lab, team_id: int, user_id: str) -> tuple[date, dict[str, Any]]:
    """The day it is where that person lives, and what they typed into the form before."""
    with desk(lab, team_id, lock=False) as here:
        return today_of(here, user_id), form_draft.offer(here.session, team_id, user_id, FORM)


def note(lab: Lab, team_id: int, said: Note, *, key: str) -> tuple[Away, bool]:
    """Note an absence, and tell who did not note it themselves, once per key; False when it was
    known.

    Raises NotAllowed (only leads for others), Refused (no days in it, or not these).
    """
    with desk(lab, team_id, lock=False) as here:
        require(here, said.user, said.by)
        span, reason = rules.read(said.text, today_of(here, said.user))
        form_draft.forget(here.session, team_id, said.by, FORM)
        away, new = keep(here, said.user, span, reason=reason, by=said.by)
        if new and said.user != said.by:
            here.post(f"away:{said.user}:{key}", said.user, view.told(away))
        return away, new


def keep(here: Desk, user_id: str, span: DaySpan, *, reason: str, by: str) -> tuple[Away, bool]:
    """Keep an absence, joined with what is known, and let open rounds follow it."""
    team_id = here.team_id
    people.hold(here.session, team_id)
    teams.member(here.session, here.team, user_id, now=here.now)
    today = today_of(here, user_id)
    known = {_span(row): row for row in table.of_person(here.session, team_id, user_id, today)}
    stands, taken = rules.join(span, list(known), today)
    reasons = [known[old].reason for old in taken if known[old].reason]
    reason = reason or next(iter(reasons), "")
    same = taken == [stands] and known[stands].reason == reason
    for old in taken:
        here.session.delete(known[old])
    row = Absence(
        team_id=team_id, user_id=user_id, first_day=stands.first, last_day=stands.last,
        reason=reason, noted_by=by,
    )  # fmt: skip
    here.session.add(row)
    here.session.flush()
    roster.follow(here)
    return _value(here, row), not same


def end(lab: Lab, team_id: int, user_id: str, *, by: str, key: str) -> Away:
    """End the absence that runs, or call off the next planned one; as it was.

    Whose it was hears of it from somebody else, once per key.

    Past days stay as they were. Raises NotAllowed, NotFound (not away, nothing planned).
    """
    with desk(lab, team_id, lock=False) as here:
        require(here, user_id, by)
        people.hold(here.session, here.team_id)
        today = today_of(here, user_id)
        found = table.of_person(here.session, here.team_id, user_id, today)
        if not found:
            who = "You are" if by == user_id else f"{here.name(user_id)} is"
            raise NotFound(f"{who} not away, and nothing is planned.", "`/standup ooo` lists all.")
        row = found[0]
        was = _value(here, row)
        running = row.first_day <= today
        if row.first_day < today:
            row.last_day = today - timedelta(days=1)
        else:
            here.session.delete(row)
        here.session.flush()
        roster.follow(here)
        was = replace(was, running=running, next_on=agenda.next_day(here, user_id))
        if user_id != by:
            here.post(f"away:{user_id}:{key}", user_id, view.ended_told(was, here.name(by)))
        return was


def every(lab: Lab, team_id: int) -> list[Away]:
    """Who is away now or will be, the first to go first."""
    with desk(lab, team_id, lock=False) as here:
        rows = table.of_team(here.session, here.team_id, here.now.date())
        return [
            Away(row.user_id, here.name(row.user_id), _span(row), row.reason)
            for row in rows
            if row.last_day >= today_of(here, row.user_id)
        ]


def today_of(here: Desk, user_id: str) -> date:
    """The date where that person lives."""
    zone = teams.zone_of(here.session, here.team, user_id)
    return calendar.local(here.now, calendar.zone(zone)).date()


def require(here: Desk, user_id: str, by: str) -> None:
    """Pass for oneself, and for leads. Raises NotAllowed, Refused (who has left)."""
    if user_id != by:
        teams.require_lead(here.session, here.team, by, "do this for somebody else")
        if not here.is_here(user_id):
            raise Refused(f"{here.name(user_id)} has left this workspace.")


def _span(row: Absence) -> DaySpan:
    return DaySpan(row.first_day, row.last_day)


def _value(here: Desk, row: Absence) -> Away:
    return Away(
        user=row.user_id,
        name=here.name(row.user_id),
        span=_span(row),
        reason=row.reason,
        by=here.name(row.noted_by),
        next_on=agenda.next_day(here, row.user_id),
    )
