"""Asking for a kill: the form, the question to the leads, and the answer."""

from core.decisions.kill_request import KillRequest
from core.experiments.experiment import Experiment
from views import kit
from views.experiments import experiment
from views.kit import Message

_BECAME = {
    "killed": "killed by",
    "kept": "kept by",
    "closed": "decided already by",
}


def form(ticket: Experiment, typed: str = "", *, channel: str = "") -> kit.Block:
    """Asks for the reason."""
    reason = kit.text_input(typed, lines=True, placeholder="What have you seen?")
    blocks = [
        kit.section(experiment.named(ticket)),
        kit.field("reason", f"Why should {ticket.id} be killed?", reason),
    ]
    title, meta = f"Ask about {ticket.id}", {"number": ticket.number, "channel": channel}
    return kit.modal("kill_ask", title, blocks, submit="Ask", meta=meta)


def request(asked: KillRequest) -> Message:
    """The question with Kill and Keep, or what became of it."""
    ticket, who = asked.ticket, kit.person(asked.requester)
    text = f"{ticket.id}: {who} asks to kill it"
    if asked.state != "open":
        text = f"{ticket.id}: {_BECAME[asked.state]} {kit.person(asked.decided_by)} ({who} asked)"
        return Message(text, [kit.section(text), kit.quote(asked.reason)])
    number = str(ticket.number)
    buttons = kit.actions(
        kit.button(f"Kill {ticket.id}…", "kill_open", number, style="danger"),
        kit.button("Keep", "kill_keep", str(asked.id)),
    )
    head = kit.section(f"{text}\n{experiment.named(ticket)} · {ticket.stage}")
    return Message(text, [head, kit.quote(asked.reason), buttons])


def answer(asked: KillRequest) -> Message:
    """What the requester hears once it is decided."""
    who = kit.person(asked.decided_by)
    said = {
        "killed": f"{asked.ticket.id} was killed by {who}, as you asked.",
        "kept": f"{asked.ticket.id} goes on: {who} decided to keep it for now.",
        "closed": f"{asked.ticket.id} was decided by {who}: it is in {asked.ticket.stage}.",
    }
    text = said[asked.state]
    return Message(text, [kit.section(text)])


def asked(shown: KillRequest, *, already: bool) -> Message:
    """What the requester hears at once."""
    whom = "The leads are" if shown.to_leads else "The owner is"
    text = f"{whom} asked about {shown.ticket.id}; you will hear what is decided."
    if already:
        text = f"You asked about {shown.ticket.id} today already; it is {_standing(shown)}."
    if shown.closed[1] and shown.state == "open":
        text += f" {kit.closed(*shown.closed)} Each lead has it by direct message instead."
    return Message(text, [kit.section(text)])


def decided(shown: KillRequest) -> Message:
    """What the person hears who pressed Keep, first or second."""
    by, asker = kit.person(shown.decided_by), kit.person(shown.requester)
    text = f"{shown.ticket.id} is {_BECAME[shown.state]} {by}; {asker} knows."
    return Message(text, [kit.section(text)])


def _standing(shown: KillRequest) -> str:
    if shown.state == "open":
        return "with the leads" if shown.to_leads else "with the owner"
    return f"{_BECAME[shown.state]} {kit.person(shown.decided_by)}"
