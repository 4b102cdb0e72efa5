"""Every team that somebody may read, beside each other."""

from datetime import datetime

from sqlmodel import Session

from core.board.teams import TeamLine
from core.experiments.headline import headline as headline_of
from models import people
from models import team as table
from models.decisions import approval, kill_request, proposal
from models.team import Team
from services import standing
from services.experiments import experiment, headline
from services.ports import Lab


def look(lab: Lab, workspace: str, *, by: str) -> list[TeamLine]:
    """The teams at work that `by` may read, their own first."""
    with lab.begin() as session:
        seen = standing.readable(session, workspace, by)
        roles = people.teams_of(session, workspace, by)
        found = [
            _line(lab, session, one, own=one.pk in roles)
            for one in table.of_workspace(session, workspace)
            if one.pk in seen
        ]
    return sorted(found, key=lambda line: (not line.own, line.name.casefold()))


def _line(lab: Lab, session: Session, team: Team, *, own: bool) -> TeamLine:
    now = lab.clock()
    every = experiment.open_of(session, team)
    metric = headline.standing_for(session, team)
    told = experiment.some_of(session, team, headline.contenders(session, team, metric))
    return TeamLine(
        name=standing.name_of(team),
        own=own,
        open=len(every),
        stale=len(experiment.stale_among(every, team, now, policy=lab.policy)),
        waiting=_waiting(session, team, now),
        headline=headline_of(metric, told, (), on=experiment.today_of(team, now)),
    )


def _waiting(session: Session, team: Team, now: datetime) -> int:
    """What a lead of the team has to decide: one thing a proposal, request or approval."""
    proposed = proposal.awake(proposal.asking(session, team.pk), now)
    requests = kill_request.open_of_team(session, team.pk)
    return len(proposed) + len(requests) + len(approval.open_of_team(session, team.pk))
