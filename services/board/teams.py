"""Every team that somebody may read, beside each other."""

from sqlmodel import Session

from core.board.teams import TeamLine
from core.experiments.headline import headline as headline_of
from models import people
from models import team as table
from models.decisions import approval, kill_request, proposal
from models.team import Team
from services import standing
from services.desk import Desk, desk
from services.experiments import experiment, headline
from services.ports import Lab


def look(lab: Lab, team_id: int, *, by: str) -> list[TeamLine]:
    """The teams at work that `by` may read, their own first."""
    with desk(lab, team_id, lock=False) as here:
        session, workspace = here.session, here.team.workspace
        seen = standing.readable(session, workspace, by)
        roles = people.teams_of(session, workspace, by)
        found = [
            _line(here, one, own=one.pk in roles)
            for one in table.of_workspace(session, workspace)
            if one.pk in seen
        ]
    return sorted(found, key=lambda line: (not line.own, line.name.casefold()))


def _line(here: Desk, team: Team, *, own: bool) -> TeamLine:
    session, now = here.session, here.now
    every = experiment.open_of(session, team)
    metric = headline.standing_for(session, team)
    told = experiment.some_of(session, team, headline.contenders(session, team, metric))
    return TeamLine(
        name=standing.name_of(team),
        own=own,
        open=len(every),
        stale=len(experiment.stale_among(every, team, now, policy=here.policy)),
        waiting=_waiting(session, team, here),
        headline=headline_of(metric, told, (), on=experiment.today_of(team, now)),
    )


def _waiting(session: Session, team: Team, here: Desk) -> int:
    """What a lead of the team has to decide: one thing a proposal, request or approval."""
    proposed = [
        row
        for row in proposal.open_of_team(session, team.pk)
        if row.action != "warn" and (row.snoozed_until is None or row.snoozed_until <= here.now)
    ]
    requests = kill_request.open_of_team(session, team.pk)
    return len(proposed) + len(requests) + len(approval.open_of_team(session, team.pk))
