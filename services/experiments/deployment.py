"""What is live: the owner, a lead or a deployment token says so, and the team hears it."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from core.errors import Refused
from core.experiments import rollout
from core.experiments.experiment import Experiment
from core.workspace.token import Pusher
from models.experiments.experiment import Change
from models.team import Team
from services import announcement
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.ports import Lab
from views.experiments import deployment as view

_FIELD = "deploy_status"


@dataclass(frozen=True)
class Deployment:
    """How an experiment is deployed now. repeated: it was so already."""

    experiment: str
    status: str
    repeated: bool


def require(
    session: Session, theirs: Team, before: Experiment, marks: tuple[tuple[str, str], ...], by: str
) -> None:
    """Pass when that person may tell these marks of rollout. Raises NotAllowed: that something is
    live or rolled back is for its owner and the leads.
    """
    if rollout.tells_deployment(before, marks):
        what = f"say that {before.id} is live or rolled back"
        experiment.require_change(session, theirs, before, by, what)


def announce(
    here: Desk, before: Experiment, after: Experiment, made: Change, *, channel: str = ""
) -> None:
    """Tell the team when that change made it live, or live no more."""
    if rollout.is_live(before) != rollout.is_live(after):
        key = f"decision:{after.id}:{made.id}"
        announcement.tell(here, key, view.told(after, made.who), channel=channel)


def tell(lab: Lab, who: Pusher, number: int, word: str) -> Deployment:
    """Take over from a machine how that experiment is deployed; said again nothing changes.

    Raises NotFound and Refused (no such word; neither in evaluation nor promoted).
    """
    status = rollout.read(_FIELD, word)
    if not status:
        raise Refused(f"Say how it is deployed: {rollout.words(_FIELD)}.")
    with desk(lab, who.team_id) as here:
        row = ticket.row(here.session, here.team, number)
        here.session.refresh(row, with_for_update={"key_share": True})
        before = ticket.value(here.session, row)
        rollout.check_fits(before, ((_FIELD, status),))
        if before.deploy_status == status:
            return Deployment(before.id, status, repeated=True)
        made = ticket.audit(who.who, "deployed", at=here.now)
        after = replace(before, deploy_status=status)
        announce(here, before, after, ticket.change(here.session, row, after, made))
        return Deployment(before.id, status, repeated=False)
