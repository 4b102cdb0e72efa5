"""Reading judgements: the newest of every experiment, and one experiment's card."""

from core.errors import Refused
from core.evals.card import GateCard, Status
from core.quantity import experiment_id
from models.evals import gate as table
from models.experiments.experiment import Experiment as Row
from services.desk import desk
from services.evals import card as evalcard
from services.evals.gate import status_of
from services.evals.inputs import inputs_of
from services.experiments import ticket
from services.ports import Lab


def latest(lab: Lab, workspace: str) -> list[Status]:
    """The newest judgement of each of the ten experiments judged last, newest first."""
    with desk(lab, workspace, lock=False) as here:
        rows = [
            here.session.get_one(Row, attempt.experiment_id)
            for attempt in table.latest_by_experiment(here.session, here.team_id)
        ]
        found = [status_of(here.session, here.team, row) for row in rows]
        return [status for status in found if status]


def card(lab: Lab, workspace: str, number: int) -> GateCard:
    """The card as it stands. Raises NotFound, Refused (never judged)."""
    with desk(lab, workspace, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        status = status_of(here.session, here.team, row)
        if status is None:
            raise Refused(f"{experiment_id(number)} was never judged.")
        return evalcard.card_of(row, status, inputs_of(here.session, here.team, row))
