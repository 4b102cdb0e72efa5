"""What Assay offers to do: one sentence, and the button that does it."""

from collections.abc import Sequence

from core.assay import about
from core.assay.about import Id
from core.quantity import experiment_id
from core.text import shorten
from views import kit
from views.kit import Message

GO = "assay_go"  # goes on with what was typed; value: `number:word or id`
MOST = 4


def unsure(number: int, seen: Sequence[Id], typed: str, *, why: str = "") -> Message:
    """Nothing understood: what can be shown instead. number: of the input that waits."""
    names = [about.name(one) for one in seen[:MOST]]
    can = ", ".join([*names, "your board", "what is blocked"])
    text = why or f"I can show {can}, or help."
    words = [(name, name) for name in names]
    words += [("Your board", "board"), ("What is blocked", "blocked"), ("Help", "help")]
    buttons = [
        kit.button(label, f"{GO}_{n}", f"{number}:{word}") for n, (label, word) in enumerate(words)
    ]
    quoted = [kit.quote(shorten(typed, 300))] if typed else []
    lead = "I am not sure what you mean. " if not why else ""
    return Message(f"{lead}{text}", [kit.section(f"{lead}{text}"), *quoted, kit.actions(*buttons)])


def nobody_asked(typed: str) -> Message:
    """An answer that no standup waits for: where it could go."""
    text = "No standup waits for your answer now, so nothing of this is kept."
    note = "`report tomorrow`, a colon and your answer answers the next one already."
    button = kit.button("Answer the next one now", "early_open")
    blocks = [kit.section(text), kit.quote(shorten(typed, 300)), kit.context(note)]
    return Message(f"{text} {note}", [*blocks, kit.actions(button)])


def which(number: int, numbers: Sequence[int], what: str) -> Message:
    """Which experiment is it? number: of the input that goes on with the id."""
    text = f"Which experiment {what}?"
    if not numbers:
        text = f"{text} Write its id, e.g. `EXP-042`; `/exp list` shows all."
        return Message(text, [kit.section(text)])
    buttons = [
        kit.button(experiment_id(one), f"{GO}_{n}", f"{number}:{experiment_id(one)}")
        for n, one in enumerate(numbers)
    ]
    return Message(text, [kit.section(text), kit.actions(*buttons)])


def form(text: str, label: str, action: str, value: str = "", *, note: str = "") -> Message:
    """A sentence and the button that opens the filled form."""
    notes = [kit.context(note)] if note else []
    button = kit.button(label, action, value, style="primary")
    return Message(text, [kit.section(text), *notes, kit.actions(button)])


def record(number: int, experiment: int, said: str) -> Message:
    """A result told in words, read back. number: of what waits; said: `recall 0.85`."""
    text = f"Record {kit.escape(said, 200)} on {experiment_id(experiment)}?"
    buttons = kit.actions(
        kit.button("Record", "assay_record", str(number), style="primary"),
        kit.button("No", "assay_drop", str(number)),
    )
    return Message(
        text, [kit.section(f"*{text}*"), kit.context("Nothing is kept before you press."), buttons]
    )


def exactly(typed: str, action: str) -> Message:
    """A command's words in a thread, where no command can be typed: one press does it."""
    text = "Shall I do that?"
    note = kit.context("Nothing is done before you press.")
    button = kit.actions(kit.button("Do it", action, typed, style="primary"))
    return Message(text, [kit.section(f"*{text}*"), kit.quote(typed), note, button])


def dropped() -> Message:
    """It was not to be recorded."""
    text = "Not recorded."
    return Message(text, [kit.section(text)])
