"""Answering the next round today: the form, its button, the word `report`, and its replies."""

from core.quantity import whole
from core.standups import early as rules
from core.standups import standup as reading
from core.standups.early import Early
from handlers import secret
from handlers.ask import Ask, Reply, Routes, day_in, number_in
from services import form_draft
from services.ports import Lab
from services.standups import early, early_messages, standup
from services.standups.early import EarlyAnswer
from services.standups.note import Note
from views.standups import early as view
from views.standups import standup as words

_HINT = "`/standup answer tomorrow` opens it."


def open_form(lab: Lab, ask: Ask) -> Reply:
    """`/standup answer tomorrow`, or the button; a button's value names the standup."""
    number = ask.number(_HINT) if ask.value else 0
    wish = EarlyAnswer(ask.user, number, channel=ask.channel)
    now, kept = early.offer(lab, ask.team_id, wish)
    return Reply(modal=view.form(now, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    now = early.submit(lab, ask.team_id, _wish(ask))
    return _said(now)


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form = early.draft_name(ask.carried("standup"))
    form_draft.keep(lab, ask.team_id, ask.user, form, ask.values)
    return Reply()


def take_back(lab: Lab, ask: Ask) -> Reply:
    """The button Take it back; the message it stands in is brought up to date."""
    number, _, day = ask.value.partition("|")
    wish = EarlyAnswer(ask.user, number_in(number, _HINT), day_in(day, _HINT))
    early.take_back(lab, ask.team_id, wish)
    return Reply()


def word(lab: Lab, ask: Ask) -> Reply | None:
    """`report` and `report tomorrow` in a direct message; words after `report` are an answer."""
    said = rules.word(ask.text)
    if said is None or (said[0] == "today" and said[1]):
        return None
    if said[0] == "today":
        return _turn(lab, ask)
    now = early_messages.hear(lab, ask.team_id, note(ask), rest=said[1])
    _noticed(lab, ask, bool(said[1]))
    return _said(now)


def reply(lab: Lab, ask: Ask) -> Reply | None:
    """A reply below the message about an early answer."""
    found = early_messages.hear_reply(lab, ask.team_id, note(ask))
    return _noticed(lab, ask, found is not None)


def go_on(lab: Lab, ask: Ask) -> Reply | None:
    """A direct message right after an early answer was begun belongs to it."""
    if reading.is_skip(ask.text):
        return None
    found = early_messages.hear_on(lab, ask.team_id, note(ask))
    return _noticed(lab, ask, found is not None)


def follow(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message of an early answer."""
    if not ask.is_direct:
        return None
    gone = ask.message == "gone"
    known = early_messages.hear_change(lab, ask.team_id, note(ask), gone=gone)
    if known and not gone:
        secret.notice(lab, ask)
    return Reply() if known else None


def note(ask: Ask) -> Note:
    """The message as somebody wrote it, without the word that only says which round it is for."""
    said = rules.word(ask.text)
    return Note(
        user=ask.user,
        channel=ask.channel,
        ts=ask.message_ts,
        text=said[1] if said and said[1] else ask.text,
        thread_ts=ask.thread_ts,
        direct=ask.is_direct,
    )


def replies(ask: Ask) -> list[str]:
    """What a form's question fields (`q0`, `q1`, …) hold, in their order."""
    places = {whole(name[1:]): name for name in ask.values if name[:1] == "q"}
    known = sorted(place for place in places if place is not None)
    return [str(ask.values[places[place]] or "") for place in known]


def _noticed(lab: Lab, ask: Ask, taken: bool) -> Reply | None:
    if taken:
        secret.notice(lab, ask)
    return Reply() if taken else None


def _turn(lab: Lab, ask: Ask) -> Reply:
    found = standup.turn(lab, ask.team_id, ask.user, ask.channel)
    return Reply.of(words.turn(found) if found.round_id is None else view.turn(found.round_id))


def _said(now: Early) -> Reply:
    if now.new:
        return Reply()  # the message about it is on its way
    return Reply.of(view.early(now))


def _wish(ask: Ask) -> EarlyAnswer:
    on = ask.carried_day("on")
    return EarlyAnswer(ask.user, ask.carried("standup"), on, replies=replies(ask))


ROUTES = Routes(
    actions={"early_open": open_form, "early_back": take_back},
    forms={"early_answer": send},
    closed={"early_answer": close},
)
