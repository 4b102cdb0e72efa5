"""The Definition of Done is written anew; every card that was judged by the old one says so."""

from collections.abc import Sequence

from sqlmodel import Session

from core.evals import definition_of_done as rules
from core.evals.definition_of_done import Requirement
from models.evals import gate as table
from models.evals.gate import DoneDefinition
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.desk import Desk
from services.evals import card
from services.evals.gate import status_of
from services.evals.inputs import inputs_of, requirements_of
from views.kit import Message


def write(at: Desk, new: Sequence[Requirement], *, by: str, told: Message) -> None:
    """It holds from now on; the team's channel hears it."""
    records = rules.as_records(new)
    row = DoneDefinition(team_id=at.team_id, requirements=records, by=by, at=at.now)
    at.session.add(row)
    at.session.flush()
    if at.team.team_channel:
        at.post(f"done:{at.team_id}:{row.id}", at.team.team_channel, told)
    _mark_cards(at)


def in_force(session: Session, theirs: Team) -> tuple[Requirement, ...]:
    """What experiments are judged by: the team's own definition, the document's once results
    were pushed (only then the gate binds), nothing before.
    """
    found, by_default = requirements_of(session, theirs)
    return found if not by_default or table.any_push(session, theirs.pk) else ()


def _mark_cards(at: Desk) -> None:
    for experiment_id in table.judged_experiments(at.session, at.team_id):
        row = at.session.get_one(Row, experiment_id)
        status = status_of(at.session, at.team, row)
        if status and row.stage not in ("killed", "production"):
            card.retell(at, row, status, inputs_of(at.session, at.team, row))
