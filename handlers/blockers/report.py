"""/blocker new: reporting a blocker at any time, without a standup."""

from core.text import clean, mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.blockers import report
from services.blockers.report import FORM, BlockerReport
from services.ports import Lab
from views.blockers import blocker as view


def new(lab: Lab, ask: Ask) -> Reply:
    """`/blocker new what holds me up @helper`; alone, and as a button, the form."""
    text = clean(ask.text)
    if not text:
        return Reply(modal=view.new_form(*report.offer(lab, ask.workspace, ask.user)))
    helper = next((user for user in mentioned_users(ask.text) if user != ask.user), "")
    return _told(lab, ask, BlockerReport(ask.user, text, helper=helper))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    given = {name: ask.written(name) for name in ("kind", "text", "helper")}
    number = ask.picked("experiment")
    told = BlockerReport(ask.user, **given, experiments=[number] if number else [])
    return _told(lab, ask, told)


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    typed = dict(ask.values)
    if any(typed.get(name) for name in ("text", "helper", "experiment")):
        form_draft.keep(lab, ask.workspace, ask.user, FORM, typed)
    return Reply()


def _told(lab: Lab, ask: Ask, told: BlockerReport) -> Reply:
    return Reply.of(view.reported(*report.report(lab, ask.workspace, told)))


ROUTES = Routes(
    verbs=(Verb("/blocker", "new", "what holds me up @helper", "Report one at any time", new),),
    actions={"blocker_new": new},
    forms={FORM: send},
    closed={FORM: close},
)
