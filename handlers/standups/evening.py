"""/standup evening, and answering it."""

from handlers import secret
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standups import early
from services import form_draft
from services.ports import Lab
from services.standups import evening, evening_schedule
from services.standups.evening_schedule import EveningRequest
from views.standups import evening as view

_HINT = "`/standup evening` says when it asks."


def setting(lab: Lab, ask: Ask) -> Reply:
    """`/standup evening [17:30] [on|off] [count on|off]`."""
    if not ask.text.strip():
        return Reply.of(view.setting(evening_schedule.look(lab, ask.workspace, ask.channel)))
    typed = EveningRequest(ask.user, ask.channel, ask.text)
    return Reply.of(view.setting(evening_schedule.arrange(lab, ask.workspace, typed, key=ask.key)))


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The Answer button; its value is the evening."""
    now, kept = evening.offer(lab, ask.workspace, ask.user, ask.number(_HINT))
    return Reply(modal=view.form(now, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent; the message it came from says so."""
    given = (ask.written("text"), ask.written("experiment"))
    evening.keep(lab, ask.workspace, (ask.user, _id(ask)), given)
    return Reply()


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form = evening.draft_name(_id(ask))
    form_draft.keep(lab, ask.workspace, ask.user, form, {"text": ask.values.get("text")})
    return Reply()


def take_back(lab: Lab, ask: Ask) -> Reply:
    """The button Take it back."""
    evening.withdraw(lab, ask.workspace, ask.user, ask.number(_HINT))
    return Reply()


def reply(lab: Lab, ask: Ask) -> Reply | None:
    """A direct message that answers the evening check."""
    if not evening.hear(lab, ask.workspace, early.note(ask)):
        return None
    secret.notice(lab, ask)
    return Reply()


def follow(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of the message it was answered with."""
    if not ask.is_direct:
        return None
    gone = ask.message == "gone"
    known = evening.hear_change(lab, ask.workspace, early.note(ask), gone=gone)
    if known and not gone:
        secret.notice(lab, ask)
    return Reply() if known else None


def _id(ask: Ask) -> int:
    return ask.carried("evening")


ROUTES = Routes(
    verbs=(
        Verb(
            "/standup", "evening", "17:30|off", "Ask what was learned, in the evening", setting,
            leads=True,
        ),
    ),
    actions={"evening_open": open_form, "evening_back": take_back},
    forms={"evening_answer": send},
    closed={"evening_answer": close},
)  # fmt: skip
