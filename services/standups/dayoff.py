"""Days on which the whole team is off."""

from core.errors import NotFound, Refused
from core.standups import absence as rules
from core.standups.absence import Off, Span
from models import team as people
from models.standups import absence as table
from models.standups.absence import DayOff
from services import team as teams
from services.ports import Lab
from services.standups import absence, roster
from services.standups.absence import Note
from services.standups.desk import Words, sit_down

_LIST = "`/standup off list` shows them."


def add(lab: Lab, workspace: str, said: Note, words: Words) -> Off:
    """Give the team the days off that the text begins with.

    Raises NotAllowed, Refused (no days in it, or these are off already).
    """
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, said.by, "set days off")
        people.hold(desk.session, desk.team.id or 0)
        today = absence.today_of(desk, said.by)
        span, name = rules.read(said.text, today)
        known = table.days_off(desk.session, desk.team.id or 0, today)
        if any((row.first_day, row.last_day) == (span.first, span.last) for row in known):
            raise Refused("Those days are off already.", _LIST)
        desk.session.add(
            DayOff(
                team_id=desk.team.id or 0,
                first_day=span.first,
                last_day=span.last,
                name=name,
            )
        )
        desk.session.flush()
        roster.follow(desk)
        return Off(span, name, desk.name(said.by))


def remove(lab: Lab, workspace: str, said: Note, words: Words) -> Off:
    """Take back the days off that hold the day named; they are asked for again from then on.

    Raises NotAllowed, NotFound, Refused (no day in it).
    """
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, said.by, "remove days off")
        people.hold(desk.session, desk.team.id or 0)
        today = absence.today_of(desk, said.by)
        day = rules.read(said.text, today)[0].last
        rows = table.days_off(desk.session, desk.team.id or 0, today)
        row = next((r for r in rows if Span(r.first_day, r.last_day).covers(day)), None)
        if row is None:
            raise NotFound(f"{day} is not a day off.", _LIST)
        found = Off(Span(row.first_day, row.last_day), row.name, desk.name(said.by))
        if row.first_day < today:
            raise Refused("Those days off have begun.", "Set a shorter span for what is left.")
        desk.session.delete(row)
        desk.session.flush()
        roster.follow(desk)
        return found


def every(lab: Lab, workspace: str, words: Words, *, by: str) -> list[Off]:
    """The team's days off from that person's today on, the first first."""
    with sit_down(lab, workspace, words) as desk:
        rows = table.days_off(desk.session, desk.team.id or 0, absence.today_of(desk, by))
        return [Off(Span(row.first_day, row.last_day), row.name) for row in rows]
