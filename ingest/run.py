"""A beat of our own runner (`run/1`), and what a run of an experiment is told at its start."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from core.tracking.beat import Beat
from core.workspace.token import Pusher
from ingest.canonical import Name, Part, Word
from ingest.entries_eval import number_of
from ingest.file import Unreadable, decoded, parsed, told, unpacked
from ingest.given import Answer, Given, Work
from ingest.wire import first_fault
from services.decisions import running
from services.ports import Lab
from services.tracking import start

_AGE = Annotated[float, Field(ge=0, le=1e9)]
_POINTS = Annotated[list[Annotated[list[float | None], Field(min_length=3, max_length=3)]],
                    Field(max_length=400)]  # fmt: skip


class RunBeat(Part):
    """All that is known of a run now: totals, never additions. began, ended and the third of each
    metric's points (step, value or null, …) are seconds before it was sent.
    """

    schema_: Literal["run/1"] = Field(alias="schema")
    run: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{8,100}$")]
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    name: Name
    host: Word = ""
    state: Literal["running", "finished", "failed", "stopped"]
    began: _AGE
    ended: _AGE | None = None
    seconds: _AGE
    gpus: Annotated[int, Field(ge=0, le=99999)] | None = None
    guessed: bool = False
    busy: Annotated[float, Field(ge=0, le=1)] | None = None
    commit: Annotated[str, Field(pattern=r"^([0-9a-f]{7,64})?$")] = ""
    stops: bool = False
    exit_code: Annotated[int, Field(ge=0, le=255)] | None = None
    metrics: Annotated[dict[Name, _POINTS], Field(max_length=20)] = {}  # noqa: RUF012 - pydantic copies it


def take_beat(given: Given) -> Work:
    """A beat of a run. Raises Refused when it cannot be read."""
    number = number_of(given.named["id"])
    with told(given.file):
        value = parsed(decoded(unpacked(given.file)))
        try:
            sent = RunBeat.model_validate(value)
        except ValidationError as error:
            raise Unreadable(
                first_fault(error), "`assay run` writes it; is it as old as Assay is?"
            ) from None
    beat = _beat(number, sent)

    def work(lab: Lab, who: Pusher) -> Answer:
        return asdict(running.hear(lab, who, beat))

    return work


def _beat(number: int, sent: RunBeat) -> Beat:
    metrics = {
        name: [(int(step or 0), value, age or 0.0) for step, value, age in points]
        for name, points in sent.metrics.items()
    }
    plain = sent.model_dump(exclude={"schema_", "metrics"})
    return Beat(experiment=number, metrics=metrics, **plain)


def tell_start(lab: Lab, who: Pusher, named: Mapping[str, str]) -> Answer:
    """What a run of it is to be told. Raises NotFound, and Refused when the experiment is over."""
    return start.told(lab, who.team_id, number_of(named["id"]))
