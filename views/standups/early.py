"""Answering the next round today, in Slack."""

from collections.abc import Mapping
from typing import Any

from core.standups.early import Early
from views import kit
from views.kit import Message
from views.standups import questions as asking

_ROOM = 9_000


def form(now: Early, kept: Mapping[str, Any]) -> kit.Block:
    """The answer form of a round that has not opened."""
    note = (
        f"{kit.escape(now.name)} {kit.day(now.on)}, which opens later. Your answer is posted then."
    )
    note += " Empty fields take it back." if now.stands else ""
    blocks = [kit.context(note)]
    for n, question in enumerate(now.questions):
        initial = str(kept.get(f"q{n}") or now.replies[n])
        blocks.append(asking.field(f"q{n}", question, initial))
    meta = {"standup": now.standup_id, "on": now.on.isoformat()}
    return kit.modal("early_answer", "Standup, early", blocks, submit="Keep", meta=meta)


def early(now: Early) -> Message:
    """What was answered ahead, and what became of it."""
    title = f"{now.name} {kit.day(now.on)}"
    facts = {
        "open": f"{title}: answer it now, and you are not asked then.",
        "kept": f"{title}: your answer is kept and posted when the round opens.",
        "filed": f"{title}: your answer is in the round.",
        "withdrawn": f"{title}: your early answer is taken back. You will be asked.",
        "left": f"{title}: you are not in that round any more, so your answer was not posted.",
        "over": f"{title} has opened, and there was no early answer.",
    }
    text = kit.escape(facts[now.state])
    blocks = [kit.section(text)]
    blocks += _replies(now) if now.state in {"kept", "withdrawn", "left"} else _asked(now)
    buttons = _buttons(now)
    return Message(text, [*blocks, *([kit.actions(*buttons)] if buttons else [])])


def turn(round_id: int) -> Message:
    """That a standup can be answered, with the button: a message cannot open a form."""
    text = "Here is your standup."
    button = kit.button("Answer", "standup_answer", str(round_id), style="primary")
    return Message(text, [kit.section(text), kit.actions(button)])


def _replies(now: Early) -> list[kit.Block]:
    told = [(q, reply) for q, reply in zip(now.questions, now.replies, strict=False) if reply]
    room = _ROOM // max(1, len(told))
    return [block for question, reply in told for block in asking.reply(question, reply, room)]


def _asked(now: Early) -> list[kit.Block]:
    if now.state != "open":
        return []
    lines = [asking.asked(n, question) for n, question in enumerate(now.questions, start=1)]
    how = "Or write it here, one line per question."
    return [kit.section(kit.clip("\n".join(lines), 3000)), kit.context(how)]


def _buttons(now: Early) -> list[kit.Block]:
    standup = str(now.standup_id)
    if now.state == "filed":
        return [kit.button("Change it", "standup_answer", str(now.round_id))]
    if now.state == "kept":
        back = kit.button("Take it back", "early_back", f"{standup}|{now.on.isoformat()}")
        return [kit.button("Change it", "early_open", standup), back]
    if now.state == "open":
        return [kit.button("Answer", "early_open", standup, style="primary")]
    return [kit.button("Answer again", "early_open", standup)] if now.state == "withdrawn" else []
