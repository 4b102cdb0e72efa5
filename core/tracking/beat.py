"""What our own runner tells beside a training, and why a run of an experiment should end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from core.tracking.curve import Point
from core.tracking.run import Latest, Run

STOP, LEAVE = "stop", "leave"  # what a person may say of a run whose experiment ended
POLICIES = ("ask", "stop")  # of a team: ask its owner first, or stop at once


@dataclass(frozen=True)
class Beat:
    """All that is known of a run at one moment: totals, so that the newest (by seq) stands for all
    before it and one sent twice changes nothing.

    began, ended, and the third of each metric's (step, value or None, …): seconds before it was
    sent, so that no clock but ours is believed. seconds: how long the training has run by a clock
    that nobody sets. gpus: None when unknown; guessed: they are all of the machine. busy: mean
    utilisation, 0 to 1. stops: it ends the training when it is told to. exit_code: None when it
    is not known.
    """

    experiment: int
    run: str
    seq: int
    name: str
    host: str
    state: str  # one of core.tracking.run.STATUSES
    began: float
    seconds: float
    ended: float | None = None
    gpus: int | None = None
    guessed: bool = False
    busy: float | None = None
    commit: str = ""
    stops: bool = False
    exit_code: int | None = None
    metrics: Mapping[str, Sequence[tuple[int, float | None, float]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """Why its runs should end. key: another for another reason; why: the clause that says it."""

    key: str
    why: str


@dataclass(frozen=True)
class Orders:
    """What the runner is answered. order: "" | stop; why: a sentence."""

    experiment: str
    run: str
    seq: int
    gpu_hours: float | None
    order: str = ""
    why: str = ""


def as_run(beat: Beat, now: datetime) -> tuple[Run, dict[str, list[Point]]]:
    """The run as any tracker tells it, and the steps of its metrics."""

    def ago(seconds: float) -> datetime:
        return now - timedelta(seconds=max(0.0, seconds))

    curves = {
        name: [Point(step, value, ago(age)) for step, value, age in points]
        for name, points in beat.metrics.items()
        if points
    }
    tags = {"exp_id": experiment_id(beat.experiment), "commit": beat.commit}
    tags |= {} if beat.gpus is None else {"gpus": str(beat.gpus)}
    params = {"host": beat.host}
    params |= {} if beat.exit_code is None else {"exit_code": str(beat.exit_code)}
    params |= {} if beat.busy is None else {"gpu_busy": f"{beat.busy:.0%}"}
    latest = {
        name: Latest(some[-1].value, some[-1].step, some[-1].at) for name, some in curves.items()
    }
    ended = None if beat.ended is None else ago(beat.ended)
    run = Run(
        beat.run, "", beat.name, beat.state, ago(beat.began), ended, tags, params, latest,
        seconds=beat.seconds, seen=now, guessed=beat.guessed,
    )  # fmt: skip
    return run, curves


def reason_to_end(ticket: Experiment, today: date, killer: str) -> Reason | None:
    """Why no run of it should go on, or None. today: by its team; killer: their name."""
    if ticket.stage == "killed":
        at = ticket.decided_at.timestamp() if ticket.decided_at else 0.0
        return Reason(
            f"killed:{at:.0f}", f"{ticket.id} was killed" + (f" by {killer}" if killer else "")
        )
    if not ticket.is_open:
        return None
    if ticket.training_status == "paused":
        return Reason("paused", f"{ticket.id} is paused")
    if ticket.gpu_budget > 0 and ticket.gpu_used >= ticket.gpu_budget:
        used = f"all {ticket.gpu_budget:g} GPU-hours of {ticket.id} are used"
        return Reason(f"budget:{ticket.gpu_budget:g}", used)
    if ticket.box_ends and today > ticket.box_ends:
        return Reason(f"box:{ticket.box_ends}", f"the time box of {ticket.id} is over")
    return None
