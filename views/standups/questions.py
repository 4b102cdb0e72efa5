"""A standup's questions in Slack: asked, answered in a form, shown, and rearranged by leads."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.standups import typed_reply
from core.standups.questions import KINDS, MOST, Question, all_of
from core.standups.setup import Arrangement
from core.standups.typed_reply import Doubt
from core.text import shorten
from views import kit
from views.kit import Message

_HINT = 60  # ten questions with what they take must fit into one message
_FEW = 5  # as many choices are shown all at once; more are a menu


def asked(number: int, question: Question) -> str:
    """`2. How many runs? (a number)` in mrkdwn."""
    wants = typed_reply.takes(question)
    must = ", must be answered" if question.required else ""
    note = f"{shorten(wants, _HINT)}{must}".removeprefix(", ")
    return kit.escape(f"{number}. {question.text}") + (f" _({kit.escape(note)})_" * bool(note))


def field(block_id: str, question: Question, initial: str) -> kit.Block:
    """Its form field: the right one for its kind, or a text field for what fits in no other."""
    element, hint = kit.text_input(initial, lines=True), ""
    if question.kind != "text" and typed_reply.is_plain(question, initial):
        element = _element(question, initial)
    elif question.kind != "text":
        hint = f"It takes {typed_reply.takes(question)}."
    optional = not question.required
    return kit.field(block_id, question.text, element, hint=hint, optional=optional)


def reply(question: Question, said: str, limit: int) -> list[kit.Block]:
    """The question with what was replied to it, in somebody's answer."""
    if question.kind != "text" and typed_reply.is_plain(question, said):
        return [kit.section(f"{kit.escape(question.text, 200)} *{kit.escape(said, 200)}*")]
    return [kit.context(f"*{kit.escape(question.text, 200)}*"), kit.prose(kit.clip(said, limit))]


def unread(doubts: Sequence[Doubt], round_id: int) -> Message:
    """For whoever wrote it: what was kept as typed but not understood, and how to mend it."""
    text = "Your answer is in, but not all of it is clear to me."
    lines = [_doubt(doubt) for doubt in doubts]
    number = doubts[0].number
    how = f"Edit your message, or reply `{number}. …` below my question."
    button = kit.button("Change it", "standup_answer", str(round_id), style="primary")
    blocks = [kit.section(f"{text}\n" + "\n".join(lines)), kit.context(how), kit.actions(button)]
    return Message(f"{text} {lines[0]}", blocks)


def listed(now: Arrangement, *, may_change: bool, note: str = "") -> Message:
    """The standup's questions; with buttons for who may change them. note: what just happened."""
    questions = all_of(now.settings.questions, now.shapes)
    text = f"{kit.escape(now.settings.name, 80)} asks {len(questions)} "
    text += "question" if len(questions) == 1 else "questions"
    blocks = [kit.section(f"{kit.escape(note)} *{text}*".strip())]
    for n, question in enumerate(questions):
        blocks.append(kit.section(asked(n + 1, question)))
        if may_change:
            blocks.append(kit.actions(*_buttons(now, n, len(questions)), block_id=f"q{n}"))
    if may_change and len(questions) < MOST:
        add = kit.button("Add a question", "standup_question_add", _value(now, 0), style="primary")
        blocks.append(kit.actions(add, block_id="add"))
    when = "Changes count from the next round on; a running round keeps its questions."
    blocks.append(kit.context(when if may_change else "A lead can change them."))
    return Message(f"{note} {text}".strip(), blocks)


def form(now: Arrangement, at: int | None, kept: Mapping[str, Any], meta: Any) -> kit.Block:
    """The form for one question. at: its place, None for a new one. kept: typed, never sent."""
    questions = all_of(now.settings.questions, now.shapes)
    old = questions[at] if at is not None else Question("")
    start = {"text": old.text, "kind": old.kind, "choices": "\n".join(old.choices)}
    start |= {name: str(kept[name]) for name in start if kept.get(name)}
    must = kept.get("rules") if "rules" in kept else ["required"] if old.required else []
    kinds = [kit.option(label, kind) for kind, label in KINDS.items()]
    count = len(questions) + (at is None)
    places = [kit.option(str(n + 1), str(n)) for n in range(count)]
    here = str(kept.get("place") or (at if at is not None else count - 1))
    choices = kit.text_input(start["choices"], lines=True)
    rules = kit.choices([kit.option("It must be answered", "required")], must or [])
    blocks = [
        kit.field("text", "Question", kit.text_input(start["text"])),
        kit.field("kind", "What it takes", kit.choice(kinds, start["kind"])),
        kit.field(
            "choices",
            "Choices, one per line",
            choices,
            hint="Only for “One of several”.",
            optional=True,
        ),
        kit.field("rules", "Rules", rules, optional=True),
        kit.field("place", "Its place", kit.choice(places, here)),
    ]
    title = "Add a question" if at is None else "Edit the question"
    return kit.modal("standup_question_form", title, blocks, submit="Save", meta=meta)


def announced(now: Arrangement) -> Message:
    """For the channel: what is asked from the next round on."""
    questions = all_of(now.settings.questions, now.shapes)
    text = f"{now.settings.name} asks from the next round on (changed by {now.by}):"
    lines = [asked(n, question) for n, question in enumerate(questions, start=1)]
    return Message(kit.escape(text), [kit.section("\n".join([kit.escape(text), *lines]))])


def _element(question: Question, initial: str) -> kit.Block:
    if question.kind == "number":
        box: kit.Block = {"type": "number_input", "is_decimal_allowed": True}
        return box | ({"initial_value": initial} if initial else {})
    names = question.choices if question.kind == "choice" else ("yes", "no")
    labels = [name if question.kind == "choice" else name.capitalize() for name in names]
    options = [kit.option(label, name) for label, name in zip(labels, names, strict=True)]
    return kit.choice(options, initial, radio=len(options) <= _FEW)


def _doubt(doubt: Doubt) -> str:
    asks = f"{doubt.number}. {shorten(doubt.question.text, 150)}"
    if not doubt.text:
        return kit.escape(f"{asks} must be answered, too.")
    said = f"“{shorten(doubt.text, 100)}” is kept as you wrote it"
    return kit.escape(f"{asks} takes {typed_reply.takes(doubt.question)}; {said}.")


def _buttons(now: Arrangement, at: int, count: int) -> list[kit.Block]:
    value = _value(now, at)
    found = [kit.button("Edit", "standup_question_edit", value)]
    found += [kit.button("Up", "standup_question_up", value)] if at else []
    found += [kit.button("Down", "standup_question_down", value)] if at < count - 1 else []
    if count > 1:
        sure = "It is asked no more; answers to it stay."
        sure_box = kit.confirm("Take it out?", sure, "Take it out")
        found.append(kit.button("Remove", "standup_question_remove", value, confirm=sure_box))
    return found


def _value(now: Arrangement, at: int) -> str:
    return f"{now.id}|{at}|{now.stamp}"
