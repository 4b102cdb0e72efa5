"""What a program tells in its own name: a result, a blocker, and a decision it may take."""

from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from core.quantity import experiment_id, experiment_number
from core.workspace.token import Pusher
from ingest.api.shapes import Decided, Logged, NewBlocker, NewDecision, NewResult, Reported
from ingest.entries_eval import number_of
from ingest.file import Unreadable, decoded, parsed, told, unpacked
from ingest.given import Answer, Given, Work
from ingest.wire import first_fault
from services.ports import Lab
from services.programs import decide, report
from services.programs.report import ToldBlocker, ToldResult

M = TypeVar("M", bound=BaseModel)
_LEARNED = '{"learnings": "rank 32 overfits on 2,000 examples"}'


def take_result(given: Given) -> Work:
    """A result of an experiment. Raises Refused when it cannot be read."""
    number = number_of(given.named["id"])
    sent = _read(given, NewResult, '{"value": 0.85, "gpu_hours": 6, "note": "rank 32"}')

    def work(lab: Lab, who: Pusher) -> Answer:
        result = ToldResult(number, sent.value, sent.gpu_hours, sent.note)
        done = report.result(lab, who, result)
        return Logged(
            experiment=done.after.id, value=sent.value, gpu_used=done.after.gpu_used,
            by=who.who, reached=done.reached,
        ).model_dump(mode="json")  # fmt: skip

    return work


def take_blocker(given: Given) -> Work:
    """What holds somebody up. Raises Refused when it cannot be read."""
    sent = _read(given, NewBlocker, '{"text": "labels are late", "experiments": ["EXP-042"]}')
    numbers = tuple(dict.fromkeys(experiment_number(name) for name in sent.experiments))

    def work(lab: Lab, who: Pusher) -> Answer:
        item = report.blocker(lab, who, ToldBlocker(sent.text, sent.kind, numbers))
        return Reported(
            id=item.called, owner=item.name, by=who.who, kind=item.kind,
            experiments=[experiment_id(number) for number in item.experiments],
        ).model_dump(mode="json")  # fmt: skip

    return work


def take_kill(given: Given) -> Work:
    """The end of an experiment. Raises Refused when it cannot be read."""
    number, sent = number_of(given.named["id"]), _read(given, NewDecision, _LEARNED)

    def work(lab: Lab, who: Pusher) -> Answer:
        return _decided(decide.killed(lab, who, number, sent.learnings), "killed")

    return work


def take_promotion(given: Given) -> Work:
    """The promotion of an experiment. Raises Refused when it cannot be read."""
    number, sent = number_of(given.named["id"]), _read(given, NewDecision, _LEARNED)

    def work(lab: Lab, who: Pusher) -> Answer:
        return _decided(decide.promoted(lab, who, number, sent.learnings), "promoted")

    return work


def _decided(done: decide.Decided, decision: Literal["killed", "promoted"]) -> Answer:
    told = Decided(experiment=done.experiment, decision=decision, by=done.by, already=done.already)
    return told.model_dump(mode="json")


def _read(given: Given, model: type[M], example: str) -> M:
    with told(given.file):
        found = parsed(decoded(unpacked(given.file)))
        try:
            return model.model_validate(found)
        except ValidationError as error:
            raise Unreadable(first_fault(error), f"Send JSON like {example}") from None
