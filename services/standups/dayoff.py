"""Days on which the whole team is off."""

from core.errors import NotFound, Refused
from core.standups import absence as rules
from core.standups.absence import DaySpan, Off
from models import team as people
from models.standups import absence as table
from models.standups.absence import DayOff
from services import announcement
from services import team as teams
from services.announcement import Place
from services.desk import desk
from services.ports import Lab
from services.standups import absence, roster
from services.standups.absence import Note
from views.standups import dayoff as view

_LIST = "`/standup off list` shows them."


def add(lab: Lab, team_id: int, said: Note, place: Place) -> Off:
    """Give the team the days off that the text begins with, and say so, once per key.

    Raises NotAllowed, Refused (no days in it, or these are off already).
    """
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, said.by, "set days off")
        people.hold(here.session, here.team_id)
        today = absence.today_of(here, said.by)
        span, name = rules.read(said.text, today)
        known = table.days_off(here.session, here.team_id, today)
        if any((row.first_day, row.last_day) == (span.first, span.last) for row in known):
            raise Refused("Those days are off already.", _LIST)
        here.session.add(
            DayOff(
                team_id=here.team_id,
                first_day=span.first,
                last_day=span.last,
                name=name,
            )
        )
        here.session.flush()
        roster.follow(here)
        off = Off(span, name, here.name(said.by))
        announcement.tell(here, f"dayoff:{place.key}", view.added(off), channel=place.channel)
        return off


def remove(lab: Lab, team_id: int, said: Note, place: Place) -> Off:
    """Take back the days off that hold the day named; they are asked for again from then on.
    It is said, once per key.

    Raises NotAllowed, NotFound, Refused (no day in it).
    """
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, said.by, "remove days off")
        people.hold(here.session, here.team_id)
        today = absence.today_of(here, said.by)
        day = rules.read(said.text, today)[0].last
        rows = table.days_off(here.session, here.team_id, today)
        row = next((r for r in rows if DaySpan(r.first_day, r.last_day).covers(day)), None)
        if row is None:
            raise NotFound(f"{day} is not a day off.", _LIST)
        found = Off(DaySpan(row.first_day, row.last_day), row.name, here.name(said.by))
        if row.first_day < today:
            raise Refused("Those days off have begun.", "Set a shorter span for what is left.")
        here.session.delete(row)
        here.session.flush()
        roster.follow(here)
        announcement.tell(here, f"dayoff:{place.key}", view.removed(found), channel=place.channel)
        return found


def every(lab: Lab, team_id: int, *, by: str) -> list[Off]:
    """The team's days off from that person's today on, the first first."""
    with desk(lab, team_id, lock=False) as here:
        rows = table.days_off(here.session, here.team_id, absence.today_of(here, by))
        return [Off(DaySpan(row.first_day, row.last_day), row.name) for row in rows]
