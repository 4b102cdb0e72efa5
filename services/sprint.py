"""The team's sprints."""

from datetime import date

from core import cadence, calendar
from core.sprint import DAYS, Calendar, Span
from models.team import Team


def calendar_of(theirs: Team) -> Calendar:
    """The team's sprints; two weeks from the Monday of the week it started unless set."""
    settings = theirs.settings
    began = theirs.created_at.astimezone(calendar.zone(theirs.zone)).date()
    chosen = settings.get("sprint_from")
    first = date.fromisoformat(chosen) if chosen else cadence.monday(began)
    earlier = tuple(
        Span(number, date.fromisoformat(starts), date.fromisoformat(ends))
        for number, (starts, ends) in enumerate(settings.get("sprint_earlier", []), start=1)
    )
    return Calendar(first, int(settings.get("sprint_days", DAYS)), earlier)
