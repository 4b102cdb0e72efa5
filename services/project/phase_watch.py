"""Looking for wrong-phase symptoms once a working morning, at ten in the team's zone."""

from datetime import datetime

from sqlmodel import Session

from core import calendar
from models import occurrence
from models.team import Team
from services import team
from services.desk import Show, desk
from services.experiments import experiment
from services.ports import Lab
from services.project import phase, symptoms
from services.sprints.sprint import open_book

HOUR, SATURDAY = 10, 5
_KIND = "symptoms"


def run(lab: Lab, workspace: str, show: Show) -> None:
    """Look once that morning; the team is held only when it is due."""
    now = lab.clock()
    with lab.begin() as session:
        if not _due(session, team.of(session, workspace, now=now), now):
            return
    with desk(lab, workspace, show) as here:
        day = experiment.today_of(here.team, now)
        if occurrence.claim(here.session, _KIND, str(here.team_id), day, now=now):
            book = open_book(here.session, here.team, now)
            seen = symptoms.observe(book, phase.place_of(book), phase.ratio_of(book))
            symptoms.watch(here, seen)


def _due(session: Session, theirs: Team, now: datetime) -> bool:
    local = calendar.local(now, calendar.zone(theirs.zone))
    if local.weekday() >= SATURDAY or local.hour < HOUR:
        return False
    return not occurrence.done(session, _KIND, str(theirs.id), local.date())
