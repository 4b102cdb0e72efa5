"""Which compute budgets a lead approves before they are spent, and which tickets the team has to
agree on for the sprint (source document, chapter 2: Backlog ends when "the team agrees to run it
this sprint", Hypothesis holds what is "designed, compute budget approved").

Only a ticket that takes a large share of the sprint's GPU-hours waits for that; others go on.
"""

import re
from dataclasses import dataclass

from core.errors import Refused
from core.experiments.experiment import Experiment
from core.figures import number, percent
from core.text import clean

SHARE = 1 / 3  # of the sprint's GPU-hours; 0: nothing waits
_SHARE = re.compile(r"^(?:over\s{1,3})?(\d{1,3})\s?%$")


@dataclass(frozen=True)
class Bounds:
    """What a budget is held against. hours: GPU-hours of the sprint, None when nobody said; share:
    of them that goes without asking, 0 when all does; sprint: the one that runs and was planned,
    0 without; agreed: the ticket is in its plan.
    """

    hours: float | None
    share: float
    sprint: int = 0
    agreed: bool = False


def is_large(ticket: Experiment, bounds: Bounds) -> bool:
    """True when its budget takes more than that share of the sprint's GPU-hours."""
    if not bounds.hours or not bounds.share:
        return False
    return ticket.gpu_budget > bounds.share * bounds.hours + 1e-9


def is_approved(ticket: Experiment) -> bool:
    """True when a lead approved as many GPU-hours as it has now."""
    return ticket.budget_ok is not None and ticket.gpu_budget <= ticket.budget_ok + 1e-9


def require_unapproved(ticket: Experiment) -> None:
    """Pass when there is something to approve. Raises Refused."""
    if not ticket.gpu_budget:
        raise Refused(f"{ticket.id} has no compute budget.", f"`/exp edit {ticket.id}` sets it.")
    if is_approved(ticket):
        raise Refused(f"The {number(ticket.gpu_budget, 1)} GPU-hours of {ticket.id} are approved "
                      "already.", f"`/exp {ticket.id}` shows by whom.")  # fmt: skip


def lack(ticket: Experiment, to: str, bounds: Bounds) -> str:
    """What is missing for that move, or ""."""
    if not is_large(ticket, bounds):
        return ""
    of = f"{number(ticket.gpu_budget, 1)} of the sprint’s {number(bounds.hours, 1)} GPU-hours"
    if to == "hypothesis" and bounds.sprint and not bounds.agreed:
        return f"it takes {of} and is not in the plan of sprint {bounds.sprint}"
    if to == "experiment" and not is_approved(ticket):
        return f"no lead has approved its {of}"
    return ""


def held(ticket: Experiment, to: str, why: str) -> Refused:
    """The refusal of that move, with the press that goes on. why: of `lack`."""
    said = f"{ticket.id} stays in {ticket.stage}: {why}."
    if to == "hypothesis":
        return Refused(said, f"A lead takes it in: `/sprint add {ticket.id} why`.")
    hours = number(ticket.gpu_budget, 1)
    return Refused(
        said,
        f"A lead types `/gpu approve {ticket.id}`, or make it smaller: `/exp edit {ticket.id}`.",
        offer=(f"Ask the leads for {hours} GPU-hours", "budget_ask", str(ticket.number)),
    )


def read_share(text: str) -> float | None:
    """0.25 for `25%`, 0 for `off`; None when it is neither. Raises Refused (beyond 100 %)."""
    word = clean(text).casefold().strip()
    found = _SHARE.match(word)
    if word == "off":
        return 0.0
    if not found:
        return None
    if not 1 <= int(found[1]) <= 100:
        raise Refused(f"“{word}” is no share.", "Write `/gpu approve 30%`, or `/gpu approve off`.")
    return int(found[1]) / 100


def rule(share: float) -> str:
    """How it stands, in a sentence."""
    if not share:
        return "No budget waits for an approval."
    of = percent(share)
    return f"A ticket that takes more than {of} of the sprint’s GPU-hours is approved by a lead."
