"""Who may decide on an experiment: its owner and the leads."""

from sqlmodel import Session

from core.errors import NotAllowed
from core.experiments.experiment import Experiment
from models import team as people
from models.team import Team
from services import team as teams


def may_decide(session: Session, team: Team, value: Experiment, user_id: str) -> bool:
    """True for the owner and the leads; for anyone when the owner left a team without leads."""
    if user_id == value.owner or teams.is_lead(session, team, user_id):
        return True
    return has_left(session, team, value.owner) and not people.leads(session, team)


def require_decider(
    session: Session, team: Team, value: Experiment, user_id: str, what: str
) -> None:
    """Pass for whoever may decide. Raises NotAllowed that offers to ask somebody who may."""
    if may_decide(session, team, value, user_id):
        return
    owner = teams.name_of(session, team, value.owner)
    whom = "a lead" if people.leads(session, team) else "the owner"
    raise NotAllowed(
        f"Only the owner ({owner}) or a lead can {what} {value.id}.",
        offer=(f"Ask {whom} to kill it", "kill_ask", str(value.number)),
    )


def has_left(session: Session, team: Team, user_id: str) -> bool:
    """True when that person is known to have left the workspace, and when there is no owner."""
    return not user_id or not people.people(session, team.pk).get(user_id).active
