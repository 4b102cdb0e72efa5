"""/standup: answering, skipping, and looking; messages that answer it."""

from core.errors import NotFound
from core.text import clean
from handlers import absence, secret
from handlers import help as helps
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standup_setup import SETUP
from services import draft, reply, standup, submission
from services.ports import Lab
from services.reply import Note
from services.submission import Form
from views import standup as view
from views import standup_form

_TAKEN = {None, "", "file_share", "thread_broadcast"}


def answer(lab: Lab, ask: Ask) -> Reply:
    """`/standup`: the form for the round that is this person's turn, or when the next one is."""
    turn = standup.turn(lab, ask.workspace, ask.user, ask.channel, view)
    if turn.round_id is None:
        text, blocks = view.turn(turn)
        return Reply(text=text, blocks=blocks)
    return _form(lab, ask, turn.round_id)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The Answer button; its value is the round."""
    return _form(lab, ask, int(ask.value))


def send(lab: Lab, ask: Ask) -> Reply:
    """The answer form was sent."""
    values = ask.values
    form = Form(
        round_id=int(ask.meta["round"]),
        replies=_replies(ask),
        experiment=str(values.get("experiment") or ""),
        result=clean(values.get("result")),
        gpu=clean(values.get("gpu")),
    )
    submission.submit(lab, ask.workspace, ask.user, form, view)
    more = standup.owed(lab, ask.workspace, ask.user, view)
    if not more:
        return Reply()
    text, blocks = view.sentence("You have one more standup to answer: `/standup` opens it.")
    return Reply(text=text, blocks=blocks)


def close(lab: Lab, ask: Ask) -> Reply:
    """The answer form was closed: what was typed is offered next time."""
    form = submission.draft_name(int(ask.meta["round"]))
    draft.keep(lab, ask.workspace, ask.user, form, ask.values)
    return Reply()


def skip(lab: Lab, ask: Ask) -> Reply:
    """`/standup skip`: every open round this person still owes."""
    owed = standup.owed(lab, ask.workspace, ask.user, view)
    if not owed:
        raise NotFound(
            "You owe no answer, so there is nothing to skip.", "`/standup status` shows it."
        )
    names = [submission.skip(lab, ask.workspace, ask.user, number, view) for number in owed]
    text, blocks = view.sentence(f"Skipped: {', '.join(names)}. `/standup` answers after all.")
    return Reply(text=text, blocks=blocks)


def skip_button(lab: Lab, ask: Ask) -> Reply:
    """Skip today in the prompt, which is edited to say so."""
    submission.skip(lab, ask.workspace, ask.user, int(ask.value), view)
    return Reply()


def status(lab: Lab, ask: Ask) -> Reply:
    """`/standup status`: who is in, who is to go."""
    text, blocks = view.status(standup.status(lab, ask.workspace, ask.user, ask.channel, view))
    return Reply(text=text, blocks=blocks)


def hear(lab: Lab, ask: Ask) -> Reply:
    """A message, an edit or a deletion; most are no answer and pass by."""
    subtype = ask.event.get("subtype")
    if absence.spoken(ask) or helps.spoken(ask) is not None:
        return Reply()
    if subtype in _TAKEN and not ask.event.get("bot_id"):
        heard = reply.hear(lab, ask.workspace, _note(ask), view)
        if heard == "answered":
            secret.notice(lab, ask)
        if heard == "empty":
            text, blocks = view.sentence("I keep words only: add a line of text, please.")
            return Reply(text=text, blocks=blocks)
        if not heard and _is_skip(ask):
            return skip(lab, ask)
    elif subtype == "message_changed":
        _follow(lab, ask)
    elif subtype == "message_deleted":
        reply.hear_deletion(lab, ask.workspace, _note(ask), view)
    return Reply()


def _is_skip(ask: Ask) -> bool:
    # Said to the bot with nothing asked: whoever says so is told what there is, not nothing.
    direct = ask.event.get("channel_type") == "im" and not ask.thread_ts
    return direct and reply.is_skip(ask.text)


def _follow(lab: Lab, ask: Ask) -> None:
    # A deleted message with replies below it stays as a tombstone, which arrives as an edit.
    message = ask.event.get("message") or {}
    gone = message.get("subtype") == "tombstone"
    if gone:
        reply.hear_deletion(lab, ask.workspace, _note(ask), view)
    elif reply.hear_edit(lab, ask.workspace, _note(ask), view):
        secret.notice(lab, ask)


def _note(ask: Ask) -> Note:
    return Note(
        user=ask.user,
        channel=ask.channel,
        ts=ask.message_ts,
        text=ask.text,
        thread_ts=ask.thread_ts if ask.thread_ts != ask.message_ts else "",
        direct=ask.event.get("channel_type") == "im",
    )


def _form(lab: Lab, ask: Ask, round_id: int) -> Reply:
    offer = submission.offer(lab, ask.workspace, ask.user, round_id, view)
    return Reply(modal=standup_form.answer_form(offer))


def _replies(ask: Ask) -> list[str]:
    fields = sorted(
        (name for name in ask.values if name[:1] == "q" and name[1:].isdigit()),
        key=lambda name: int(name[1:]),
    )
    return [str(ask.values[name] or "") for name in fields]


ROUTES = Routes(
    verbs=(
        Verb("/standup", "", "", "Answer the standup", answer),
        Verb("/standup", "skip", "", "Skip today's standup", skip),
        Verb("/standup", "status", "", "Who is in, who is to go", status),
        *SETUP.verbs,
    ),
    actions={"standup_answer": open_form, "standup_skip": skip_button},
    forms={"standup_answer": send, **SETUP.forms},
    closed={"standup_answer": close, **SETUP.closed},
    events={"message": (hear,)},
)
