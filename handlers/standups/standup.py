"""/standup: answering, skipping, and looking; messages that answer it."""

from core.errors import NotFound, Refused
from core.standups import standup as reading
from core.text import clean
from handlers import secret
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standups import early
from handlers.standups.setup import SETUP
from services import form_draft
from services.ports import Lab
from services.standups import answer as answers
from services.standups import reply as replies
from services.standups import settle, standup, submission, unsure
from services.standups.note import Note
from services.standups.reply import Heard
from services.standups.submission import Form
from views.standups import forms, questions
from views.standups import standup as view


def answer(lab: Lab, ask: Ask) -> Reply:
    """`/standup`: the form for the round that is this person's turn, or when the next one is."""
    turn = standup.turn(lab, ask.team_id, ask.user, ask.channel)
    if turn.round_id is None:
        return Reply.of(view.turn(turn))
    return _form(lab, ask, turn.round_id)


def answer_on(lab: Lab, ask: Ask) -> Reply:
    """`/standup answer [tomorrow]`: the form of the round that is one's turn, or of the next."""
    word = ask.text.strip().casefold()
    if word in {"tomorrow", "next"}:
        return early.open_form(lab, ask)
    if word not in {"", "today", "now"}:
        hint = "Write `/standup answer` or `/standup answer tomorrow`."
        raise Refused(f"I cannot answer “{word[:30]}”.", hint)
    return answer(lab, ask)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The Answer button; its value is the round."""
    return _form(lab, ask, ask.number("`/standup` opens it."))


def send(lab: Lab, ask: Ask) -> Reply:
    """The answer form was sent."""
    form = Form(
        round_id=ask.carried("round"),
        replies=early.replies(ask),
        experiment=ask.written("experiment"),
        result=clean(ask.written("result")),
        gpu=clean(ask.written("gpu")),
    )
    submission.submit(lab, ask.team_id, ask.user, form)
    if not standup.owed(lab, ask.team_id, ask.user):
        return Reply()
    return Reply.of(view.sentence("You have one more standup to answer: `/standup` opens it."))


def close(lab: Lab, ask: Ask) -> Reply:
    """The answer form was closed: what was typed is offered next time."""
    form = submission.draft_name(ask.carried("round"))
    form_draft.keep(lab, ask.team_id, ask.user, form, ask.values)
    return Reply()


def skip(lab: Lab, ask: Ask) -> Reply:
    """`/standup skip`: every open round this person still owes."""
    owed = standup.owed(lab, ask.team_id, ask.user)
    if not owed:
        raise NotFound(
            "You owe no answer, so there is nothing to skip.", "`/standup status` shows it."
        )
    names = [submission.skip(lab, ask.team_id, ask.user, number) for number in owed]
    return Reply.of(view.sentence(f"Skipped: {', '.join(names)}. `/standup` answers after all."))


def skip_button(lab: Lab, ask: Ask) -> Reply:
    """Skip today in the prompt, which is edited to say so."""
    submission.skip(lab, ask.team_id, ask.user, ask.number("`/standup skip` skips."))
    return Reply()


def status(lab: Lab, ask: Ask) -> Reply:
    """`/standup status`: who is in, who is to go."""
    return Reply.of(view.status(standup.status(lab, ask.team_id, ask.user, ask.channel)))


def reply(lab: Lab, ask: Ask) -> Reply | None:
    """A message that is (part of) an answer to an open round."""
    heard = replies.hear(lab, ask.team_id, early.note(ask))
    return _heard(lab, ask, heard) if heard.state else None


def skip_word(lab: Lab, ask: Ask) -> Reply | None:
    """`skip` with nothing asked: whoever says so is told what there is, not nothing."""
    return skip(lab, ask) if reading.is_skip(ask.text) else None


def post_unsure(lab: Lab, ask: Ask) -> Reply:
    """Post it: the message that was asked about is an answer; the question says so."""
    heard = settle.post(lab, ask.team_id, ask.user, ask.value)
    return _heard(lab, ask, heard)


def drop_unsure(lab: Lab, ask: Ask) -> Reply:
    """No: it was none."""
    unsure.drop(lab, ask.team_id, ask.user, ask.value)
    return Reply()


def take_back(lab: Lab, ask: Ask) -> Reply:
    """Take it back, on the prompt: the answer is withdrawn, the prompt asks again."""
    replies.take_back(lab, ask.team_id, ask.user, ask.number("`/standup` shows your answer."))
    return Reply()


def unpost(lab: Lab, ask: Ask) -> Reply:
    """Take it back, below the message that was asked about: as if that were deleted."""
    channel, _, ts = ask.value.partition("|")
    note = Note(ask.user, channel, ts, "", direct=True)
    theirs = replies.is_theirs(lab, ask.team_id, note)
    if not (theirs and replies.hear_deletion(lab, ask.team_id, note)):
        raise NotFound("That is taken back already.", "`/standup` shows your answer.")
    return Reply.of(view.sentence("Taken back. `/standup` answers anew."), replace=True)


def keep(lab: Lab, ask: Ask) -> Reply:
    """Keep as a learning, below an answer; its value is the answer. The answer says so."""
    answers.keep_learned(lab, ask.team_id, ask.number("`/learn add` keeps one."), by=ask.user)
    return Reply()


def follow_unsure(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message that is asked about."""
    if not ask.is_direct:
        return None
    gone = ask.message == "gone"
    known = unsure.hear_change(lab, ask.team_id, early.note(ask), gone=gone)
    return Reply() if known else None


def follow(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message of an answer."""
    if ask.message == "gone":
        known = replies.hear_deletion(lab, ask.team_id, early.note(ask))
        return Reply() if known else None
    heard = replies.hear_edit(lab, ask.team_id, early.note(ask))
    return _heard(lab, ask, heard) if heard.state else None


def _heard(lab: Lab, ask: Ask, heard: Heard) -> Reply:
    if heard.state in {"answered", "unsure"}:
        secret.notice(lab, ask)
    if heard.state == "empty":
        return Reply.of(view.sentence("I keep words only: add a line of text, please."))
    if not heard.unread:
        return Reply()
    return Reply.of(questions.unread(heard.unread, heard.round_id))


def _form(lab: Lab, ask: Ask, round_id: int) -> Reply:
    offer = submission.offer(lab, ask.team_id, ask.user, round_id)
    return Reply(modal=forms.answer_form(offer))


ROUTES = Routes(
    verbs=(
        Verb("/standup", "", "", "Answer the standup", answer),
        Verb("/standup", "answer", "tomorrow", "Answer the next round already", answer_on),
        Verb("/standup", "skip", "", "Skip today's standup", skip),
        Verb("/standup", "status", "", "Who is in, who is to go", status),
        *SETUP.verbs,
    ),
    actions={
        "standup_answer": open_form,
        "standup_skip": skip_button,
        "standup_post": post_unsure,
        "standup_drop": drop_unsure,
        "standup_back": take_back,
        "standup_unpost": unpost,
        "standup_keep": keep,
    },
    forms={"standup_answer": send, **SETUP.forms},
    closed={"standup_answer": close, **SETUP.closed},
)
