"""/gate: the eval gate's verdicts, and passing it by two leads."""

from collections.abc import Callable

from core.errors import Refused
from core.quantity import experiment_id
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services import form_draft
from services.evals import confirmation, document, override
from services.evals import gate as evalgate
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views import kit
from views.evals import document as document_view
from views.evals import gate as view
from views.evals import override as override_view


def latest(lab: Lab, ask: Ask) -> Reply:
    """The latest gates, one line each."""
    return Reply.of(view.latest(evalgate.latest(lab, ask.workspace)))


def gate(lab: Lab, ask: Ask) -> Reply:
    """`EXP-042` judges now; `EXP-042 document`, `… confirm rollback` do what they say."""
    number, rest = numbered(ask, "/gate EXP-042")
    word, _, name = rest.partition(" ")
    if not word:
        return _judge(lab, ask, number)
    if word.casefold() in _MORE:
        return _MORE[word.casefold()](lab, ask, number, name.strip())
    raise Refused(
        f"I don't know “{word[:30]}” after {experiment_id(number)}.",
        f"Write `/gate {experiment_id(number)}`, or add document, confirm NAME or unconfirm NAME.",
    )


def _judge(lab: Lab, ask: Ask, number: int) -> Reply:
    act = TicketRequest(ask.workspace, number, ask.user, "judged")
    evalgate.judge(lab, act, channel=ask.channel)
    return Reply.of(view.card(evalgate.stored_card(lab, ask.workspace, number)))


def _document(lab: Lab, ask: Ask, number: int, _: str) -> Reply:
    return Reply.of(document_view.compared(*document.compare(lab, ask.workspace, number)))


def _confirm(lab: Lab, ask: Ask, number: int, name: str, *, yes: bool = True) -> Reply:
    act = TicketRequest(ask.workspace, number, ask.user, "confirmed")
    text = confirmation.confirm(lab, act, name, yes=yes)
    text = f"{kit.escape(text, 300)} Judge again: `/gate {experiment_id(number)}`."
    return Reply(text=text, blocks=[kit.section(text)])


def _unconfirm(lab: Lab, ask: Ask, number: int, name: str) -> Reply:
    return _confirm(lab, ask, number, name, yes=False)


_MORE: dict[str, Callable[[Lab, Ask, int, str], Reply]] = {
    "document": _document,
    "confirm": _confirm,
    "unconfirm": _unconfirm,
}


def open_ask(lab: Lab, ask: Ask) -> Reply:
    """The button "Ask for an override"; its value is the experiment's number."""
    number = _id(ask)
    decision = override.askable(lab, ask.workspace, number, by=ask.user)
    reason = _kept(lab, ask, f"{override_view.ASK}:{number}")
    name = experiment_id(number)
    return Reply(modal=override_view.ask_form(number, name, decision, reason))


def send_ask(lab: Lab, ask: Ask) -> Reply:
    """The first lead's reason was sent."""
    act = TicketRequest(
        ask.workspace, ask.carried("number"), ask.user, "override asked",
        ask.written("reason"),
    )  # fmt: skip
    asked = override.ask(lab, act)
    _forget(lab, ask, f"{override_view.ASK}:{act.number}")
    return Reply.of(override_view.waits(asked.request, again=asked.again))


def open_confirm(lab: Lab, ask: Ask) -> Reply:
    """The second lead's button; its value is the request's id."""
    number = _id(ask)
    request = override.confirmable(lab, ask.workspace, number, by=ask.user)
    reason = _kept(lab, ask, f"{override_view.CONFIRM}:{number}")
    return Reply(modal=override_view.confirm_form(request, reason))


def send_confirm(lab: Lab, ask: Ask) -> Reply:
    """The second lead's reason was sent."""
    act = TicketRequest(
        ask.workspace, ask.carried("id"), ask.user, "override given",
        ask.written("reason"),
    )  # fmt: skip
    done = override.confirm(lab, act)
    _forget(lab, ask, f"{override_view.CONFIRM}:{act.number}")
    return Reply.of(override_view.overridden(done))


def keep(lab: Lab, ask: Ask) -> Reply:
    """One of the two forms was closed: the reason is offered next time."""
    number = ask.carried("number" if "number" in ask.meta else "id")
    values = {"reason": ask.values.get("reason")}
    form_draft.keep(lab, ask.workspace, ask.user, f"{ask.name}:{number}", values)
    return Reply()


def _id(ask: Ask) -> int:
    return ask.number("Write `/gate EXP-042`.")


def _kept(lab: Lab, ask: Ask, form: str) -> str:
    return str(form_draft.offer(lab, ask.workspace, ask.user, form).get("reason", ""))


def _forget(lab: Lab, ask: Ask, form: str) -> None:
    form_draft.forget(lab, ask.workspace, ask.user, form)


ROUTES = Routes(
    verbs=(
        Verb("/gate", "", "", "The latest verdicts", latest),
        Verb("/gate", "show", "EXP-042", "Judge its newest results (also `/gate EXP-042`); add "
             "`document` for the document's formula, `confirm NAME` for what no eval measures",
             gate),
    ),
    actions={"gate_override_open": open_ask, "gate_override_second": open_confirm},
    forms={override_view.ASK: send_ask, override_view.CONFIRM: send_confirm},
    closed={override_view.ASK: keep, override_view.CONFIRM: keep},
)  # fmt: skip
