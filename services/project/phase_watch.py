"""Looking for wrong-phase symptoms once a working morning, at ten in the team's zone."""

from datetime import datetime

from sqlmodel import Session

from core import calendar
from models import occurrence
from models.team import Team
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from services.project import phase, symptoms
from services.sprints.sprint import book_of

HOUR, SATURDAY = 10, 5
_KIND = "symptoms"


def run(lab: Lab, workspace: str) -> None:
    """Look once that morning; the team is held only when it is due."""
    with desk(lab, workspace, lock=False) as here:
        if not _due(here.session, here.team, here.now):
            return
    with desk(lab, workspace) as here:
        day = experiment.today_of(here.team, here.now)
        if occurrence.claim(here.session, _KIND, str(here.team_id), day, now=here.now):
            book = book_of(here)
            seen = symptoms.observe(book, phase.place_of(book), phase.ratio_of(book))
            symptoms.watch(here, seen)


def _due(session: Session, theirs: Team, now: datetime) -> bool:
    local = calendar.local(now, calendar.zone(theirs.zone))
    if local.weekday() >= SATURDAY or local.hour < HOUR:
        return False
    return not occurrence.done(session, _KIND, str(theirs.id), local.date())
