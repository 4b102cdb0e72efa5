"""/gpu approve: a lead approves a compute budget, or says which budgets are approved at all."""

from core.board import budget as rules
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services.board import budget
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.board import budget as view
from views.board import workflow as moves


def approve(lab: Lab, ask: Ask) -> Reply:
    """`/gpu approve EXP-042`; `/gpu approve 30%`, `off`: from which share of the sprint on."""
    share = rules.read_share(ask.text)
    if share is not None:
        return Reply(text=budget.set_share(lab, ask.team_id, share, by=ask.user))
    number, _ = numbered(ask, "/gpu approve EXP-042")
    act = TicketRequest(ask.team_id, number, ask.user, "budget approved", channel=ask.channel)
    made = budget.approve(lab, act)
    return Reply.of(moves.answer(view.approved(made.after).text, made.change_id))


ROUTES = Routes(
    verbs=(
        Verb("/gpu", "approve", "EXP-042 | 30% | off",
             "A budget; from which share of a sprint it takes that", approve, leads=True),
    ),
)  # fmt: skip
