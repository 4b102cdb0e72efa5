"""One front door: what is written to us (direct message, mention, `/assay`) becomes the command it
means, so that rights, teams and answers are those of the command.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.assay import about, intent, said
from core.assay.intent import Meaning
from core.assay.spelling import plain
from core.digest import question
from core.errors import Refused
from core.quantity import whole
from core.standups import absence, early
from core.standups import standup as standups
from core.text import clean, straighten
from core.workspace import help as helps
from handlers import access
from handlers.ask import Ask, Reply, Verb, number_in
from handlers.assay import dropped, router, talk
from handlers.meant import ASSAY
from services import pending, several
from services.ports import Lab
from services.standups import note
from services.which import Spot
from views.assay import offers as view
from views.assay import whose

COMMAND = ASSAY
SAY = "assay_say"  # a button that says something for its presser; its value is the words
_AGAIN = "Write it once more."
_ANYBODY = re.compile(r"^\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>[\s:,]*")
_FORMS = frozenset({"new", "promote", "extend"})
_PRESSED = 2000  # characters of a button's value
# Questions to /ask that others of our views answer; none of them changes anything.
_ANSWERED = frozenset({"blocked", "board", "card", "decisions", "history", "mine", "spent"})
_AS_STATUS = frozenset({"status", "why_late"})  # where every word is known
_KEPT_WORDS = frozenset({"kill"})  # as a word of /assay it opens the form and kills nothing
Choose = Callable[[Sequence[Verb], str], tuple[Verb, str]]
Verbs = Callable[[str], Sequence[Verb]]


@dataclass(frozen=True)
class Commands:
    """What can be called: the verbs of a command, and which of them some words call."""

    names: Sequence[str]
    of: Verbs
    choose: Choose


def text_of(ask: Ask) -> str:
    """What was said, without our own name."""
    named = f"<@{ask.bot}>"
    text = ask.text.replace(named, " ") if ask.bot else ask.text
    mention = ask.name == "app_mention" and not ask.bot
    return straighten(_ANYBODY.sub("", text, count=1) if mention else text).strip(" ,:")


def resumed(lab: Lab, ask: Ask) -> Ask:
    """What waited for this button, with what was chosen; any other input as it is.

    Raises Refused when it has gone on already.
    """
    if ask.kind == "action" and ask.name.startswith(SAY):
        return _said_by_button(lab, ask)
    if ask.kind != "action" or not ask.name.startswith(f"{view.GO}_"):
        return ask
    waiting, _, chosen = ask.value.partition(":")
    kept = taken(lab, ask, number_in(waiting, _AGAIN))
    wished = chosen if chosen.startswith(talk.WISHED) else ""
    named = not wished and any(mark.isdigit() for mark in chosen)
    went = Ask(**kept | {"now": datetime.fromisoformat(kept["now"])})
    return replace(
        went,
        kind="command",
        name=COMMAND,
        text=_going_on(text_of(went), chosen, named=named, wished=wished),
        value=wished,
        team_id=ask.team_id if named or wished else 0,
        chosen=True,
        trigger=ask.trigger,
        response_url=ask.response_url,
        key=ask.key,
    )


def _going_on(typed: str, chosen: str, *, named: bool, wished: str) -> str:
    """The sentence that goes on: what was typed, with the id that was chosen."""
    return typed if wished else f"{typed} {chosen}" if named else chosen


def _said_by_button(lab: Lab, ask: Ask) -> Ask:
    """The words on a button, said by who pressed it; on one for another team, to that team."""
    team_id = (
        whole(ask.name.removeprefix(whose.SWITCH)) if ask.name.startswith(whose.SWITCH) else 0
    )
    if team_id:
        pending.choose(lab, ask.workspace, ask.user, team_id)
    said_ = replace(ask, kind="command", name=COMMAND, text=ask.value, value="", message_ts="")
    return replace(said_, team_id=team_id or ask.team_id, chosen=bool(team_id))


def taken(lab: Lab, ask: Ask, number: int) -> dict[str, Any]:
    """What waits under that number for this person, once. Raises Refused when it is gone."""
    kept = pending.take(lab, ask.workspace, ask.user, number)
    if kept is None:
        raise Refused("That has gone on already, or waited too long.", _AGAIN)
    return kept


def called(lab: Lab, commands: Commands, ask: Ask) -> tuple[Verb | None, Ask]:
    """The verb that is meant, and the input as its command; no verb for what may be an answer to
    a standup, which the chain of messages looks at first.
    """
    text = text_of(ask)
    reads = dropped.verb(ask)
    if reads is not None:
        return reads, as_command(ask, reads, text)
    head = talk.above(lab, ask)
    if _is_the_chains(ask, text) or (ask.is_direct and dropped.is_dropped(ask)):
        return None, ask
    found = talk.understood(lab, ask, text, head)
    if _may_answer(ask, head[0]) and not said.is_for_us(text, found):
        return None, ask
    typed = None if ask.value.startswith(talk.WISHED) else _typed(commands, ask, text)
    if typed is not None:
        return typed[0], replace(typed[1], wish=talk.SAID)
    return means(commands, ask, text, found)


def means(commands: Commands, ask: Ask, text: str, found: Meaning) -> tuple[Verb, Ask]:
    """The verb for a sentence that is ours to answer, whatever it may be."""
    call = router.call(found, text, can_open=bool(ask.trigger) or ask.kind == "command")
    if call.run is not None:
        across = call.run if call.wide else None
        verb = Verb(COMMAND, call.verb, "EXP-042", "", call.run, across=across)
    else:
        verb = next(v for v in commands.of(call.command) if v.verb == call.verb)
    return verb, replace(as_command(ask, verb, call.text), wish=talk.wish(found))


def unanswered(lab: Lab, commands: Commands, ask: Ask) -> tuple[Verb, Ask]:
    """What answers a sentence that no standup takes."""
    text = text_of(ask)
    return means(commands, ask, text, talk.understood(lab, ask, text, talk.above(lab, ask)))


def in_other_words(ask: Ask) -> Ask | None:
    """A command with a verb it has not, said to /assay: `/exp kill EXP-042`; None for what names
    nothing we could show.
    """
    found = intent.read(ask.text)
    about = found.ids or found.intent == "kill"
    return replace(ask, name=COMMAND) if about and ask.name != COMMAND else None


def not_asks_own(ask: Ask) -> str:
    """What was asked of `/ask`, or in its form, when that is no question of its own; else ""."""
    in_form = ask.kind == "submit"
    text = clean(ask.written("question"), limit=300) if in_form else ask.text
    return "" if not text.strip() or question.read(text).kind else text


def asked(lab: Lab, ask: Ask) -> Ask | None:
    """`/ask who is blocked`, or the form's question, said to /assay; None for what is /ask's own
    to answer or to leave unanswered.
    """
    if not (text := not_asks_own(ask)):
        return None
    team_id, rest = several.named(lab, Spot(ask.workspace, ask.user, ask.channel), text)
    found = intent.read(rest)
    known = found.intent in _ANSWERED or (found.intent in _AS_STATUS and not found.left)
    if not known or question.read(rest).kind:
        return None
    said_ = replace(ask, kind="command", name=COMMAND, text=rest, team_id=team_id or ask.team_id)
    # What is shared is what stands in a channel.
    return replace(said_, channel="") if ask.kind == "submit" else said_


def as_command(ask: Ask, verb: Verb, text: str) -> Ask:
    """The input as if the command had been typed there."""
    said_ = replace(ask, is_direct=False, message="", value="", said=text_of(ask))
    return replace(said_, kind="command", name=verb.command, text=text)


def _is_the_chains(ask: Ask, text: str) -> bool:
    """True in the DM for words that mean something to a standup."""
    if not ask.is_direct:
        return False
    if not text:
        return True
    words = absence.word(text) or early.word(text) or standups.is_skip(text)
    return bool(words) or helps.spoken(text) is not None


def _may_answer(ask: Ask, kind: str) -> bool:
    """In the DM, and below a standup's messages, people also answer."""
    return (ask.is_direct and not ask.thread_ts) or kind in note.STANDUP


