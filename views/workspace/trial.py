"""A test prompt to oneself."""

from core.standups.questions import shapes_of
from core.standups.standup import Answer
from core.workspace.onboarding import Trial
from views import kit
from views.kit import Message
from views.standups import questions as asking
from views.standups import standup as standups

_MARK = "Test"
_COUNTS_NOWHERE = "This is a test: it counts nowhere, and nobody else sees it."


def show(now: Trial) -> Message:
    """What is asked, marked as a test; once answered, how the team would see the answer."""
    name = kit.escape(now.asked_as, 80)
    if now.replies:
        text = f"{_MARK} · {name}: your answer is in. Thank you."
        texts = tuple(question.text for question in now.questions)
        shapes = shapes_of(now.questions)
        given = Answer(now.user, now.name, texts, now.replies, shapes=shapes)
        _, shown = standups.answer(given)
        seen = kit.context("In a real round your team would read this in the round's thread:")
        again = kit.button("Answer again", "trial_open", str(now.id))
        end = [kit.context(_COUNTS_NOWHERE), kit.actions(again)]
        return Message(text, [kit.section(f"*{text}*"), seen, *shown, *end])
    text = f"{_MARK} · {name}: your turn"
    asked = "\n".join(asking.asked(n, one) for n, one in enumerate(now.questions, start=1))
    button = kit.button("Answer", "trial_open", str(now.id), style="primary")
    how = f"Or reply in this message's thread: one line per question. {_COUNTS_NOWHERE}"
    blocks = [kit.section(f"*{text}*"), kit.section(kit.clip(asked, 3000)), kit.actions(button)]
    return Message(text, [*blocks, kit.context(how)])


def sent(now: Trial) -> Message:
    """For whoever asked for it."""
    text = f"A test prompt of {kit.escape(now.asked_as, 80)} is in our direct message."
    return Message(text, [kit.section(text)])


def form(now: Trial) -> kit.Block:
    """The answer form, marked as a test."""
    blocks = [kit.context(_COUNTS_NOWHERE)]
    for n, question in enumerate(now.questions):
        blocks.append(asking.field(f"q{n}", question, ""))
    meta = {"trial": now.id}
    return kit.modal("trial_answer", "Standup (test)", blocks, submit="Send", meta=meta)
