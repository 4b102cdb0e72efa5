"""Where people live: zone and country, followed or chosen."""

from datetime import date, timedelta

from core import holiday
from core.standups.locale import Locale, zone_named
from core.text import clean
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import absence, agenda, roster
from views.standups import locale as view

_YEAR_DAYS = 366


def look(lab: Lab, team_id: int, user_id: str) -> Locale:
    """Where that person lives, as far as we know."""
    with desk(lab, team_id, lock=False) as here:
        return of(here, user_id)


def set_zone(lab: Lab, team_id: int, said: absence.Note, key: str) -> tuple[Locale, bool]:
    """Choose a zone (`auto`: Slack's again); False when it was that already.

    Whose it is hears of it from somebody else, once per key.
    Raises NotAllowed (only leads for others), Refused (no such zone).
    """
    typed = clean(said.text)
    zone = "" if typed.casefold() == holiday.AUTO else zone_named(typed)
    with desk(lab, team_id, lock=False) as here:
        absence.require(here, said.user, said.by)
        row = teams.profile(here.session, here.team.workspace, said.user, now=here.now)
        changed = row.zone_override != zone
        row.zone_override = zone
        return _settled(here, said, changed, key)


def set_country(lab: Lab, team_id: int, said: absence.Note, key: str) -> tuple[Locale, bool]:
    """Choose whose public holidays somebody has (`auto`: their zone's; `none`).

    False when it was that already. Raises NotAllowed, Refused (no such country or part).
    """
    country = holiday.known(said.text)
    with desk(lab, team_id, lock=False) as here:
        absence.require(here, said.user, said.by)
        row = teams.profile(here.session, here.team.workspace, said.user, now=here.now)
        changed = row.country != country
        row.country = country
        return _settled(here, said, changed, key)


def _settled(here: Desk, said: absence.Note, changed: bool, key: str) -> tuple[Locale, bool]:
    """Let open rounds follow, and tell whose it is when somebody else changed it."""
    here.session.flush()
    if changed:
        for theirs in roster.desks(here, said.user):
            roster.follow(theirs)
    where = of(here, said.user)
    if changed and said.user != said.by:
        message = view.shown(where, to_self=True, changed=True, by=here.name(said.by))
        here.post(f"locale:{said.user}:{key}", said.user, message)
    return where, changed


def of(here: Desk, user_id: str) -> Locale:
    """Where that person lives."""
    teams.profile(here.session, here.team.workspace, user_id, now=here.now)
    person = here.people.get(user_id)
    country = roster.country_of(person, here.team)
    coming = agenda.next_turn(here, user_id)
    return Locale(
        user=user_id,
        name=here.name(user_id),
        zone=teams.zone_of(here.session, here.team, user_id),
        own_zone=bool(person.own_zone),
        country="" if country == holiday.NONE else country,
        own_country=bool(person.country),
        holiday=_next_holiday(here, user_id, country),
        next_on=coming[1] if coming else None,
        next_at=coming[0] if coming else None,
    )


def _next_holiday(here: Desk, user_id: str, country: str) -> tuple[str, date] | None:
    today = absence.today_of(here, user_id)
    days = (today + timedelta(days=n) for n in range(_YEAR_DAYS))
    return next(((name, day) for day in days if (name := holiday.name_of(country, day))), None)
