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


# What an intent is called on a button; `{}` is the id it is about.
_NAMED = {
    "card": "Show {}", "mine": "My experiments", "board": "The board",
    "status": "How we are doing", "when": "When it will be ready",
    "why_late": "Why it is late", "accuracy": "How accurate it is",
    "add": "What adding it takes", "blocked": "What is blocked", "history": "What was decided",
    "spent": "GPU-hours spent", "decisions": "What needs a decision", "kill": "Kill {}…",
    "promote": "Promote {}…", "extend": "More time for {}…", "update": "Report a result…",
    "new": "New experiment…", "blocker": "Report a blocker…", "away": "I'm away…",
    "back": "I'm back", "help": "Help",
}  # fmt: skip
_ALWAYS = ("board", "blocked", "help")
_OF_ONE = ("card", "update", "extend")  # of an experiment that was named
_ACTS = frozenset({"kill", "promote", "extend", "update", "new", "blocker", "away", "back"})
MOST_WORDS = 6


def unsure(
    number: int, seen: Sequence[Id], typed: str, guesses: Sequence[str] = (), *, acts: bool
) -> Message:
    """Nothing understood for sure: what it may have been, the likeliest first, and what can be
    shown. number: of the input that waits. acts: for who may do more than read.
    """
    names = [about.name(one) for one in seen[:MOST]]
    one = names[0] if len(names) == 1 else ""
    wanted = [*guesses, *(_OF_ONE if one else ()), *_ALWAYS]
    allowed = [w for w in dict.fromkeys(wanted) if acts or w not in _ACTS]
    known = [w for w in allowed if has_button(w, seen)][: MOST_WORDS - 1]
    labels = [(_NAMED[w].format(one or "it"), f"~{w}") for w in [*known, "help"]]
    labels += [(name, name) for name in names if not one]
    buttons = [
        kit.button(label, f"{GO}_{n}", f"{number}:{word}")
        for n, (label, word) in enumerate(dict.fromkeys(labels))
    ]
    text = _guessed(guesses, one) if known and guesses else "I am not sure what you mean."
    quoted = [kit.quote(shorten(typed, 300))] if typed else []
    return Message(f"{text} Press what fits, or say it in other words.", [
        kit.section(f"{text} Press what fits, or say it in other words."), *quoted,
        kit.actions(*buttons),
    ])  # fmt: skip


def has_button(intent: str, seen: Sequence[Id]) -> bool:
    """True for what a button can be named after; a card needs the one id that was seen."""
    return intent in _NAMED and (intent != "card" or len(seen) == 1)


def _guessed(guesses: Sequence[str], one: str) -> str:
    label = _NAMED.get(guesses[0], "").format(one or "it").rstrip("…")
    return f"I am not sure what you mean: “{label}”?" if label else "I am not sure what you mean."


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


def reading(number: int) -> Message:
    """The file is being read for that experiment."""
    text = f"I read it for {experiment_id(number)}; what it says follows in the file's thread."
    return Message(text, [kit.section(text)])


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
