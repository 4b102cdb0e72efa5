"""/kill: with learnings at once, without them by a form, alone a list of candidates."""

from core.decisions import kill as rules
from core.errors import Refused, UserError
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments import outcome
from services import form_draft
from services.decisions import kill as decision
from services.decisions.kill import Order
from services.ports import Lab
from views.decisions import kill as view

FORM = "kill"

_HINT = "Write `/kill EXP-042`."


def kill(lab: Lab, ask: Ask) -> Reply:
    """`/kill`, `/kill EXP-042`, `/kill EXP-042 what we learned`, `/kill EXP-7 EXP-9`."""
    if not ask.text.strip():
        return Reply.of(view.candidates(decision.candidates(lab, ask.team_id, by=ask.user)))
    numbers, learned = rules.read_order(clean(ask.text))
    if len(numbers) > 1:
        return _several(lab, ask, numbers, learned)
    if not learned:
        return _form(lab, ask, numbers[0])
    order = Order(numbers[0], ask.user, learned, channel=ask.channel)
    if not rules.is_learning(learned):
        return _once_more(lab, ask, order)
    return _done(lab, ask, decision.kill(lab, ask.team_id, order))


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The Kill button of a card, a proposal or a list; its value is the number."""
    return _form(lab, ask, ask.number(_HINT))


def confirm(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    order = Order(
        number=ask.carried("number"),
        by=ask.user,
        learnings=ask.written("learnings"),
        channel=ask.told("channel"),
        call=ask.written("call"),
    )
    return _done(lab, ask, decision.kill(lab, ask.team_id, order))


def undo(lab: Lab, ask: Ask) -> Reply:
    """The Undo button of a kill; its value is the audit row's number."""
    done = decision.undo(lab, ask.team_id, ask.number(_HINT), by=ask.user)
    return Reply.of(view.told_undone(done))


def keep(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    typed = {name: ask.values.get(name) for name in ("learnings", "call")}
    form = decision.form_name(ask.carried("number"))
    form_draft.keep(lab, ask.team_id, ask.user, form, typed)
    return Reply()


def _form(lab: Lab, ask: Ask, number: int, *, typed: str = "", note: str = "") -> Reply:
    shown = decision.evidence(lab, ask.team_id, number, by=ask.user)
    if shown.ticket.stage == "killed":
        return Reply.of(view.already(shown.ticket))
    kept = form_draft.offer(lab, ask.team_id, ask.user, decision.form_name(number))
    form = view.form(
        shown,
        typed or str(kept.get("learnings", "")),
        call=str(kept.get("call", "")),
        channel=ask.channel,
        note=note,
    )
    return Reply(modal=form)


def _once_more(lab: Lab, ask: Ask, order: Order) -> Reply:
    """The form again with the few words typed in it, and why they are not enough."""
    try:
        rules.checked_learnings(order.learnings)
    except Refused as why:
        return _form(lab, ask, order.number, typed=order.learnings, note=why.sentence)
    raise AssertionError("checked_learnings and is_learning disagree")


def _several(lab: Lab, ask: Ask, numbers: list[int], learned: str) -> Reply:
    return Reply.of(view.several([_asked(lab, ask, number, learned) for number in numbers]))


def _asked(lab: Lab, ask: Ask, number: int, learned: str) -> rules.Evidence | str:
    """One of several: what to show of it, or why it cannot be killed. The sentence is kept."""
    try:
        shown = decision.evidence(lab, ask.team_id, number, by=ask.user)
    except UserError as refusal:
        return refusal.sentence
    form = decision.form_name(number)
    form_draft.keep(lab, ask.team_id, ask.user, form, {"learnings": learned})
    return shown


def _done(lab: Lab, ask: Ask, done: rules.Killed) -> Reply:
    reply = Reply.of(view.told(done))
    if done.already or not done.ticket.is_to_compare:
        return reply
    return outcome.asked(lab, ask, done.ticket.number, reply, done.change_id)


ROUTES = Routes(
    verbs=(
        Verb("/kill", "", "EXP-042 what we learned", "Kill an experiment (owner, lead)", kill),
    ),
    actions={"kill_open": open_form, "kill_undo": undo},
    forms={FORM: confirm},
    closed={FORM: keep},
)
