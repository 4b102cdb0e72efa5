"""Did a result match what was predicted? Said by people, once per result."""

from core.experiment import Checkpoint, Experiment

MATCHES = {
    "better": "better than predicted",
    "as": "as predicted",
    "worse": "worse than predicted",
}
SKIPPED = "skipped"


def is_asked(ticket: Experiment, value: float | None) -> bool:
    """True when there is a result, and a target that the hypothesis predicted."""
    return value is not None and ticket.target is not None


def told(ticket: Experiment) -> list[Checkpoint]:
    """The results of which somebody said how they matched, oldest first."""
    return [look for look in ticket.checkpoints if look.matched in MATCHES]
