"""What no eval measures: somebody confirms it for an experiment, or takes that back."""

from core import text
from core.errors import NotFound
from core.evals import evidence
from core.evals.definition_of_done import Requirement
from core.quantity import experiment_id
from models.evals import gate as table
from models.evals.gate import GateConfirmation
from services.desk import desk
from services.evals import card
from services.evals.gate import status_of
from services.evals.inputs import Inputs, inputs_of
from services.experiments import experiment, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab


def confirm(lab: Lab, act: TicketRequest, typed: str, *, yes: bool) -> str:
    """Confirm the requirement named at the front of `typed`, by the evidence behind it, or take
    that back; the sentence about it.

    Raises NotFound (no ticket, nothing of that name to confirm), NotAllowed (owner or lead),
    Refused (closed, evidence lacks).
    """
    with desk(lab, act.team_id) as at:
        row = ticket.row(at.session, at.team, act.number)
        value = ticket.value(at.session, row)
        experiment.require_open(at.session, at.team, value)
        what = f"confirm what {value.id} needs"
        experiment.require_change(at.session, at.team, value, act.by, what)
        inputs = inputs_of(at.session, at.team, row)
        wanted, rest = _named(inputs, typed)
        present = {c.name: c for c in table.confirmations(at.session, row.pk)}
        found = present.get(wanted.name)
        proof = evidence.checked(wanted.name, rest, wanted.threshold) if yes else ""
        if yes == bool(found) and (found is None or found.evidence == proof):
            return f"{experiment_id(act.number)}: {wanted.name} was {_word(yes)} already."
        if found:
            at.session.delete(found)
            at.session.flush()
        if yes:
            at.session.add(
                GateConfirmation(
                    experiment_id=row.pk, name=wanted.name, evidence=proof, by=act.by, at=at.now
                )
            )
        at.session.flush()
        status = status_of(at.session, at.team, row)
        if status:
            card.retell(at, row, status, inputs_of(at.session, at.team, row))
        said = f" ({proof})" if proof else ""
        return f"{experiment_id(act.number)}: {wanted.name} is {_word(yes)}{said}."


def _named(inputs: Inputs, typed: str) -> tuple[Requirement, str]:
    """The requirement whose name stands first, and the words behind it. Raises NotFound."""
    known = [found for found in inputs.requirements if found.kind == "confirmed"]
    plain = typed.strip()
    for one in sorted(known, key=lambda found: -len(found.name)):
        rest = plain[len(one.name) :]
        if plain.casefold().startswith(one.name.casefold()) and not rest[:1].isalnum():
            return one, rest.lstrip(" :,")
    names = ", ".join(found.name for found in known)
    hint = f"To confirm: {names}." if known else "Nothing is to be confirmed."
    raise NotFound(f"“{text.clean(typed, limit=60)}” is nothing to confirm.", hint)


def _word(yes: bool) -> str:
    return "confirmed" if yes else "not confirmed"
