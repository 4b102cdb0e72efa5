"""Approve and Decline: the buttons of what takes a second person."""

from handlers.ask import Ask, Reply, Routes
from services.decisions import approval
from services.ports import Lab
from views.decisions import approval as view


def yes(lab: Lab, ask: Ask) -> Reply:
    """Approve; the button's value is the request's number."""
    done = approval.approve(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.decided(done.approval))


def no(lab: Lab, ask: Ask) -> Reply:
    """Decline, or take it back."""
    found = approval.decline(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.decided(found))


def _number(ask: Ask) -> int:
    return ask.number("`/exp audit` shows what was decided.")


ROUTES = Routes(actions={"approval_yes": yes, "approval_no": no})
