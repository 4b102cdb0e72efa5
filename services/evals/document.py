"""The source document's gate beside ours, on the same results, for comparison only."""

from core.errors import Refused
from core.evals.card import GateStatus
from core.evals.document import DocumentAnswer, by_document
from core.quantity import experiment_id
from services.desk import desk
from services.evals.gate import status_of
from services.evals.inputs import evidence_of, inputs_of
from services.experiments import ticket
from services.ports import Lab


def compare(lab: Lab, team_id: int, number: int) -> tuple[str, DocumentAnswer, GateStatus | None]:
    """The experiment's id, what the document's formula says of its newest results, and what we
    said last (None before). Raises NotFound, Refused (no results).
    """
    with desk(lab, team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        inputs = inputs_of(here.session, here.team, row, results=True)
        if inputs.candidate is None:
            name = experiment_id(number)
            raise Refused(f"{name} has no eval results yet.", f"Push them for {name} first.")
        answer = by_document(inputs.requirements, evidence_of(inputs))
        return experiment_id(number), answer, status_of(here.session, here.team, row)
