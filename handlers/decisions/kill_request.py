"""Asking for a kill, and Keep as the answer (Kill is the form of handlers/decisions/kill.py)."""

from handlers.ask import Ask, Reply, Routes, number_in
from services import form_draft
from services.decisions import kill_request
from services.decisions.kill_request import Question
from services.ports import Lab
from views.decisions import kill_request as view

FORM = "kill_ask"


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button of a refusal; its value is the number, and `|` what was typed."""
    named, _, typed = ask.value.partition("|")
    number = number_in(named, "Write `/kill EXP-042`.")
    ticket = kill_request.askable(lab, ask.workspace, number, by=ask.user)
    form = kill_request.form_name(number)
    kept = form_draft.offer(lab, ask.workspace, ask.user, form)
    reason = typed or str(kept.get("reason", ""))
    return Reply(modal=view.form(ticket, reason, channel=ask.channel))


def ask_leads(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    reason = ask.written("reason")
    question = Question(ask.carried("number"), ask.user, reason)
    asked = kill_request.ask(lab, ask.workspace, question)
    return Reply.of(view.asked(asked.request, already=asked.already))


def keep(lab: Lab, ask: Ask) -> Reply:
    """The Keep button; its value is the request's number."""
    number = ask.number("Write `/kill EXP-042`.")
    kept = kill_request.keep(lab, ask.workspace, number, by=ask.user)
    return Reply.of(view.decided(kept))


def keep_draft(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form = kill_request.form_name(ask.carried("number"))
    form_draft.keep(lab, ask.workspace, ask.user, form, {"reason": ask.values.get("reason")})
    return Reply()


ROUTES = Routes(
    actions={"kill_ask": open_form, "kill_keep": keep},
    forms={FORM: ask_leads},
    closed={FORM: keep_draft},
)
