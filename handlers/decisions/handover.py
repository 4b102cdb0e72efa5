"""/exp handover: an experiment goes to another team when both leads say so."""

from core.decisions.handover import parted
from core.errors import Refused
from core.quantity import experiment_number
from core.text import straighten
from handlers.ask import Ask, Reply, Routes, Verb
from services.decisions import handover
from services.decisions.handover import Wish
from services.ports import Lab
from services.teams import team as directory
from services.teams.team import Reader
from views.decisions import handover as view

_USAGE = "Write `/exp handover EXP-042 to Vision why`."


def offer(lab: Lab, ask: Ask) -> Reply:
    """`/exp handover EXP-042 to Vision it fits there`."""
    number, rest = parted(straighten(ask.text))
    if not number or not rest:
        raise Refused("Which experiment goes to which team?", _USAGE)
    handover.require_mine(lab, ask.team_id, experiment_number(number), by=ask.user)
    to, why = directory.first_named(lab, Reader(ask.workspace, ask.user), rest)
    wish = Wish(ask.team_id, experiment_number(number), to.pk, ask.user, why)
    return Reply.of(view.waits(handover.ask(lab, wish)))


def yes(lab: Lab, ask: Ask) -> Reply:
    """Take it; the button's value is the request's number."""
    return Reply.of(view.decided(handover.accept(lab, ask.team_id, _number(ask), by=ask.user)))


def no(lab: Lab, ask: Ask) -> Reply:
    """Decline, or take it back."""
    return Reply.of(view.decided(handover.decline(lab, ask.team_id, _number(ask), by=ask.user)))


def _number(ask: Ask) -> int:
    return ask.number("`/exp audit` shows what was decided.")


ROUTES = Routes(
    verbs=(
        Verb("/exp", "handover", "EXP-042 to TEAM why", "Offer it to another team", offer,
             leads=True),
    ),
    actions={"handover_yes": yes, "handover_no": no},
)  # fmt: skip
