"""Overrides of the gate: asking, confirming, and what the channel reads."""

from core.evals.card import Overridden, OverrideAsked
from views import kit
from views.kit import Message

ASK, CONFIRM = "gate_override_ask", "gate_override_confirm"


def asked(shown: OverrideAsked) -> Message:
    """The request, with the button for the second lead until it was given."""
    text = f"{shown.experiment} {_state(shown.decision)}: override asked by "
    text += kit.person(shown.asked_by)
    if shown.confirmed_by:
        text += f", given by {kit.person(shown.confirmed_by)}"
    blocks = [kit.section(text), kit.quote(shown.reason)]
    if not shown.confirmed_by:
        button = kit.button("Confirm the override…", "gate_override_second", str(shown.id))
        blocks += [kit.context("It takes a second lead, with a reason."), kit.actions(button)]
    return Message(text, blocks)


def overridden(shown: Overridden) -> Message:
    """What the channel reads."""
    text = (
        f"{shown.experiment} {_state(shown.decision)} and may go to production on the word of "
        f"{kit.person(shown.asked_by)} and {kit.person(shown.confirmed_by)}, with these results"
    )
    return Message(
        text, [kit.section(text), kit.quote(shown.reason), kit.quote(shown.confirmation)]
    )


def ask_form(number: int, name: str, decision: str, reason: str) -> kit.Block:
    """Asks the first lead for a reason."""
    says = f"*{name}* {_state(decision)}. Another lead has to confirm; both reasons are public."
    return _form(ASK, f"Override {name}", says, reason, {"number": number})


def confirm_form(shown: OverrideAsked, reason: str) -> kit.Block:
    """Asks the second lead for a reason."""
    says = f"*{shown.experiment}* {_state(shown.decision)}. {kit.person(shown.asked_by)} wants it "
    says += f"to pass: “{kit.escape(shown.reason, 1000)}” The channel and the digest will say so."
    meta = {"id": shown.id}
    return _form(CONFIRM, f"Override {shown.experiment}", says, reason, meta)


def waits(shown: OverrideAsked, *, again: bool) -> Message:
    """The answer to the one who asked."""
    text = f"{shown.experiment}: a second lead has to confirm the override."
    text += f" {kit.person(shown.asked_by)} has asked for it already." if again else ""
    return Message(text, [kit.section(text)])


def _form(form: str, title: str, says: str, reason: str, meta: dict[str, int]) -> kit.Block:
    box = kit.text_input(reason, lines=True)
    blocks = [kit.section(says), kit.field("reason", "Why let it pass?", box)]
    return kit.modal(
        form, title, blocks, submit="Confirm" if form == CONFIRM else "Ask", meta=meta
    )


def _state(decision: str) -> str:
    return f"is {decision}" if decision else "was never judged"
