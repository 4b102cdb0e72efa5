"""What is said of single runs."""

from collections.abc import Sequence

from core import figures
from core.experiments.experiment import Experiment
from core.tracking.kept import Kept
from views import kit
from views.experiments.experiment import named
from views.kit import Message

MOST_PARAMS = 8  # hyperparameters on a card


def called(run: Kept) -> str:
    """The run's name, safe in mrkdwn."""
    return kit.escape(run.name, 60)


def hours(run: Kept) -> str:
    """`12 GPU-hours`, `12 GPU-hours (estimated)`, `GPU-hours unknown`."""
    if run.hours_known == "runner":
        return "GPU-hours counted by Assay's runner"
    if run.gpu_hours is None:
        return "GPU-hours unknown"
    sure = " (estimated)" if run.hours_known == "estimated" else ""
    return f"{figures.number(run.gpu_hours, 1)} GPU-hours{sure}"


def diverged(ticket: Experiment, run: Kept) -> Message:
    """What its owner hears when a run stops being a number."""
    how = run.diverged.told if run.diverged else "diverged"
    goes = "still runs" if run.status == "running" else f"is {run.status}"
    text = (
        f"{named(ticket)} · run {called(run)} {kit.escape(how)} and {goes}. "
        "It is a blocker until a newer run holds."
    )
    return _one(text, kit.button("Show it", "experiment_show", ticket.id))


def stale(ticket: Experiment, run: Kept) -> Message:
    """What its owner hears when a run is silent for an hour."""
    heard = f" since {kit.moment(run.heard_at)}" if run.heard_at else ""
    text = (
        f"{named(ticket)} · run {called(run)} says it is running, and was not heard of{heard}. "
        f"Its process may be gone: I stop counting its hours ({hours(run)})."
    )
    return _one(text)


def deleted(ticket: Experiment, run: Kept) -> Message:
    """What its owner hears when a run was deleted where it lay."""
    best = f"its result ({figures.number(run.best)}) and " if run.best is not None else ""
    text = (
        f"{named(ticket)} · run {called(run)} was deleted in its tracker. "
        f"What it gave stays here: {best}{hours(run)}."
    )
    return _one(text)


def torn(runs: Sequence[Kept]) -> Message:
    """What who connected the tracker hears of runs that name what they cannot belong to."""
    lines = [f"• {called(one)} names {kit.escape(one.names, 100)}" for one in runs[:10]]
    more = [f"• and {len(runs) - 10} more"] if len(runs) > 10 else []
    head = "A run belongs to one experiment of the team; these are not counted:"
    text = "\n".join([head, *lines, *more])
    return Message(text, [kit.section(text), kit.actions(kit.button("Map them", "track_show"))])


def _one(text: str, *buttons: kit.Block) -> Message:
    return Message(text, [kit.section(text), *([kit.actions(*buttons)] if buttons else [])])


def made_of(run: Kept | None) -> list[str]:
    """`From run lora-16: model llama-3-8b · data v7 · code 3f2a9c1 · lr=3e-4, rank=16`."""
    if run is None:
        return []
    told = (("model", run.model), ("data", run.dataset), ("code", run.code_commit[:12]))
    parts = [f"{name} {kit.escape(value, 80)}" for name, value in told if value]
    known = {run.model, run.dataset, run.code_commit}
    params = [f"{n}={v}" for n, v in sorted(run.params.items()) if v not in known]
    more = f" and {len(params) - MOST_PARAMS} more" if len(params) > MOST_PARAMS else ""
    if params:
        parts.append(kit.escape(", ".join(params[:MOST_PARAMS]), 400) + more)
    return [f"From run {called(run)}: {' · '.join([*parts, hours(run)])}"]
