"""The gate in front of production: no promotion without a GO on what was pushed last."""

from sqlmodel import Session

from core.errors import Refused
from core.quantity import experiment_id
from models.evals import gate as table
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.evals.gate import status_of
from services.evals.inputs import inputs_of


def require_go(session: Session, theirs: Team, row: Row) -> bool:
    """Pass with a GO on the newest results and the present Definition of Done, with an override
    by two leads for exactly these (then True), or where the team does not use the gate at all.

    Raises Refused saying what is missing, with a button that asks for an override.
    """
    session.refresh(
        theirs, with_for_update={"key_share": True}
    )  # a push at this moment waits for the decision
    return admitted(session, theirs, row)


def admitted(session: Session, theirs: Team, row: Row) -> bool:
    """`require_go` for whoever only looks: it keeps nobody waiting."""
    inputs = inputs_of(session, theirs, row)
    binding = any(found.blocking for found in inputs.requirements) and not inputs.by_default
    if not (binding or inputs.candidate or inputs.baseline):
        return False
    given = table.override_of(session, row.pk, inputs.hash)
    if given and given.confirmed_at:
        return True
    status = status_of(session, theirs, row)
    name = experiment_id(row.number)
    offer = ("Ask for an override…", "gate_override_open", str(row.number))
    if status is None:
        raise Refused(
            f"{name} has no gate verdict, and going to production takes a GO.",
            f"Push its results, then `/gate {name}`.",
            offer=offer,
        )
    if not status.current:
        raise Refused(
            f"{name} was judged {status.decision} before its results, what is live, "
            "confirmations or the Definition of Done changed.",
            f"Judge it again: `/gate {name}`.",
            offer=offer,
        )
    if status.decision != "GO":
        reason = status.reasons[0] if status.reasons else "Nothing was measured."
        raise Refused(
            f"{name} is {status.decision}, and going to production takes a GO: {reason}",
            f"`/gate {name}` shows every metric.",
            offer=offer,
        )
    return False
