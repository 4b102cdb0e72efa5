"""/ask: the questions that leadership asks, answered from the records or not at all."""

from dataclasses import replace

from core.digest.question import KINDS, DigestQuestion, read
from core.errors import Refused, too_old
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.experiments import form
from services import several
from services.digest import question, question_status
from services.ports import Lab
from services.which import Spot
from views.digest import question as view
from views.kit import Message

_AGAIN = "Ask again with `/ask`."


def ask_(lab: Lab, ask: Ask) -> Reply:
    """`/ask when will it be ready`, `how accurate is it`, `can you just add X`."""
    if not ask.text.strip():
        return Reply.of(view.nothing_asked())
    found = question.understand(lab, ask.team_id, ask.text)
    if not found.kind:
        return Reply.of(view.unknown(clean(ask.text, limit=200)))
    return _answer(lab, ask, found)


def wide(lab: Lab, ask: Ask) -> Reply | Ask:
    """`/ask vision how are we doing` is for that team; without a name, where several are meant,
    how they all are.
    """
    said = Spot(ask.workspace, ask.user, ask.channel)
    team_id, rest = several.named(lab, said, ask.text)
    if team_id:
        return replace(ask, team_id=team_id, text=rest)
    found = several.readable(lab, said) if read(ask.text).kind == "status" else []
    if not found:
        return ask
    return Reply.of(view.answer(question_status.of_several(lab, found)))


def open_form(_lab: Lab, _ask: Ask) -> Reply:
    """The button Ask a question."""
    return Reply(modal=view.form())


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: the answer is shown in it."""
    typed = clean(ask.written("question"), limit=300)
    if not typed:
        raise Refused("Ask something.", "E.g. when will it be ready.", field="question")
    return in_form(ask, ask_(lab, replace(ask, text=typed, channel="")))


def in_form(ask: Ask, reply: Reply) -> Reply:
    """The answer, below the question in its form."""
    typed = clean(ask.written("question"), limit=300)
    return Reply(update=view.form(typed, Message(reply.text, list(reply.blocks))))


def press(lab: Lab, ask: Ask) -> Reply:
    """A button with one of the questions; its value is the question's kind."""
    kind = KINDS.get(ask.value)
    if kind and kind != "add":
        return _answer(lab, ask, DigestQuestion(kind))
    raise too_old("`/ask` shows what can be asked.")


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button: the same question, answered in public where it was asked."""
    once, found = _carried(ask.value)
    told = question.answer(lab, ask.team_id, found)
    message = view.answer(told, shared_by=ask.user)
    new = question.share(lab, ask.team_id, once, message, channel=ask.channel)
    return Reply.of(view.shared(ask.channel, new=new), replace=True)


def write(lab: Lab, ask: Ask) -> Reply:
    """The button Write it as a hypothesis: the form of a new ticket with that title."""
    return form.new(lab, replace(ask, text=ask.value))


def _answer(lab: Lab, ask: Ask, found: DigestQuestion) -> Reply:
    once = ask.short_key
    told = question.answer(lab, ask.team_id, found)
    shareable = ask.channel[:1] in {"C", "G"}
    return Reply.of(view.answer(told, once=once if shareable else ""))


def _carried(value: str) -> tuple[str, DigestQuestion]:
    once, kind, number, thing = [*value.split("|", 3), "", "", ""][:4]
    if kind in KINDS:
        return once, DigestQuestion(KINDS[kind], number_in(number or "0", _AGAIN), thing)
    raise too_old(_AGAIN)


ROUTES = Routes(
    verbs=(
        Verb(
            "/ask",
            "",
            "how are we doing|when will it be ready|how accurate is it|can you just add X",
            "What leadership asks, answered from the data",
            ask_,
            across=wide,
        ),
    ),
    actions={
        "question_status": press,
        "question_when": press,
        "question_accuracy": press,
        "question_share": share,
        "question_write": write,
        "question_open": open_form,
    },
    forms={"question": send},
)
