"""/exp move, extend, promote, reopen: the ticket's way through its stages."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.decisions.approval import Wanted
from core.errors import Refused
from core.experiments import timebox
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments import outcome
from handlers.experiments.experiment import numbered
from services import form_draft
from services.board import budget, gpu_queue, workflow
from services.decisions import approval
from services.decisions.approval import WaitingApproval
from services.experiments import secondary
from services.experiments.experiment import Changed, TicketRequest
from services.ports import Lab
from views.board import budget as budgets
from views.board import gpu as gpus
from views.board import workflow as view
from views.decisions import approval as approvals
from views.kit import Message

MOVE, PROMOTE = "move_experiment", "promote_experiment"


def move(lab: Lab, ask: Ask) -> Reply:
    """`move EXP-042 evaluation [why]`; a form when no stage is named."""
    number, rest = numbered(ask, "/exp move EXP-042 evaluation")
    stage, _, why = re.sub(r"^(?:to|→|->)\s+", "", rest, flags=re.IGNORECASE).partition(" ")
    return _moved(lab, ask, number, stage, why) if stage else _move_form(lab, ask, number)


def _move_form(lab: Lab, ask: Ask, number: int) -> Reply:
    ticket, lacks = workflow.movable(lab, ask.team_id, number, by=ask.user)
    texts = form_draft.offer(lab, ask.team_id, ask.user, f"{MOVE}:{number}")
    return Reply(modal=view.move_form(ticket, lacks, texts, _meta(ask, number)))


def send_move(lab: Lab, ask: Ask) -> Reply:
    """The form for a move was sent."""
    number = ask.carried("number")
    stage, why = ask.written("stage"), ask.written("note")
    reply = _moved(lab, ask, number, stage, why)
    form_draft.forget(lab, ask.team_id, ask.user, f"{MOVE}:{number}")
    return reply


def _moved(lab: Lab, ask: Ask, number: int, stage: str, why: str) -> Reply:
    act = _request(ask, number, "moved", clean(why))
    queued = gpu_queue.ask(lab, act, stage)
    if queued is not None:
        return Reply.of(gpus.queued(queued, number))
    made = workflow.move(lab, act, stage)
    reply = _told(made, view.moved(made.before, made.after, ask.user))
    if made.after.stage == "iteration":
        return outcome.asked(lab, ask, number, reply, made.change_id)
    left = made.before.stage == "backlog"
    sprint = budget.to_agree(lab, ask.team_id, number, by=ask.user) if left else 0
    return replace(reply, blocks=[*reply.blocks, *budgets.agree(number, sprint)])


def extend(lab: Lab, ask: Ask) -> Reply:
    """`extend EXP-042 3d reason`, `extend EXP-042 gpu=12h reason`."""
    usage = "/exp extend EXP-042 3d why"
    number, rest = numbered(ask, usage)
    if not rest:
        raise Refused("By how much, and why?", f"Write `{usage}` or `… gpu=12h why`.")
    budget = timebox.read_budget(rest)
    if budget:
        act = _request(ask, number, "budget raised", clean(budget[1]))
        return _done(lab, ask, act, Wanted("budget", budget[0]))
    span, why = timebox.read(rest)
    act = _request(ask, number, "extended", clean(why))
    return _done(lab, ask, act, Wanted("extend", span / timedelta(days=1)))


def _done(lab: Lab, ask: Ask, act: TicketRequest, wanted: Wanted) -> Reply:
    made = approval.do_or_ask(lab, act, wanted)
    if isinstance(made, WaitingApproval):
        return Reply.of(approvals.waits(made.approval, again=made.again))
    return _told(made, view.changed(made.before, made.after, ask.user))


def promote(lab: Lab, ask: Ask) -> Reply:
    """`promote EXP-042 learnings`; a form when they are missing and all else is there."""
    number, learnings = numbered(ask, "/exp promote EXP-042 what we learned")
    if learnings:
        return _promoted(lab, ask, number, learnings)
    ticket = workflow.promotable(lab, ask.team_id, number, by=ask.user)
    texts = form_draft.offer(lab, ask.team_id, ask.user, f"{PROMOTE}:{number}")
    known = secondary.seen(lab, ask.team_id, number)
    return Reply(modal=view.promote_form(ticket, texts, _meta(ask, number), known))


def send_promotion(lab: Lab, ask: Ask) -> Reply:
    """The form for a promotion was sent."""
    number = ask.carried("number")
    reply = _promoted(lab, ask, number, ask.written("learnings"))
    form_draft.forget(lab, ask.team_id, ask.user, f"{PROMOTE}:{number}")
    return reply


def _promoted(lab: Lab, ask: Ask, number: int, learnings: str) -> Reply:
    act = _request(ask, number, "promoted", clean(learnings))
    made = workflow.promote(lab, act)
    reply = _told(made, view.promoted(made.after, ask.user))
    return outcome.asked(lab, ask, number, reply, made.change_id)


def reopen(lab: Lab, ask: Ask) -> Reply:
    """`reopen EXP-042 reason`."""
    number, why = numbered(ask, "/exp reopen EXP-042 why")
    act = _request(ask, number, "reopened", clean(why))
    return _done(lab, ask, act, Wanted("reopen"))


def _request(ask: Ask, number: int, action: str, why: str) -> TicketRequest:
    channel = ask.channel or ask.told("channel")
    return TicketRequest(ask.team_id, number, ask.user, action, why, channel)


def _told(made: Changed, line: Message) -> Reply:
    unset = "(No team channel is set, so nobody was told; a lead sets it: `/exp setup`.)"
    note = "" if made.told else unset
    return Reply.of(view.answer(line.text, made.change_id, note))


def _meta(ask: Ask, number: int) -> dict[str, Any]:
    return {"channel": ask.channel, "number": number}


def keep(lab: Lab, ask: Ask) -> Reply:
    """One of the forms was closed: what was written is kept."""
    written = {name: ask.values.get(name) for name in ("note", "learnings")}
    if any(written.values()):
        form = f"{ask.name}:{ask.carried('number')}"
        form_draft.keep(lab, ask.team_id, ask.user, form, {**ask.values})
    return Reply()


ROUTES = Routes(
    verbs=(
        Verb("/exp", "move", "EXP-042 stage", "Take it to its next stage", move),
        Verb(
            "/exp",
            "extend",
            "EXP-042 3d why | gpu=12h why",
            "More time, or more GPU-hours",
            extend,
        ),
        Verb("/exp", "promote", "EXP-042 learnings", "Take it to production", promote, leads=True),
        Verb("/exp", "reopen", "EXP-042 why", "Bring back a closed one", reopen),
    ),
    actions={"move_open": move, "promote_open": promote},
    forms={MOVE: send_move, PROMOTE: send_promotion},
    closed={MOVE: keep, PROMOTE: keep},
)
