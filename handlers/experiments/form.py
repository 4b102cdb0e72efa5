"""/exp new and /exp edit: the ticket's form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.audited import Entry, restored
from core.errors import Refused, UserError
from core.experiments import form as rules
from core.experiments.experiment import Experiment
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import card, numbered
from services import form_draft
from services.experiments import experiment, history, prediction
from services.experiments import form as intake
from services.experiments.experiment import TicketPage, TicketRequest
from services.experiments.prediction import Sketch
from services.ports import Lab
from services.project import canvas_limits
from views.experiments import form as view
from views.experiments import prediction as expectations
from views.project import canvas_limits as limits

NEW, EDIT = "new_experiment", "edit_experiment"


def new(lab: Lab, ask: Ask) -> Reply:
    """`new [title]`: the empty form, or with what was typed earlier when no title is given."""
    title = clean(ask.text, limit=150)
    kept = {} if title else form_draft.offer(lab, ask.team_id, ask.user, NEW)
    meta: dict[str, Any] = {"channel": ask.channel, "title": title}
    meta |= {"details": 1} if view.needs_details(kept, ask.user) else {}
    texts = {"title": title, "owner": ask.user, **kept}
    about = f"{title} {kept.get('title', '')} {kept.get('hypothesis', '')}"
    found = prediction.advice(lab, ask.team_id, Sketch(about, ask.user), by=ask.user)
    notes = [view.KEPT if kept else view.SAFE, expectations.rate(found.rate)]
    notes += limits.before_writing(canvas_limits.of_team(lab, ask.team_id))
    aside = expectations.aside(found.alike)
    return Reply(modal=view.form(NEW, texts, meta=meta, notes=notes, aside=aside))


def look(lab: Lab, ask: Ask) -> Reply:
    """The form's button: past experiments that look like what is typed so far."""
    about = _about(ask)
    if not about.strip():
        raise Refused("There is nothing to compare yet.", "Type the title or the hypothesis.")
    found = prediction.advice(lab, ask.team_id, Sketch(about, ask.user), by=ask.user)
    notes = [view.SAFE, expectations.rate(found.rate)]
    notes += limits.told(canvas_limits.broken(lab, ask.team_id, ask.values))
    aside = expectations.aside(found.alike, looked=True)
    return Reply(update=view.form(NEW, ask.values, meta=ask.meta, notes=notes, aside=aside))


def details(lab: Lab, ask: Ask) -> Reply:
    """The form's button Details: the same form with the rest below, and what was typed in it."""
    meta = {**ask.meta, "details": 1}
    texts = {"owner": ask.user, **ask.values, **rules.signed(ask.written("target"))}
    found = prediction.advice(lab, ask.team_id, Sketch(_about(ask), ask.user), by=ask.user)
    notes = [view.SAFE, expectations.rate(found.rate)]
    notes += limits.told(canvas_limits.broken(lab, ask.team_id, ask.values))
    aside = expectations.aside(found.alike)
    return Reply(update=view.form(NEW, texts, meta=meta, notes=notes, aside=aside))


def _about(ask: Ask) -> str:
    return f"{ask.written('title')} {ask.written('hypothesis')}"


def write(lab: Lab, ask: Ask) -> Reply:
    """The form of a new ticket was sent."""
    channel = ask.told("channel")
    made = intake.create(lab, ask.team_id, ask.values, by=ask.user, channel=channel)
    _forget(lab, ask, NEW)
    ticket = made.after
    note = f"{ticket.id} is written and waits in the backlog."
    unset = " No team channel is set, so nobody was told; a lead sets it: `/exp setup`."
    note += "" if made.told else unset
    about = f"{ticket.title} {ticket.hypothesis}"
    sketch = Sketch(about, ticket.owner, ticket.number)
    found = prediction.advice(lab, ask.team_id, sketch, by=ask.user)
    reply = card(lab, ask, ticket.number, note=note)
    more = expectations.after(ticket, found.rate, found.alike)
    return replace(reply, blocks=[*reply.blocks, *more])


