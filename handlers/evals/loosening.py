"""Confirm and Decline: the buttons of a safety requirement that somebody wants looser."""

from handlers.ask import Ask, Reply, Routes
from services.evals import loosening
from services.ports import Lab
from views.evals import loosening as view


def yes(lab: Lab, ask: Ask) -> Reply:
    """Confirm it; the button's value is the request's id."""
    return Reply.of(view.decided(loosening.confirm(lab, ask.team_id, _id(ask), by=ask.user)))


def no(lab: Lab, ask: Ask) -> Reply:
    """Decline it, or take it back."""
    return Reply.of(view.decided(loosening.decline(lab, ask.team_id, _id(ask), by=ask.user)))


def _id(ask: Ask) -> int:
    return ask.number("`/gate done` shows what holds.")


ROUTES = Routes(actions={"loosening_yes": yes, "loosening_no": no})