def _typed(commands: Commands, ask: Ask, text: str) -> tuple[Verb, Ask] | None:
    """A command's words without its slash: `board metrics`. In a message only what reads, and
    only when it is no more than that; None for anything else.
    """
    first, _, rest = text.strip().lstrip("/").partition(" ")
    name = f"/{first.lower()}"
    if name not in commands.names or first.lower() in _KEPT_WORDS or name == COMMAND:
        return None
    try:
        verb, rest = commands.choose(commands.of(name), rest)
    except Refused:
        return None
    called = as_command(ask, verb, rest)
    if ask.kind == "command":
        return verb, called
    bare = not rest.strip() or (verb.verb and len(rest.split()) <= 3)
    below = bool(ask.thread_ts) and not ask.is_direct
    reads = access.is_read(called, f"{verb.command} {verb.verb}".strip())
    if reads:
        shown = bare or (below and len(rest.split()) == 1 and about.ids(plain(rest)))
        return (verb, called) if shown else None
    return _offered(ask, verb, text) if below and verb.verb else None


def _offered(ask: Ask, verb: Verb, text: str) -> tuple[Verb, Ask] | None:
    """In a thread no command can be typed: its words are one press away, but for those that the
    router has a form for.
    """
    if verb.verb in _FORMS or len(text) > _PRESSED:
        return None
    offer = Verb(COMMAND, "", "", "", lambda _lab, _ask: Reply.of(view.exactly(text, SAY)))
    return offer, as_command(ask, offer, text)
