"""Approve and Decline: the buttons of what takes a second person."""

from handlers.ask import Ask, Reply, Routes
from handlers.experiments.experiment import numbered
from services.decisions import approval
from services.decisions.approval import WaitingApproval
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.board import workflow as moves
from views.decisions import approval as view


def yes(lab: Lab, ask: Ask) -> Reply:
    """Approve; the button's value is the request's number."""
    done = approval.approve(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.decided(done.approval))


def no(lab: Lab, ask: Ask) -> Reply:
    """Decline, or take it back."""
    found = approval.decline(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.decided(found))


def spend(lab: Lab, ask: Ask) -> Reply:
    """The button below a refused move: the leads are asked for the ticket's GPU-hours."""
    number, _ = numbered(ask, "/gpu approve EXP-042")
    act = TicketRequest(ask.team_id, number, ask.user, "budget approved", channel=ask.channel)
    made = approval.ask_to_spend(lab, act)
    if isinstance(made, WaitingApproval):
        return Reply.of(view.waits(made.approval, again=made.again))
    return Reply.of(moves.changed(made.before, made.after, ask.user))


def _number(ask: Ask) -> int:
    return ask.number("`/exp audit` shows what was decided.")


ROUTES = Routes(actions={"approval_yes": yes, "approval_no": no, "budget_ask": spend})
