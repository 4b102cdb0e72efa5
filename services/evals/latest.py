"""Reading judgements: the newest of every experiment, and one experiment's card."""

from core.errors import Refused
from core.evals.card import GateCard, Status
from core.quantity import experiment_id
from models.evals import gate as table
from models.experiments.experiment import Experiment as Row
from services import team
from services.evals import card as evalcard
from services.evals.gate import status_of
from services.evals.inputs import inputs_of
from services.experiments import ticket
from services.ports import Lab


def latest(lab: Lab, workspace: str) -> list[Status]:
    """The newest judgement of each of the ten experiments judged last, newest first."""
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=lab.clock())
        assert theirs.id is not None
        rows = [
            session.get_one(Row, attempt.experiment_id)
            for attempt in table.latest_by_experiment(session, theirs.id)
        ]
        found = [status_of(session, theirs, row) for row in rows]
        return [status for status in found if status]


def card(lab: Lab, workspace: str, number: int) -> GateCard:
    """The card as it stands. Raises NotFound, Refused (never judged)."""
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=lab.clock())
        row = ticket.row(session, theirs, number)
        status = status_of(session, theirs, row)
        if status is None:
            raise Refused(f"{experiment_id(number)} was never judged.")
        return evalcard.card_of(row, status, inputs_of(session, theirs, row))
