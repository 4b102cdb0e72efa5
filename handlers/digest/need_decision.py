"""The buttons of an ask of leadership: an option, or Discuss; each confirmed in a form."""

from core.errors import too_old
from handlers.ask import Ask, Reply, Routes, number_in
from handlers.digest.need import numbered
from services import form_draft
from services.digest import need, need_decision
from services.digest.need import NeedRequest
from services.ports import Lab
from views.digest import need as view
from views.digest import need_form as forms


def open_decision(lab: Lab, ask: Ask) -> Reply:
    """An option's button; its value is `3|Approve`."""
    number, _, label = ask.value.partition("|")
    if not label:
        raise too_old("`/need` lists what is open.")
    act = NeedRequest(
        ask.workspace, number_in(number, "`/need` lists what is open."), ask.user, label
    )
    found, seen = need_decision.decidable(lab, act)
    kept = form_draft.offer(lab, ask.workspace, ask.user, f"{need.DECIDE}:{number}")
    meta = {"channel": ask.channel, "number": act.number, "label": label, "seen": seen}
    return Reply(modal=forms.decide(found, label, str(kept.get("why") or ""), meta=meta))


def decide(lab: Lab, ask: Ask) -> Reply:
    """The decision was confirmed."""
    label, why = ask.told("label"), ask.written("why")
    number, seen = ask.carried("number"), ask.told("seen")
    act = NeedRequest(ask.workspace, number, ask.user, label, why=why, seen=seen)
    return Reply.of(view.answered(need_decision.decide(lab, act)))


def open_talk(lab: Lab, ask: Ask) -> Reply:
    """The button Discuss; its value is the number."""
    number, _ = numbered(ask, "show")
    found = need.open_one(lab, ask.workspace, number)
    kept = form_draft.offer(lab, ask.workspace, ask.user, f"{need.DISCUSS}:{number}")
    meta = {"channel": ask.channel, "number": number}
    return Reply(modal=forms.discuss(found, str(kept.get("text") or ""), meta=meta))


def talk(lab: Lab, ask: Ask) -> Reply:
    """What somebody wants to talk about was sent."""
    said = ask.written("text")
    act = NeedRequest(ask.workspace, ask.carried("number"), ask.user, said)
    return Reply.of(view.asked_back(need_decision.discuss(lab, act)))


def keep(lab: Lab, ask: Ask) -> Reply:
    """One of the two forms was closed: what was typed is offered next time."""
    form = f"{ask.name}:{ask.carried('number')}"
    form_draft.keep(lab, ask.workspace, ask.user, form, ask.values)
    return Reply()


ROUTES = Routes(
    actions={f"need_decide_{place}": open_decision for place in range(4)}
    | {"need_discuss": open_talk},
    forms={forms.DECIDE: decide, forms.DISCUSS: talk},
    closed={forms.DECIDE: keep, forms.DISCUSS: keep},
)
