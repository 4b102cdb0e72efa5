"""Being away: noted, ended, listed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core import calendar
from core.errors import NotFound, Refused
from core.standups import absence as rules
from core.standups.absence import Away, DaySpan
from models import form_draft, people
from models.standups import absence as table
from models.standups.absence import Absence
from services import standing
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
            everywhere = replace(away, asks=_asks(roster.desks(here, said.user), said.user))
            here.post(f"away:{said.user}:{key}", said.user, view.told(everywhere))
        return away, new


def keep(here: Desk, user_id: str, span: DaySpan, *, reason: str, by: str) -> tuple[Away, bool]:
    """Keep an absence, joined with what is known; open rounds of all their teams follow it."""
    everywhere = roster.desks(here, user_id)
    if not people.teams_of(here.session, here.team.workspace, user_id):
        teams.member(here.session, here.team, user_id, now=here.now)
    today = today_of(here, user_id)
    known = {_span(row): row for row in _of(here, user_id, today)}
    stands, taken = rules.join(span, list(known), today)
    reasons = [known[old].reason for old in taken if known[old].reason]
    reason = reason or next(iter(reasons), "")
    same = taken == [stands] and known[stands].reason == reason
    for old in taken:
        here.session.delete(known[old])
    row = Absence(
        workspace=here.team.workspace, user_id=user_id, first_day=stands.first,
        last_day=stands.last, reason=reason, noted_by=by,
    )  # fmt: skip
    here.session.add(row)
    here.session.flush()
    for theirs in everywhere:
        roster.follow(theirs)
    return _value(here, row, everywhere if user_id == by else [here]), not same


def end(lab: Lab, team_id: int, user_id: str, *, by: str, key: str) -> Away:
    """End the absence that runs, or call off the next planned one; as it was.

    Whose it was hears of it from somebody else, once per key.

    Past days stay as they were. Raises NotAllowed, NotFound (not away, nothing planned).
    """
    with desk(lab, team_id, lock=False) as here:
        require(here, user_id, by)
        everywhere = roster.desks(here, user_id)
        today = today_of(here, user_id)
        found = _of(here, user_id, today)
        if not found:
            who = "You are" if by == user_id else f"{here.name(user_id)} is"
            raise NotFound(f"{who} not away, and nothing is planned.", "`/standup ooo` lists all.")
        row = found[0]
        was = _value(here, row, [])
        running = row.first_day <= today
        if row.first_day < today:
            row.last_day = today - timedelta(days=1)
        else:
            here.session.delete(row)
        here.session.flush()
        for theirs in everywhere:
            roster.follow(theirs)
        was = replace(was, running=running, asks=_asks(everywhere, user_id))
        if user_id != by:
            here.post(f"away:{user_id}:{key}", user_id, view.ended_told(was, here.name(by)))
            was = replace(was, asks=_asks([here], user_id))
        return was


def every(lab: Lab, team_id: int) -> list[Away]:
    """Who is away now or will be, the first to go first."""
    with desk(lab, team_id, lock=False) as here:
        theirs, since = here.people.by_id, here.now.date()
        rows = table.of_people(here.session, here.team.workspace, theirs, since)
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
        theirs = people.teams_of(here.session, here.team.workspace, user_id)
        if theirs and here.team_id not in theirs:
            who, where = here.name(user_id), standing.name_of(here.team)
            raise Refused(f"{who} is not in {where}.", "A lead of their team can do this.")


def _span(row: Absence) -> DaySpan:
    return DaySpan(row.first_day, row.last_day)


def _of(here: Desk, user_id: str, since: date) -> list[Absence]:
    return table.of_people(here.session, here.team.workspace, [user_id], since)


def _asks(teams_of_one: Sequence[Desk], user_id: str) -> tuple[tuple[str, date], ...]:
    found = [(standing.name_of(one.team), agenda.next_day(one, user_id)) for one in teams_of_one]
    return tuple((name, day) for name, day in found if day)


def _value(here: Desk, row: Absence, told: Sequence[Desk]) -> Away:
    return Away(
        user=row.user_id,
        name=here.name(row.user_id),
        span=_span(row),
        reason=row.reason,
        by=here.name(row.noted_by),
        asks=_asks(told, row.user_id),
    )
