"""What the board did, sprint by sprint, from the audit rows; told to leads once a sprint."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import calendar
from core.board import funnel as funnels
from core.board import metrics as rules
from core.board.funnel import Funnel, Path
from core.board.metrics import Metrics
from core.experiments.words import Move
from models import occurrence
from models.blockers import blocker as blockers
from models.board import board as table
from models.team import Team
from services import announcement
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from views.board import metrics as view

SPRINTS = 4
KIND = "board metrics"
LATE = timedelta(days=3)  # a sprint that closed longer ago is no news any more


def funnel(lab: Lab, team_id: int) -> Funnel:
    """Where experiments are, and where they were killed."""
    with desk(lab, team_id, lock=False) as here:
        return funnels.funnel([Path(*one) for one in table.paths(here.session, here.team_id)])


def look(lab: Lab, team_id: int, count: int = SPRINTS) -> Metrics:
    """The metrics of the last `count` closed sprints, from the team's first ticket on."""
    with desk(lab, team_id, lock=False) as here:
        return _metrics(here.session, here.team, here.now, count)


def tell_due(lab: Lab, team_id: int, now: datetime) -> bool:
    """Tell the leads of the sprint that just closed, if a rate is clearly outside its band; once
    a sprint, in working hours. True when something was said.
    """
    with desk(lab, team_id, now=now, lock=False) as here:
        session, theirs = here.session, here.team
        where = calendar.zone(theirs.zone)
        today = experiment.today_of(theirs, now)
        closed = theirs.sprints.closed(today)
        if not closed or not calendar.is_working_hour(now, where):
            return False
        ends = closed[-1].ends
        if not occurrence.claim(session, KIND, str(team_id), ends, now=now):
            return False
        found = _metrics(session, theirs, now, SPRINTS)
        if today - ends > LATE or not found.is_outside:
            return False
        for place in announcement.places(here):
            here.post(f"board:{team_id}:{ends}:{place}", place, view.news(found))
        return True


def _metrics(session: Session, theirs: Team, now: datetime, count: int) -> Metrics:
    where, first = calendar.zone(theirs.zone), table.first_move(session, theirs.pk)
    began = (first or now).astimezone(where).date()
    closed = theirs.sprints.closed(experiment.today_of(theirs, now))
    spans = [span for span in closed if span.ends >= began][-count:]
    if not spans:
        return rules.metrics([])
    since, _ = spans[0].bounds(where)
    moves = [Move(*one) for one in table.stage_changes(session, theirs.pk, since)]
    starts = table.first_in(session, theirs.pk, "hypothesis", [m.number for m in moves])
    opened = blockers.opened_of(session, theirs.pk, since)
    stuck = [(at, cause or kind) for at, kind, cause in opened]
    return rules.metrics(rules.by_sprint(moves, stuck, spans, where, began=starts))
