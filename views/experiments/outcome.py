"""Asking whether a result matched the prediction, and what was said."""

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.prediction import MATCHES, SKIPPED
from views import kit
from views.experiments import experiment
from views.kit import Message

_LABELS = {"better": "Better", "as": "As predicted", "worse": "Worse"}


def ask(ticket: Experiment, value: float, checkpoint_id: int, change_id: int = 0) -> Message:
    """The question, with a button per answer. change_id: the decision's, to be undone."""
    fact = f"{_fact(ticket, value)}."
    text = f"{fact} Did the result match the prediction?"
    number = f"{checkpoint_id}|{change_id}"
    buttons = [kit.button(label, f"prediction_{key}", number) for key, label in _LABELS.items()]
    skip = kit.button("Skip", "prediction_skipped", number)
    return Message(text, [kit.section(text), kit.actions(*buttons, skip)])


def said(
    ticket: Experiment, value: float, given: tuple[str, str], ids: tuple[int, int]
) -> Message:
    """What was answered, in the place of the question. given: matched, why. ids: as in `ask`."""
    matched, why = given
    fact = _fact(ticket, value)
    how = MATCHES.get(matched, "not compared with the prediction")
    text = f"{fact}: {how}."
    number = f"{ids[0]}|{ids[1]}"
    buttons = [] if matched == SKIPPED else [
        kit.button("Change" if why else "Say why", "prediction_why", number)
    ]  # fmt: skip
    undo = ("Undo the kill", "kill_undo") if ticket.stage == "killed" else ("Undo", "undo")
    buttons += [kit.button(*undo, str(ids[1]))] if ids[1] else []
    buttons.append(kit.button("Show the ticket", "experiment_show", str(ticket.number)))
    quoted = [kit.quote(why)] if why else []
    return Message(text, [kit.section(text), *quoted, kit.actions(*buttons)])


def form(ticket: Experiment, value: float, given: tuple[str, str], meta: object) -> kit.Block:
    """How it did, and why in a sentence. given: what stands."""
    options = [kit.option(label.capitalize(), key) for key, label in MATCHES.items()]
    blocks = [
        kit.section(f"{_fact(ticket, value)}."),
        kit.field("matched", "The result was", kit.choice(options, given[0], radio=True)),
        kit.field("why", "Why? One sentence", kit.text_input(given[1]), optional=True),
    ]
    held = meta if isinstance(meta, dict) else {}
    return kit.modal("prediction_form", "Result and prediction", blocks, submit="Keep", meta=held)


def _fact(ticket: Experiment, value: float) -> str:
    """The result and what it is held against: the range somebody bet on, else the target."""
    low, high = ticket.predicted_low, ticket.predicted_high
    bet = "" if low is None or high is None else f"{figures.number(low)} to {figures.number(high)}"
    against = f"predicted {bet}" if bet else f"target {experiment.goal(ticket)}"
    return f"{ticket.id}: {figures.number(value)}, {against}"
