"""Who is reading a help text."""

from dataclasses import dataclass

from core.quantity import experiment_id
from models import team as people
from services import experiment, team
from services.ports import Lab


@dataclass(frozen=True)
class Reader:
    """leads: sees the leads' verbs. example: an experiment id to show, real where there is one."""

    leads: bool
    example: str


def reader(lab: Lab, workspace: str, user_id: str) -> Reader:
    """The reader of a help text; without any lead in the team everyone may do what leads do."""
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=lab.clock())
        leads = people.leads(session, theirs)
        mine = experiment.mine(session, theirs, user_id)
        some = mine or experiment.open_of(session, theirs)
        example = experiment_id(some[-1].number) if some else experiment_id(42)
        return Reader(user_id in leads or not leads, example)
