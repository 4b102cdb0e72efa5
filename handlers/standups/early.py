"""Answering the next round today: the form, its button, and the word `report` in a message."""

from datetime import date

from core.standups import early as rules
from core.standups.early import Early
from handlers import secret
from handlers.ask import Ask, Reply, Routes
from services import form_draft
from services.ports import Lab
from services.standups import early, early_messages, standup
from services.standups.early import Wish
from services.standups.reply import Note, is_skip
from views.standups import early as view
from views.standups import standup as words


def open_form(lab: Lab, ask: Ask) -> Reply:
    """`/standup answer tomorrow`, or the button; a button's value names the standup."""
    number = int(ask.value) if ask.value.isdigit() else 0
    wish = Wish(ask.user, number, channel=ask.channel)
    now, kept = early.offer(lab, ask.workspace, wish, words)
    return Reply(modal=view.form(now, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    now = early.submit(lab, ask.workspace, _wish(ask), words)
    return _said(now)


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form = early.draft_name(int(ask.meta["standup"]))
    form_draft.keep(lab, ask.workspace, ask.user, form, ask.values)
    return Reply()


def take_back(lab: Lab, ask: Ask) -> Reply:
    """The button Take it back; the message it stands in is brought up to date."""
    number, _, day = ask.value.partition("|")
    wish = Wish(ask.user, int(number), date.fromisoformat(day))
    early.take_back(lab, ask.workspace, wish, words)
    return Reply()


def hear(lab: Lab, ask: Ask) -> Reply:
    """`report` and `report tomorrow` in a direct message, and replies below what came of it."""
    if ask.event.get("channel_type") != "im" or ask.event.get("bot_id"):
        return Reply()
    said = spoken(ask)
    if said and said[0] == "tomorrow":
        now = early_messages.hear(lab, ask.workspace, note(ask), words, rest=said[1])
        _noticed(lab, ask, bool(said[1]))
        return _said(now)
    if said:
        return _turn(lab, ask)
    if ask.event.get("subtype"):
        return _follow(lab, ask)
    if note(ask).thread_ts:
        found = early_messages.hear_reply(lab, ask.workspace, note(ask), words)
        _noticed(lab, ask, found is not None)
    return Reply()


def go_on(lab: Lab, ask: Ask) -> bool:
    """A direct message right after an early answer was begun belongs to it: True for one."""
    direct = note(ask).direct and not note(ask).thread_ts and not is_skip(ask.text)
    taken = direct and early_messages.hear_on(lab, ask.workspace, note(ask), words) is not None
    return _noticed(lab, ask, taken)


def spoken(ask: Ask) -> tuple[str, str] | None:
    """Which day's report, and what follows, when a message to the bot is one of these words."""
    event = ask.event
    plain = not event.get("subtype") and not event.get("bot_id") and not note(ask).thread_ts
    said = rules.word(ask.text) if plain and event.get("channel_type") == "im" else None
    # Today's with words in it is an answer like any other.
    return None if said and said[0] == "today" and said[1] else said


def note(ask: Ask) -> Note:
    """The message as somebody wrote it, without the word that only says which round it is for."""
    said = rules.word(ask.text)
    return Note(
        user=ask.user,
        channel=ask.channel,
        ts=ask.message_ts,
        text=said[1] if said and said[1] else ask.text,
        thread_ts=ask.thread_ts if ask.thread_ts != ask.message_ts else "",
        direct=ask.event.get("channel_type") == "im",
    )


def replies(ask: Ask) -> list[str]:
    """What a form's question fields (`q0`, `q1`, …) hold, in their order."""
    fields = sorted(
        (name for name in ask.values if name[:1] == "q" and name[1:].isdigit()),
        key=lambda name: int(name[1:]),
    )
    return [str(ask.values[name] or "") for name in fields]


def _noticed(lab: Lab, ask: Ask, taken: bool) -> bool:
    if taken:
        secret.notice(lab, ask)
    return taken


def _turn(lab: Lab, ask: Ask) -> Reply:
    found = standup.turn(lab, ask.workspace, ask.user, ask.channel, words)
    return Reply.of(words.turn(found) if found.round_id is None else view.turn(found.round_id))


def _follow(lab: Lab, ask: Ask) -> Reply:
    message = ask.event.get("message") or {}
    gone = ask.event.get("subtype") == "message_deleted" or message.get("subtype") == "tombstone"
    if gone or ask.event.get("subtype") == "message_changed":
        about = note(ask)
        known = early_messages.hear_change(lab, ask.workspace, about, words, gone=gone)
        _noticed(lab, ask, known and not gone)
    return Reply()


def _said(now: Early) -> Reply:
    if now.new:
        return Reply()  # the message about it is on its way
    return Reply.of(view.early(now))


def _wish(ask: Ask) -> Wish:
    on = date.fromisoformat(str(ask.meta["on"]))
    return Wish(ask.user, int(ask.meta["standup"]), on, replies=replies(ask))


ROUTES = Routes(
    actions={"early_open": open_form, "early_back": take_back},
    forms={"early_answer": send},
    closed={"early_answer": close},
    events={"message": (hear,)},
)
