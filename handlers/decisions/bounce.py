"""*Back to evaluation*: one lead's press on what is live and got worse."""

from handlers.ask import Ask, Reply, Routes
from services.decisions import bounce
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.board import workflow
from views.evals import regression as view


def back(lab: Lab, ask: Ask) -> Reply:
    """The button; its value is the number."""
    number = ask.number("`/exp reopen EXP-042 why` brings one back.")
    act = TicketRequest(ask.team_id, number, ask.user, "bounced", channel=ask.channel)
    made = bounce.bounce(lab, act)
    return Reply.of(workflow.answer(view.bounced(made.after, ask.user).text, made.change_id))


ROUTES = Routes(actions={"bounce": back})
