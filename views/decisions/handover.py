"""An experiment that goes to another team: asked, answered, and told in both."""

from core.decisions.approval import OPEN_FOR
from core.decisions.handover import Handover
from views import kit
from views.experiments import experiment
from views.kit import Message


def request(shown: Handover) -> Message:
    """To the leads who are asked, with Take it and Decline, or what became of it."""
    called, who, team = shown.ticket.id, kit.person(shown.asked_by), kit.escape(shown.here, 60)
    if shown.state != "open":
        text = f"{called}, which {team} offered: {_became(shown)}"
        return Message(text, [kit.section(text), kit.quote(shown.why)])
    text = f"{team} offers {called} to your team ({who})"
    number = str(shown.id)
    buttons = kit.actions(
        kit.button("Take it", "handover_yes", number, style="primary"),
        kit.button("Decline", "handover_no", number),
    )
    facts = f"{experiment.named(shown.ticket)} · {shown.ticket.stage}"
    rule = f"A lead of your team decides within {OPEN_FOR} working days; its history comes along."
    blocks = [kit.section(f"{text}\n{facts}"), kit.quote(shown.why), kit.context(rule), buttons]
    return Message(text, blocks)


def _became(shown: Handover) -> str:
    by = kit.person(shown.decided_by)
    return {
        "accepted": f"taken by {by}",
        "declined": "taken back" if shown.decided_by == shown.asked_by else f"declined by {by}",
        "expired": f"nobody decided within {OPEN_FOR} working days",
        "void": "not possible any more, it was decided or moved meanwhile",
    }.get(shown.state, "asked")


def waits(shown: Handover) -> Message:
    """The answer to who asked."""
    text = f"{shown.ticket.id} is offered to {kit.escape(shown.there, 60)}; its leads are asked."
    cancel = kit.button("Take it back", "handover_no", str(shown.id))
    return Message(text, [kit.section(text), kit.actions(cancel)])


def decided(shown: Handover) -> Message:
    """What the person reads who pressed a button, first or second."""
    text = f"{shown.ticket.id}: {_became(shown)}."
    if shown.state != "accepted" or shown.ticket.owner:
        return Message(text, [kit.section(text)])
    text = f"{text} Its owner is not in your team: name one."
    button = kit.button("Name its owner", "edit_open", str(shown.ticket.number))
    return Message(text, [kit.section(text), kit.actions(button)])


def answer(shown: Handover) -> Message:
    """What the asker hears when it is decided, or when nobody did."""
    text = f"{shown.ticket.id} to {kit.escape(shown.there, 60)}: {_became(shown)}."
    return Message(text, [kit.section(text)])


def left(shown: Handover) -> Message:
    """To the team it leaves; a private team's name is for its own people."""
    where = "another team" if shown.secret else kit.escape(shown.there, 60)
    text = f"{shown.ticket.id} goes to {where}, with its history ({kit.person(shown.asked_by)})"
    return Message(text, [kit.section(text), kit.quote(shown.why)])


def came(shown: Handover) -> Message:
    """To the team it comes to."""
    text = f"{shown.ticket.id} comes from {kit.escape(shown.here, 60)}, taken by "
    text += kit.person(shown.decided_by)
    facts = f"{experiment.named(shown.ticket)} · {shown.ticket.stage}"
    return Message(text, [kit.section(f"{text}\n{facts}"), kit.quote(shown.why)])
