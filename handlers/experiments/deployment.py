"""*It is live…*: since when customers get what was promoted."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, day_in
from services.experiments import deployment
from services.experiments.deployment import WentLive
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.experiments import deployment as view

_HINT = "`/exp show EXP-042` has the button."


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button on a promotion, a card, or an answer; its value is the number."""
    found, today = deployment.to_tell(lab, ask.team_id, ask.number(_HINT), by=ask.user)
    if found.ticket.deploy_status == "live":
        return Reply.of(view.already(found.ticket, found.where))
    return Reply(modal=view.form(found.ticket, today, channel=ask.channel))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    if not ask.written("since"):
        raise Refused("Since when is it live?", "Pick a day; today is one.", field="since")
    since = day_in(ask.written("since"), _HINT)
    channel = ask.channel or ask.told("channel")
    act = TicketRequest(ask.team_id, ask.carried("number"), ask.user, "deployed", channel=channel)
    return _answer(deployment.went_live(lab, act, since))


def _answer(done: WentLive) -> Reply:
    if not done.change_id:
        return Reply.of(view.already(done.ticket, done.where))
    return Reply.of(view.said(done.ticket, done.change_id))


ROUTES = Routes(actions={"live_open": open_form}, forms={view.FORM: send})
