"""What was said before in this conversation, and what of this sentence is kept for the next."""

from typing import Any

from core.assay import follow
from core.assay.about import Id, ids
from core.assay.intent import Meaning
from core.assay.spelling import plain
from handlers.ask import Ask
from models.turn import Turn
from services import talk
from services.ports import Lab
from services.standups import note

WISHED = "~"  # before the intent that its writer, or a model, has said this is
SAID: dict[str, Any] = {"intent": ""}  # something was, to that team
_PAST = frozenset({"unknown", "other", "thanks", "hello", "help"})  # the talk goes on past these


def understood(lab: Lab, ask: Ask, text: str, head: tuple[str, str]) -> Meaning:
    """What a sentence wants, by its words, the message above it and what was said before. head:
    kind and text of our post at the head of its thread.
    """
    if not text:
        return Meaning("help")
    thread = _one_id(head[1])
    direct = ask.channel.startswith("D")
    top = ask.thread_ts or ask.shown_in
    if thread is None and direct and top and not head[0]:
        thread = talk.subject(lab, ask.channel, top)
    whose, place = (ask.workspace, ask.user), (ask.channel, top)
    before = talk.before(lab, whose, place) if follow.depends(text) else None
    found = follow.read(text, thread, before)
    wished = ask.value.removeprefix(WISHED) if ask.value.startswith(WISHED) else ""
    return follow.wished(found, wished) if wished else found


def wish(found: Meaning) -> dict[str, Any]:
    """What of it is kept."""
    if found.intent in _PAST:
        return SAID
    letters, number = found.ids[0] if found.ids else ("", 0)
    return {"intent": found.intent, "letters": letters, "number": number}


def keep(lab: Lab, ask: Ask) -> None:
    """Keep what was wanted for what is said next."""
    if not (ask.wish and ask.team_id and ask.channel):  # a button of Home has no channel
        return
    if not (ask.wish["intent"] or ask.others):  # only its team is worth keeping, and that is known
        return
    turn = Turn(
        workspace=ask.workspace,
        user_id=ask.user,
        channel=ask.channel,
        thread_ts=ask.thread_ts or ask.shown_in,
        at=talk.moment(ask.message_ts) if ask.event else lab.clock(),
        team_id=ask.team_id,
        **ask.wish,
    )
    talk.keep(lab, turn)


def above(lab: Lab, ask: Ask) -> tuple[str, str]:
    """Kind and text of our post at the head of the thread; "" for none of ours."""
    return note.above(lab, ask.channel, ask.thread_ts)


def _one_id(head: str) -> Id | None:
    """The id that a message names, when it names one."""
    named = ids(plain(head))
    return named[0] if len(named) == 1 else None