def edit(lab: Lab, ask: Ask) -> Reply:
    """`edit EXP-042`: the form with the ticket in it. Raises NotAllowed, Refused."""
    number, _ = numbered(ask, "/exp edit EXP-042")
    look = intake.to_edit(lab, ask.team_id, number, by=ask.user)
    kept = form_draft.offer(lab, ask.team_id, ask.user, f"{EDIT}:{number}")
    texts = {**view.filled(look.ticket), **kept}
    notes = [view.KEPT_EDIT if kept else view.SAFE]
    notes += limits.told(canvas_limits.broken(lab, ask.team_id, texts))
    return Reply(modal=_edit_form(ask, look, texts, notes))


def _edit_form(
    ask: Ask, look: TicketPage, texts: Mapping[str, Any], notes: list[str]
) -> dict[str, Any]:
    channel, ticket = ask.channel or ask.told("channel"), look.ticket
    meta = {"channel": channel, "number": ticket.number, "id": ticket.id, "seen": look.change_id}
    meta["sealed"] = f"{look.sealed.day} {look.sealed:%b %Y}" if look.sealed else ""
    meta["turn"] = ask.carried("turn", -1) + 1
    return view.form(EDIT, texts, meta=meta, notes=notes)


def save(lab: Lab, ask: Ask) -> Reply:
    """The form of a present ticket was sent; shown once more when somebody was faster."""
    number, channel = ask.carried("number"), ask.told("channel")
    ask = replace(ask, values=_plain(ask.values))
    overtaken = _overtaken(lab, ask, number)
    if overtaken:
        return overtaken
    try:
        made = intake.edit(
            lab,
            TicketRequest(ask.team_id, number, ask.user, "edited", channel=channel),
            ask.values,
        )
    except UserError as refusal:
        refusal.tagged(view.suffix(ask.meta))
        raise
    _forget(lab, ask, f"{EDIT}:{number}")
    changed = [name for name, text in view.filled(made.after).items()
               if text != view.filled(made.before)[name]]  # fmt: skip
    names = ", ".join(view.NAMES[name] for name in changed)
    return card(lab, ask, number, note=f"{made.after.id} saved: {names}.")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.partition("~")[0]: value for name, value in values.items()}


def _overtaken(lab: Lab, ask: Ask, number: int) -> Reply | None:
    later = history.since(lab, ask.team_id, number, ask.carried("seen", 0))
    if not later:
        return None
    seen = experiment.seen(lab, ask.team_id, number)
    old = view.filled(before_all(seen.ticket, later))
    now = view.filled(seen.ticket)
    if old == now:
        return None
    mine = {k: v for k, v in ask.values.items() if str(v or "") != old.get(k, "")}
    names = {entry.who for entry in later}
    who = f"<@{names.pop()}>" if len(names) == 1 else "Others"
    notes = [view.overtaken(old, now, who=who)]
    return Reply(update=_edit_form(ask, seen, {**now, **mine}, notes))


def before_all(ticket: Experiment, later: list[Entry]) -> Experiment:
    """The ticket as it was before those changes (newest first)."""
    for entry in later:
        ticket = restored(ticket, entry.before)
    return ticket


def keep_new(lab: Lab, ask: Ask) -> Reply:
    """The form of a new ticket was closed: what was typed is kept."""
    given = {"title": ask.told("title"), "owner": ask.user}
    if view.typed(ask.values, given):
        form_draft.keep(lab, ask.team_id, ask.user, NEW, ask.values)
    return Reply()


def keep_edit(lab: Lab, ask: Ask) -> Reply:
    """The form of a present ticket was closed: what differs from the ticket is kept."""
    number = ask.carried("number")
    ticket = experiment.seen(lab, ask.team_id, number).ticket
    typed = view.typed(_plain(ask.values), view.filled(ticket))
    form_draft.keep(lab, ask.team_id, ask.user, f"{EDIT}:{number}", typed)
    return Reply()


def _forget(lab: Lab, ask: Ask, form: str) -> None:
    form_draft.forget(lab, ask.team_id, ask.user, form)


ROUTES = Routes(
    verbs=(
        Verb("/exp", "new", "[title]", "Write a ticket: hypothesis, target, budget, box", new),
        Verb("/exp", "edit", "EXP-042", "Change a ticket (owner or lead)", edit),
    ),
    actions={
        "experiment_new": new,
        "edit_open": edit,
        "similar_look": look,
        view.DETAILS: details,
    },
    forms={NEW: write, EDIT: save},
    closed={NEW: keep_new, EDIT: keep_edit},
    shortcuts={NEW: new},
)
