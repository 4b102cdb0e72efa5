"""What a promotion misses yet, without asking for it."""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from core.board import workflow as rules
from core.errors import Refused
from core.experiments import guardrail
from core.experiments import secondary as criteria
from core.experiments.experiment import Experiment
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.evals import promotion
from services.experiments import secondary


def lacks(session: Session, theirs: Team, row: Row, value: Experiment) -> tuple[str, ...]:
    """Everything that `/exp promote` would refuse now, each as what follows the ticket's id: `has
    no gate verdict, and going to production takes a GO`. Empty when only a lead's word is missing.
    """
    if found := _refusal(value, partial(rules.require_evaluation, value)):
        return (found,)
    gate = _refusal(value, partial(promotion.admitted, session, theirs, row))
    waived = not gate and promotion.admitted(session, theirs, row)
    checks: list[Callable[[], object]] = [
        partial(rules.require_confirmed, value),
        partial(guardrail.require_tested, value.id, value.guardrails),
    ]
    if not waived:
        known = secondary.of(session, row)
        checks.append(partial(criteria.require_met, value.id, known))
    return tuple(one for one in (gate, *(_refusal(value, check) for check in checks)) if one)


def _refusal(value: Experiment, check: Callable[[], object]) -> str:
    try:
        check()
    except Refused as why:
        return why.message.removeprefix(f"{value.id} ").rstrip(".")
    return ""
