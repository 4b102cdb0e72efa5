"""What a sentence asks to be done: the filled form, opened at once or behind a button; nothing is
done without a press.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from core.assay import about
from core.assay.intent import Meaning
from core.text import clean
from handlers import access
from handlers.ask import Ask, Handler, Reply, Routes
from handlers.blockers import report
from handlers.board import workflow
from handlers.decisions import kill as kills
from handlers.decisions import proposal
from handlers.experiments import checkpoint
from handlers.experiments import form as tickets
from services import form_draft, pending, standing
from services.assay import told as results
from services.blockers import report as blockers
from services.board import workflow as moves
from services.decisions import kill as decision
from services.decisions import proposal as proposals
from services.experiments import checkpoint as looks
from services.experiments import listing
from services.ports import Lab
from views import kit
from views.assay import offers as view

Offer = Callable[[Lab, Ask, Meaning, bool], Reply]
_SAFE = "The form asks what was learned; nothing is done before you send it."
_OFFERED = 8  # experiments to choose from


def bound(offer: Offer, found: Meaning, *, can_open: bool) -> Handler:
    """The offer for what was understood, as a handler."""
    return lambda lab, ask: offer(lab, ask, found, can_open)


def kill(lab: Lab, ask: Ask, found: Meaning, can_open: bool) -> Reply:
    """Kill it: the form with the evidence, for whoever may decide."""
    access.require_part(lab, ask)
    number = found.experiment
    if not number:
        return kills.kill(lab, replace(ask, text=""))
    if can_open:
        return kills.open_form(lab, _on(ask, number))
    shown = decision.evidence(lab, ask.team_id, number, by=ask.user)
    if shown.ticket.stage == "killed":
        return kills.open_form(lab, _on(ask, number))
    text = f"Kill {shown.ticket.id}? {_SAFE}"
    return Reply.of(view.form(text, f"Kill {shown.ticket.id}…", "kill_open", str(number)))


def promote(lab: Lab, ask: Ask, found: Meaning, can_open: bool) -> Reply:
    """Promote it: the form, for a lead and a ticket that is ready."""
    access.require_part(lab, ask)
    number = found.experiment
    if not number:
        return _which(lab, ask, "shall go to production")
    if can_open:
        return workflow.promote(lab, _on(ask, number))
    ticket = moves.promotable(lab, ask.team_id, number, by=ask.user)
    text = f"Promote {ticket.id}? {_SAFE}"
    return Reply.of(view.form(text, f"Promote {ticket.id}…", "promote_open", str(number)))


def extend(lab: Lab, ask: Ask, found: Meaning, can_open: bool) -> Reply:
    """More time: the form with the days that were said."""
    access.require_part(lab, ask)
    number = found.experiment
    if not number:
        return _which(lab, ask, "needs more time")
    ticket = proposals.extendable(lab, ask.team_id, number, by=ask.user)
    days = about.days(found.span)
    if days:
        form = f"{proposal.FORM}:{number}"
        form_draft.keep(lab, ask.team_id, ask.user, form, {"days": str(days)})
    if can_open:
        return proposal.open_form(lab, _on(ask, number))
    much = f" by {days} day{'' if days == 1 else 's'}" if days else ""
    text = f"Extend {ticket.id}{much}? The form asks why."
    return Reply.of(view.form(text, f"Extend {ticket.id}…", "proposal_extend", str(number)))


def update(lab: Lab, ask: Ask, found: Meaning, can_open: bool) -> Reply:
    """A result: read back for one press when it was told, else the form."""
    access.require_part(lab, ask)
    number = found.experiment
    if not number:
        return _which(lab, ask, "is it about")
    ticket = looks.to_report(lab, ask.team_id, number)
    if found.told is not None:
        typed, shown = results.readable(ticket, found.told)
        waiting = pending.keep(lab, ask.workspace, ask.user, {"told": f"{ticket.id} {typed}"})
        return Reply.of(view.record(waiting, number, shown))
    if can_open:
        return checkpoint.update(lab, _on(ask, number))
    text = f"Report a result on {ticket.id}."
    return Reply.of(view.form(text, "Report a result…", "update_open", str(number)))


def new(lab: Lab, ask: Ask, _found: Meaning, can_open: bool) -> Reply:
    """A new experiment: the form with the title that was said."""
    access.require_part(lab, ask)
    title = about.title(ask.said)
    if can_open:
        return tickets.new(lab, replace(ask, text=title))
    named = f" “{kit.escape(title, 150)}”" if title else ""
    text = f"Write a new experiment{named}: the form asks what you expect and when to stop."
    return Reply.of(view.form(text, "New experiment…", "assay_new", title))


def blocker(lab: Lab, ask: Ask, found: Meaning, can_open: bool) -> Reply:
    """Somebody is stuck: the form with what they said."""
    access.require_part(lab, ask)
    text = clean(ask.said, limit=500)
    if found.words > 2:
        values: dict[str, Any] = {"text": text}
        values |= {"experiment": str(found.experiment)} if found.experiment else {}
        form_draft.keep(lab, ask.team_id, ask.user, blockers.FORM, values)
    if can_open:
        return report.new(lab, replace(ask, text=""))
    told = "Report it as a blocker? Then the team sees it, and who can help."
    return Reply.of(view.form(told, "Report a blocker…", "blocker_new"))


def away(_lab: Lab, _ask: Ask) -> Reply:
    """Away without days: the form."""
    text = "Away until when? The form keeps it, or write `ooo until Friday`."
    return Reply.of(view.form(text, "I'm away…", "absence_open"))


def unsure(lab: Lab, ask: Ask, found: Meaning, _can_open: bool) -> Reply:
    """Nothing understood: an id that was seen, the board, what is blocked, help."""
    kept = _kept(ask)
    number = pending.keep(lab, ask.workspace, ask.user, kept)
    acts = standing.of(lab, ask.team_id, ask.user) not in ("observer", standing.GUEST)
    typed = clean(ask.said, limit=300)
    return Reply.of(view.unsure(number, found.ids, typed, found.guesses, acts=acts))


def other(lab: Lab, ask: Ask, _found: Meaning, _can_open: bool) -> Reply:
    """`and the other one?`: which of theirs."""
    return _which(lab, ask, "do you mean")


def nobody_asked(lab: Lab, ask: Ask) -> Reply:
    """It looks like an answer, and no standup waits for one."""
    access.require_part(lab, ask)
    return Reply.of(view.nobody_asked(clean(ask.said, limit=300)))


def _which(lab: Lab, ask: Ask, what: str) -> Reply:
    mine = [one.number for one in listing.to_update(lab, ask.team_id, ask.user, most=_OFFERED)]
    kept = _kept(ask)
    number = pending.keep(lab, ask.workspace, ask.user, kept) if mine else 0
    return Reply.of(view.which(number, mine, what))


def _kept(ask: Ask) -> dict[str, Any]:
    """What goes on once it is said what is meant; whose it is, is asked anew."""
    bare = asdict(replace(ask, wish={}, others=()))
    return bare | {"now": ask.now.isoformat(), "text": ask.said, "event": {}}


def record(lab: Lab, ask: Ask) -> Reply:
    """Record: what was read back is reported, once."""
    kept = results.take(lab, ask.workspace, ask.user, ask.number("Write the result once more."))
    reply = checkpoint.update(lab, replace(ask, text=kept, value=""))
    return replace(reply, replace=True)


def drop(lab: Lab, ask: Ask) -> Reply:
    """No: nothing is kept of it."""
    results.take(lab, ask.workspace, ask.user, ask.number("Write the result once more."))
    return Reply.of(view.dropped(), replace=True)


def open_new(lab: Lab, ask: Ask) -> Reply:
    """New experiment, with the title on the button."""
    return tickets.new(lab, replace(ask, text=ask.value))


def _on(ask: Ask, number: int) -> Ask:
    return replace(ask, value=str(number), text="")


OFFERS: Mapping[str, Offer] = {
    "kill": kill,
    "promote": promote,
    "extend": extend,
    "update": update,
    "new": new,
    "blocker": blocker,
    "other": other,
}
ROUTES = Routes(actions={"assay_record": record, "assay_drop": drop, "assay_new": open_new})
