"""The GenAI template: switched on and off, shown day by day, and reminded of in the morning."""

from dataclasses import replace
from datetime import datetime, time

from core import calendar
from core.errors import NotFound, Refused
from core.sprints import template as rules
from core.sprints.template import Reminder, TemplateCalendar
from models import occurrence
from models.team import Team
from services import announcement, team
from services.announcement import Place
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.sprints.ceremony import off_days
from views.sprints import template as view

KIND = "sprint-template"
NINE, SIX = time(9), time(18)


def look(lab: Lab, team_id: int, *, by: str) -> TemplateCalendar:
    """The template over the running (or the next) sprint."""
    with desk(lab, team_id, lock=False) as here:
        return _shown(here, by)


def switch(lab: Lab, team_id: int, place: Place, *, on: bool, by: str) -> TemplateCalendar:
    """Post reminders from now on, or no more; the team hears of it.

    Raises NotAllowed, NotFound (it is off already),
    Refused (on already, or sprints here are of another shape).
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "switch the sprint template")
        shown = _shown(here, by)
        if not on and not shown.on:
            raise NotFound("No sprint template is on.", "`/sprint template genai` shows one.")
        if on and shown.on:
            raise Refused("The GenAI template is on already.", "`/sprint template off` ends it.")
        if on and shown.misfit:
            raise Refused(
                f"The GenAI template does not fit: {shown.misfit}.",
                "`/sprint setup weeks=2 start=…` with a Monday changes that.",
            )
        theirs.choose(sprint_template="genai" if on else "", sprint_template_at=now)
        session.flush()
        shown = replace(shown, on=on)
        message = view.switched(shown, by)
        announcement.tell(here, f"sprint-template:{place.key}", message, channel=place.channel)
        return shown


def remind(lab: Lab, team_id: int) -> bool:
    """Post what the template has for today, once; True when this call did."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        on = experiment.today_of(theirs, now)
        if not _is_due(theirs, now) or occurrence.done(session, KIND, str(theirs.id), on):
            return False
    with desk(lab, team_id) as here:
        today = experiment.today_of(here.team, here.now)
        subject = str(here.team_id)
        if not occurrence.claim(here.session, KIND, subject, today, now=here.now):
            return False
        off = off_days(here.session, here.team, today)(today)
        if off:
            occurrence.miss(here.session, KIND, subject, today, reason=off)
            return False
        found = _part(here.team, here.now)
        assert found is not None
        key = f"{KIND}:{here.team_id}:{today}"
        return here.post(key, here.team.team_channel, view.reminder(found))


def _shown(here: Desk, by: str) -> TemplateCalendar:
    session, theirs, now = here.session, here.team, here.now
    sprints, today = theirs.sprints, experiment.today_of(theirs, now)
    span = sprints.at(today) or sprints.next_after(today)
    off = off_days(session, theirs, span.starts)
    return TemplateCalendar(
        span=span,
        days=tuple(replace(day, off=off(day.on)) for day in rules.days_of(span)),
        on=bool(theirs.chosen.sprint_template),
        misfit=rules.misfit(span),
        may=team.may_lead(session, theirs, by),
        channel=theirs.team_channel,
    )


def _is_due(theirs: Team, now: datetime) -> bool:
    """From nine to six on a templated day that began after the template was switched on."""
    since = theirs.chosen.sprint_template_at
    if not theirs.chosen.sprint_template or since is None or not theirs.team_channel:
        return False
    where = calendar.zone(theirs.zone)
    today = experiment.today_of(theirs, now)
    nine, six = (calendar.instant(today, at, where) for at in (NINE, SIX))
    return nine <= now < six and since <= nine and _part(theirs, now) is not None


def _part(theirs: Team, now: datetime) -> Reminder | None:
    today = experiment.today_of(theirs, now)
    span = theirs.sprints.at(today)
    if span is None or rules.misfit(span):
        return None
    part = rules.part_of(span, today)
    return Reminder(span.number, (today - span.starts).days + 1, today, part) if part else None
