"""Requests that take a second person: in the leads' channel, and what the asker hears."""

from core import figures
from core.decisions.approval import OPEN_FOR, Approval, alone_from
from views import kit
from views.experiments import experiment
from views.kit import Message


def _what(shown: Approval) -> str:
    amount = figures.number(shown.wanted.amount, 1)
    if shown.wanted.kind == "extend":
        return f"extend it by {amount} day{'' if amount == '1' else 's'}"
    if shown.wanted.kind == "budget":
        return f"raise its budget by {amount} GPU-hours"
    if shown.wanted.kind == "spend":
        return f"let it use {amount} GPU-hours"
    return "reopen it"


def request(shown: Approval) -> Message:
    """The request with Approve and Decline, or what became of it."""
    who, called = kit.person(shown.asked_by), shown.ticket.id
    text = f"{called}: {who} asks to {_what(shown)}"
    if shown.state != "open":
        text = f"{called}: {_became(shown)} ({who} asked to {_what(shown)})"
        return Message(text, [kit.section(text), kit.quote(shown.why)])
    ticket = shown.ticket
    facts = f"{experiment.named(ticket)} · {ticket.stage}, box {ticket.box_days} days, "
    facts += experiment.gpu(ticket)
    rule = f"It takes a lead other than {who}, within {OPEN_FOR} working days."
    if shown.alone:
        rule = f"There is no other lead: {who} can approve it alone from "
        rule += f"{kit.moment(alone_from(shown.asked_at))} on."
    number = str(shown.id)
    buttons = kit.actions(
        kit.button("Approve", "approval_yes", number, style="primary"),
        kit.button("Decline", "approval_no", number),
    )
    blocks = [kit.section(f"{text}\n{facts}"), kit.quote(shown.why), kit.context(rule), buttons]
    return Message(text, blocks)


def _became(shown: Approval) -> str:
    by = kit.person(shown.decided_by)
    alone = ", alone" if shown.decided_by == shown.asked_by else ""
    return {
        "approved": f"approved by {by}{alone}",
        "declined": f"taken back by {by}" if alone else f"declined by {by}",
        "expired": f"nobody decided within {OPEN_FOR} working days",
        "void": "not possible any more, the ticket has changed",
    }[shown.state]


def answer(found: Approval) -> Message:
    """What the asker hears when it is decided, or when nobody did."""
    text = f"{found.ticket.id}: your wish to {_what(found)} was {_said(found)}"
    return Message(text, [kit.section(text)])


def _said(found: Approval) -> str:
    if found.state == "expired":
        return f"not decided within {OPEN_FOR} working days. Ask again if it is still needed."
    if found.state == "void":
        return "not possible any more: the ticket has changed."
    return f"{found.state} by {kit.person(found.decided_by)}."


def waits(shown: Approval, *, again: bool) -> Message:
    """The answer to the one who asked."""
    text = f"{shown.ticket.id}: to {_what(shown)} takes another lead's approval; "
    text += "that was asked already and waits." if again else "they are asked."
    if shown.alone:
        text = (
            f"{shown.ticket.id}: to {_what(shown)} takes a second person, and there is no other "
        )
        text += f"lead. You can approve it alone from {kit.moment(alone_from(shown.asked_at))} on."
    cancel = kit.button("Take it back", "approval_no", str(shown.id))
    return Message(text, [kit.section(text), kit.actions(cancel)])


def decided(shown: Approval) -> Message:
    """What the person hears who pressed a button, first or second."""
    text = f"{shown.ticket.id}: {_became(shown)}; {kit.person(shown.asked_by)} knows."
    return Message(text, [kit.section(text)])
