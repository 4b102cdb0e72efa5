"""Where people live: zone and country, followed or chosen."""

from datetime import date, timedelta

from core.standups import holiday
from core.standups.locale import Locale, zone_named
from core.text import clean
from models.standups import preference as table
from services import team as teams
from services.ports import Lab
from services.standups import absence, agenda, roster
from services.standups.desk import Desk, Words, sit_down

_YEAR_DAYS = 366


def look(lab: Lab, workspace: str, user_id: str, words: Words) -> Locale:
    """Where that person lives, as far as we know."""
    with sit_down(lab, workspace, words) as desk:
        return of(desk, user_id)


def set_zone(lab: Lab, workspace: str, said: absence.Note, words: Words) -> tuple[Locale, bool]:
    """Choose a zone (`auto`: Slack's again); False when it was that already.

    Raises NotAllowed (only leads for others), Refused (no such zone).
    """
    typed = clean(said.text)
    zone = "" if typed.casefold() == holiday.AUTO else zone_named(typed)
    with sit_down(lab, workspace, words) as desk:
        absence.require(desk, said.user, said.by)
        row = teams.member(desk.session, desk.team, said.user, now=desk.now)
        changed = row.zone_override != zone
        row.zone_override = zone
        desk.session.flush()
        if changed:
            roster.follow(desk)
        return of(desk, said.user), changed


def set_country(lab: Lab, workspace: str, said: absence.Note, words: Words) -> tuple[Locale, bool]:
    """Choose whose public holidays somebody has (`auto`: their zone's; `none`).

    False when it was that already. Raises NotAllowed, Refused (no such country or part).
    """
    country = holiday.known(said.text)
    with sit_down(lab, workspace, words) as desk:
        absence.require(desk, said.user, said.by)
        teams.member(desk.session, desk.team, said.user, now=desk.now)
        row = table.of_person(desk.session, desk.team.id or 0, said.user)
        changed = row.country != country
        row.country = country
        desk.session.add(row)
        desk.session.flush()
        if changed:
            roster.follow(desk)
        return of(desk, said.user), changed


def of(desk: Desk, user_id: str) -> Locale:
    """Where that person lives."""
    member = teams.member(desk.session, desk.team, user_id, now=desk.now)
    chosen = table.of_person(desk.session, desk.team.id or 0, user_id).country
    country = roster.call(desk, [user_id]).countries.get(user_id, "")
    coming = agenda.next_turn(desk, user_id)
    return Locale(
        user=user_id,
        name=desk.name(user_id),
        zone=teams.zone_of(desk.session, desk.team, user_id),
        own_zone=bool(member.zone_override),
        country="" if country == holiday.NONE else country,
        own_country=bool(chosen),
        holiday=_next_holiday(desk, user_id, country),
        next_on=coming[1] if coming else None,
        next_at=coming[0] if coming else None,
    )


def _next_holiday(desk: Desk, user_id: str, country: str) -> tuple[str, date] | None:
    today = absence.today_of(desk, user_id)
    days = (today + timedelta(days=n) for n in range(_YEAR_DAYS))
    return next(((name, day) for day in days if (name := holiday.name_of(country, day))), None)
