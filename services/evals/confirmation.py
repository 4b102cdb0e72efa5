"""What no eval measures: somebody confirms it for an experiment, or takes that back."""

from core import text
from core.errors import NotFound
from core.quantity import experiment_id
from models.evals import gate as table
from models.evals.gate import GateConfirmation
from services.desk import desk
from services.evals import card
from services.evals.gate import status_of
from services.evals.inputs import inputs_of
from services.experiments import experiment, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab


def confirm(lab: Lab, act: TicketRequest, name: str, *, yes: bool) -> str:
    """Confirm the requirement of that name, or take it back; the sentence about it.

    Raises NotFound (no ticket, nothing of that name to confirm), NotAllowed (owner or lead),
    Refused (closed).
    """
    with desk(lab, act.team_id) as at:
        row = ticket.row(at.session, at.team, act.number)
        value = ticket.value(at.session, row)
        experiment.require_open(at.session, at.team, value)
        what = f"confirm what {value.id} needs"
        experiment.require_change(at.session, at.team, value, act.by, what)
        inputs = inputs_of(at.session, at.team, row)
        known = [found.name for found in inputs.requirements if found.kind == "confirmed"]
        wanted = next((one for one in known if one.casefold() == name.casefold()), None)
        if wanted is None:
            hint = f"To confirm: {', '.join(known)}." if known else "Nothing is to be confirmed."
            raise NotFound(f"“{text.clean(name, limit=60)}” is nothing to confirm.", hint)
        present = {c.name: c for c in table.confirmations(at.session, row.pk)}
        if yes == (wanted in present):
            return f"{experiment_id(act.number)}: {wanted} was {_word(yes)} already."
        if yes:
            at.session.add(
                GateConfirmation(experiment_id=row.pk, name=wanted, by=act.by, at=at.now)
            )
        else:
            at.session.delete(present[wanted])
        at.session.flush()
        status = status_of(at.session, at.team, row)
        if status:
            card.retell(at, row, status, inputs_of(at.session, at.team, row))
        return f"{experiment_id(act.number)}: {wanted} is {_word(yes)}."


def _word(yes: bool) -> str:
    return "confirmed" if yes else "not confirmed"
