"""/eng: ML engineering tickets (infra, optimization, deployment)."""

import re

from core.board.engineering import engineering_number, read_status
from core.board.engineering_form import is_whole, read_done, read_line
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.audited import Kind
from services import form_draft
from services.audited import ChangeRequest
from services.board import engineering, engineering_changes, engineering_undo
from services.board.engineering import WrittenEngineering
from services.ports import Lab
from views.board import engineering as view
from views.board import engineering_form as forms
from views.experiments.form import KEPT_EDIT, SAFE
from views.kit import Message

KIND = Kind(
    ("/eng", "ENG-003"), ("eng", "engineering"), engineering_number,
    "Which ticket?", "`/eng list` shows the ids",
)  # fmt: skip


def list_(lab: Lab, ask: Ask) -> Reply:
    """`/eng` and `/eng list [mine|open|all]`."""
    return Reply.of(_page(lab, ask, ask.text, 0))


def turn(lab: Lab, ask: Ask) -> Reply:
    """Another page; the button's value is `wanted|first`."""
    return Reply.of(_page(lab, ask, *ask.page("`/eng list` begins anew.")), replace=True)


def _page(lab: Lab, ask: Ask, wanted: str, first: int) -> Message:
    found = engineering.listed(lab, ask.workspace, wanted, by=ask.user)
    return view.listed(found.found, found.wanted, found.today, first=first)


def show(lab: Lab, ask: Ask) -> Reply:
    """`/eng ENG-003`."""
    number, _ = KIND.numbered(ask, "/eng ENG-003")
    found = engineering.shown(lab, ask.workspace, number)
    return Reply.of(view.card(found.ticket, found.today))


def new(lab: Lab, ask: Ask) -> Reply:
    """`/eng new …`: written at once when the line names fields, else the form."""
    if is_whole(ask.text):
        act = ChangeRequest(0, ask.user, channel=ask.channel, typed=read_line(ask.text))
        return _card(engineering_changes.create(lab, ask.workspace, act))
    title = clean(ask.text, limit=150)
    name = engineering.form_name(0)
    kept = {} if title else form_draft.offer(lab, ask.workspace, ask.user, name)
    texts = {"title": title, "owner": ask.user, **kept}
    meta = {"channel": ask.channel}
    return Reply(modal=forms.form(texts, meta=meta, note=KEPT_EDIT if kept else SAFE))


def edit(lab: Lab, ask: Ask) -> Reply:
    """`/eng edit ENG-003`: the form with the ticket in it."""
    number, _ = KIND.numbered(ask, "/eng edit ENG-003")
    found = engineering.to_edit(lab, ask.workspace, number, by=ask.user)
    texts = {**forms.filled(found.ticket), **(found.draft or {})}
    meta = {"channel": ask.channel, "number": number, "seen": found.seen, "id": found.ticket.id}
    return Reply(modal=forms.form(texts, meta=meta, note=KEPT_EDIT if found.draft else SAFE))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form of a new or a present ticket was sent."""
    number, channel = ask.carried("number", 0), ask.told("channel")
    seen = ask.carried("seen") if "seen" in ask.meta else None
    act = ChangeRequest(number, ask.user, channel=channel, seen=seen, typed=ask.values)
    write = engineering_changes.edit if number else engineering_changes.create
    return _card(write(lab, ask.workspace, act))


def keep(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    name = engineering.form_name(ask.carried("number", 0))
    form_draft.keep(lab, ask.workspace, ask.user, name, ask.values)
    return Reply()


def move(lab: Lab, ask: Ask) -> Reply:
    """`/eng move ENG-003 review`; to done it goes as `/eng done` does."""
    number, rest = KIND.numbered(ask, "/eng move ENG-003 review")
    to = read_status(re.sub(r"^(?:to|→|->)\s+(?!do\b)", "", rest, flags=re.IGNORECASE))
    if to == "done":
        return _done_form(lab, ask, number)
    act = ChangeRequest(number, ask.user, channel=ask.channel)
    return _card(engineering_changes.move(lab, ask.workspace, to, act), replace=bool(ask.value))


def done(lab: Lab, ask: Ask) -> Reply:
    """`/eng done ENG-003 measured latency=180ms cost=$0.001 [why=…]`; alone the form."""
    number, rest = KIND.numbered(ask, "/eng done ENG-003 measured latency=180ms")
    if not rest:
        return _done_form(lab, ask, number)
    measured, why = read_done(rest)
    act = ChangeRequest(number, ask.user, why, ask.channel)
    return _card(engineering_changes.done(lab, ask.workspace, measured, act))


def _done_form(lab: Lab, ask: Ask, number: int) -> Reply:
    found = engineering.to_close(lab, ask.workspace, number, by=ask.user)
    meta = {"channel": ask.channel, "number": number}
    return Reply(modal=forms.done(found.ticket, {}, meta=meta))


def send_done(lab: Lab, ask: Ask) -> Reply:
    """The form for closing was sent."""
    typed = {name: clean(ask.written(name), limit=500) for name in forms.MEASURED}
    act = ChangeRequest(ask.carried("number"), ask.user, typed["why"], ask.told("channel"))
    measured = typed["latency"], typed["cost"]
    return _card(engineering_changes.done(lab, ask.workspace, measured, act))


def undo(lab: Lab, ask: Ask) -> Reply:
    """`/eng undo [ENG-003]`, or the button under a change."""
    number = KIND.numbered(ask, "/eng undo ENG-003")[0] if ask.text.strip() else 0
    act = ChangeRequest(number, ask.user, channel=ask.channel)
    change_id = number_in(ask.value or "0", "Write `/eng undo ENG-003`.")
    undone = engineering_undo.undo(lab, ask.workspace, act, change_id=change_id)
    return _card(undone, replace=bool(ask.value))


def _card(made: WrittenEngineering, *, replace: bool = False) -> Reply:
    it = made.shown
    return Reply.of(
        view.card(it.ticket, it.today, note=made.said, change_id=it.change_id), replace=replace
    )


link = KIND.linking("link", engineering_changes.link, _card)
unlink = KIND.linking("unlink", engineering_changes.unlink, _card)
history = KIND.history(engineering.history, view.history)

ROUTES = Routes(
    verbs=(
        Verb("/eng", "", "", "Open engineering tickets", list_),
        Verb("/eng", "list", "[mine|open|all]", "Find them", list_),
        Verb("/eng", "new", "what type=infra latency=<200ms", "Write one (alone: form)", new),
        Verb("/eng", "show", "ENG-003", "One ticket (also `/eng ENG-003`)", show),
        Verb("/eng", "edit", "ENG-003", "Change it", edit),
        Verb("/eng", "move", "ENG-003 todo|doing|review", "Take it on", move),
        Verb("/eng", "done", "ENG-003 measured latency=180ms", "Close it, targets checked", done),
        Verb("/eng", "link", "ENG-003 EXP-042", "It blocks that experiment", link),
        Verb("/eng", "unlink", "ENG-003 EXP-042", "It does not", unlink),
        Verb("/eng", "history", "ENG-003", "Who changed what", history),
        Verb("/eng", "undo", "[ENG-003]", "Take back your last change (10 minutes)", undo),
    ),
    actions={
        "eng_new": new,
        "eng_page": turn,
        "eng_earlier": turn,
        "eng_show": show,
        "eng_edit": edit,
        "eng_move": move,
        "eng_done": done,
        "eng_history": history,
        "eng_undo": undo,
    },
    forms={forms.EDIT: send, forms.DONE: send_done},
    closed={forms.EDIT: keep},
)
