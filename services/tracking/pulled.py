"""What runs tell an experiment: one point a run, its GPU-hours, and where training diverged."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.evals.measured import Reading, on_ticket_scale
from core.experiments.experiment import Experiment, meets_target
from models.board import gpu_usage as usage
from models.experiments import measurement as measurements
from models.experiments.experiment import Experiment as Ticket
from models.experiments.measurement import Measurement
from models.tracking import run as table
from models.tracking.run import Run
from models.tracking.tracker import Tracker
from services import announcement
from services.board import gpu_usage
from services.board.gpu_usage import Used
from services.desk import Desk
from services.experiments import ticket
from views.experiments import checkpoint as checkpoint_view
from views.kit import Message
from views.tracking import run as view

_WORTH_A_ROW = 1.0  # GPU-hours: what a running run has used is written in steps of this
_TRAINED = ("experiment", "iteration", "evaluation")


def follow(here: Desk, tracker: Tracker, row: Ticket, runs: Sequence[Run]) -> None:
    """Take over what these runs of that experiment tell. here: at the experiment's team."""
    here.session.refresh(row, with_for_update={"key_share": True})
    before = ticket.value(here.session, row)
    told = [_point(here, row, one) for one in runs] if before.is_open else []
    measurements.settle(here.session, row.pk)
    _hours(here, tracker, row, runs)
    after = ticket.value(here.session, row)
    if any(told):
        _progress(here, tracker, row, before, after)
    for one in runs:
        _divergence(here, tracker, row, one)


def drop(here: Desk, run: Run) -> None:
    """It is no result of the experiment it was one of."""
    point = here.session.get(Measurement, run.measurement_id) if run.measurement_id else None
    run.measurement_id = None
    if point is not None:
        here.session.delete(point)
        measurements.settle(here.session, point.experiment_id)


def _point(here: Desk, row: Ticket, run: Run) -> bool:
    """Keep the run's one point; True when it says something new."""
    if run.is_parent or run.best is None or run.best_at is None:
        drop(here, run)
        return False
    found = here.session.get(Measurement, run.measurement_id) if run.measurement_id else None
    value = on_ticket_scale(Reading(run.metric, run.best, 0, 1), row.target, row.baseline).value
    if found is None:
        found = Measurement(
            experiment_id=row.pk,
            at=run.best_at,
            source="pulled",
            author=f"run {run.name}",
            counts=False,
        )
    told = (value, run.role, run.metric, min(run.best_at, here.now))
    if (found.value, found.role, found.metric, found.at) == told:
        return False
    found.value, found.role, found.metric, found.at = told
    found.gpu_used, found.runs = row.gpu_used, 1
    here.session.add(found)
    here.session.flush()
    run.measurement_id = found.pk
    return run.role == "candidate"


def _progress(
    here: Desk, tracker: Tracker, row: Ticket, before: Experiment, after: Experiment
) -> None:
    """The ticket has moved on; the team hears of the first result that meets the target."""
    made = ticket.audit(tracker.kind, ticket.PULLED, at=here.now)
    ticket.change(here.session, row, replace(after, progress_at=here.now), made)
    made.after = made.after | {"value": after.best}
    first = meets_target(after, after.best) and not meets_target(before, before.best)
    if first and after.best is not None:
        line = checkpoint_view.reached(after, after.best, tracker.kind)
        announcement.tell(here, f"decision:{after.id}:{made.pk}", line)


def _hours(here: Desk, tracker: Tracker, row: Ticket, runs: Sequence[Run]) -> None:
    source_ids = [one.source_id for one in runs]
    known = usage.recorded(here.session, here.team_id, tracker.kind, source_ids)
    told = []
    for one in runs:
        hours = 0.0 if one.is_parent else one.gpu_hours
        kept = known.get(one.source_id)
        if hours is None or (kept is None and not hours):
            continue
        running = one.status == "running"
        moved = kept is None or kept.experiment != row.number
        step = abs(hours - (kept.gpu_hours if kept else 0.0))
        last = not running and (step > 0 or (kept is not None and kept.state == "running"))
        if moved or last or step >= _WORTH_A_ROW:
            state, quality = "running" if running else "final", one.hours_known
            told.append(Used(row.number, tracker.kind, one.source_id, hours, state, quality))
    if told:
        gpu_usage.take(here, told, by=tracker.kind)


def _divergence(here: Desk, tracker: Tracker, row: Ticket, run: Run) -> None:
    """A run that diverged makes the ticket say so, once; a newer one that runs clears it."""
    if run.is_parent or row.stage not in _TRAINED:
        return
    if run.diverged_step is not None and not run.diverged_told:
        run.diverged_told = True
        seen = run.as_value()
        how = seen.diverged.told if seen.diverged else ""
        _say_training(here, tracker, row, "diverged", f"{how} in run {seen.name}")
        _tell_owner(here, row, f"run:{run.pk}:diverged", view.diverged(row.snapshot(), seen))
    elif row.training_status == "diverged" and _holds_again(here, row, run):
        _say_training(here, tracker, row, "running", f"run {run.name} is running")


def _holds_again(here: Desk, row: Ticket, run: Run) -> bool:
    """True for the newest run, when it goes on after one that diverged."""
    every = [one for one in table.of_experiment(here.session, row.pk) if not one.is_parent]
    runs = run.status == "running" and run.diverged_step is None
    return runs and every[-1:] == [run] and any(one.diverged_told for one in every)


def _say_training(here: Desk, tracker: Tracker, row: Ticket, word: str, why: str) -> None:
    if row.training_status == word:
        return
    made = ticket.audit(tracker.kind, ticket.PULLED, at=here.now, why=why)
    ticket.change(here.session, row, replace(row.snapshot(), training_status=word), made)


def _tell_owner(here: Desk, row: Ticket, key: str, message: Message) -> None:
    if here.is_here(row.owner):
        here.post(key, row.owner, message)


def tell_owners(here: Desk, runs: Iterable[Run]) -> None:
    """Who owns an experiment hears once of its runs that went silent or were deleted."""
    for one in runs:
        row = here.session.get(Ticket, one.experiment_id) if one.experiment_id else None
        if row is None or one.is_parent:
            continue
        there = here.at(row.team_id)
        if one.stale_since is not None and one.deleted_at is None:
            key = f"run:{one.pk}:stale:{one.stale_since.timestamp():.0f}"
            _tell_owner(there, row, key, view.stale(row.snapshot(), one.as_value()))
        if one.deleted_at is not None:
            key = f"run:{one.pk}:deleted:{one.deleted_at.timestamp():.0f}"
            _tell_owner(there, row, key, view.deleted(row.snapshot(), one.as_value()))
