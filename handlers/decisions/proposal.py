"""The buttons of proposals: snooze, extend (Kill and Post an update are other nouns' forms)."""

from dataclasses import replace

from core.errors import Refused
from core.faults import Faults
from core.quantity import whole
from handlers.ask import Ask, Reply, Routes
from handlers.board import workflow
from services import form_draft
from services.board import workflow as ruled
from services.decisions import proposal
from services.ports import Lab
from views.decisions import proposal as view

FORM = "proposal_extend"


def snooze(lab: Lab, ask: Ask) -> Reply:
    """Silence the experiment's proposals for everybody; the button's value is its number."""
    shown = proposal.snooze(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.snoozed(shown))


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The form to extend; a closed ticket is refused with who closed it."""
    number = _number(ask)
    ticket = proposal.extendable(lab, ask.team_id, number, by=ask.user)
    kept = form_draft.offer(lab, ask.team_id, ask.user, _draft(number))
    typed = {name: str(text) for name, text in kept.items()}
    return Reply(modal=view.extend_form(ticket, typed, channel=ask.channel))


def _require_days(days: int) -> None:
    if not 1 <= days <= 14:
        raise Refused("Choose 1 to 14 days.", field="days")


def extend(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: the box grows, and the proposal settles when nothing fires any more."""
    days = whole(ask.written("days")) or 0
    reason, number = ask.written("reason"), ask.carried("number")
    with Faults() as each:
        each(_require_days, days)
        each(ruled.require_reason, reason, f"EXP-{number:03d}")
    typed = replace(ask, value="", text=f"{number} {days}d {reason}", channel=ask.told("channel"))
    reply = workflow.extend(lab, typed)
    proposal.look_again(lab, ask.team_id, number)
    form_draft.forget(lab, ask.team_id, ask.user, _draft(number))
    return reply


def keep(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    typed = {"reason": ask.values.get("reason")}
    typed |= {"days": ask.values.get("days")} if typed["reason"] else {}
    form_draft.keep(lab, ask.team_id, ask.user, _draft(ask.carried("number")), typed)
    return Reply()


def _draft(number: int) -> str:
    return f"{FORM}:{number}"


def _number(ask: Ask) -> int:
    return ask.number("`/exp list` shows all experiments.")


ROUTES = Routes(
    actions={"proposal_snooze": snooze, "proposal_extend": open_form},
    forms={FORM: extend},
    closed={FORM: keep},
)
