"""What a program decides that a lead has let decide: with its owner's rights, in its own name."""

from dataclasses import dataclass

from core.workspace.token import Pusher
from services.board import workflow
from services.decisions import kill
from services.decisions.kill import Order
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from services.programs.report import harmless


@dataclass(frozen=True)
class Decided:
    """What became of an experiment. by: whose deed it was; already: somebody was first."""

    experiment: str
    by: str
    already: bool


def killed(lab: Lab, who: Pusher, number: int, learnings: str) -> Decided:
    """Kill it, as its owner or a lead could.

    Raises NotFound, NotAllowed (the token's owner may not) and Refused (in production; learnings
    that say nothing).
    """
    order = Order(number, who.owner, harmless(learnings), program=who.who)
    done = kill.kill(lab, who.team_id, order)
    return Decided(done.ticket.id, done.by, done.already)


def promoted(lab: Lab, who: Pusher, number: int, learnings: str) -> Decided:
    """Take it to production, as a lead could.

    Raises NotFound, NotAllowed (the token's owner does not lead) and Refused (what promotion
    needs is missing).
    """
    act = TicketRequest(
        who.team_id, number, who.owner, "promoted", harmless(learnings), program=who.who
    )
    made = workflow.promote(lab, act)
    return Decided(made.after.id, made.after.decided_by, already=False)
