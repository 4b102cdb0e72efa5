"""An experiment that goes to another team: asked by a lead of its own, answered by one there."""

from dataclasses import dataclass

from core.experiments.experiment import Experiment


@dataclass(frozen=True)
class Handover:
    """A request. state: open | accepted | declined | expired | void (not possible any more).

    here, there: what the two teams are called; secret: the other is private, so that its name is
    for its own people.
    """

    id: int
    ticket: Experiment
    here: str
    there: str
    why: str
    asked_by: str
    state: str = "open"
    decided_by: str = ""
    secret: bool = False


def parted(words: str) -> tuple[str, str]:
    """The experiment's id and what follows `to`, of `EXP-042 to Vision why`; "" for what is not
    there.
    """
    number, _, rest = words.strip().partition(" ")
    to, _, named = rest.strip().partition(" ")
    return number, named.strip() if to.lower() == "to" else ""
