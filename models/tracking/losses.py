"""Training losses of experiments, as their newest runs tell them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.tracking.epochs import training_loss
from models.tracking.run import Run, RunCurve

_RUNS = 5  # of an experiment, the newest


def of_each(
    session: Session, ids: Sequence[int]
) -> dict[int, tuple[tuple[tuple[float, float], ...], ...]]:
    """(epoch, loss) of its newest runs that tell it, the newest last, by experiment."""
    wanted = select(Run).where(col(Run.experiment_id).in_(ids), col(Run.is_parent).is_(False))
    runs: dict[int, list[Run]] = {}
    for run in session.exec(wanted.order_by(col(Run.started_at), col(Run.id))):
        runs.setdefault(run.experiment_id or 0, []).append(run)
    newest = [run for some in runs.values() for run in some[-_RUNS:]]
    curves: dict[int, dict[str, list[list[float]]]] = {}
    kept = select(RunCurve).where(col(RunCurve.run_id).in_([run.pk for run in newest]))
    for one in session.exec(kept.order_by(col(RunCurve.metric))) if newest else ():
        curves.setdefault(one.run_id, {})[one.metric] = one.points
    found: dict[int, list[tuple[tuple[float, float], ...]]] = {}
    for run in newest:
        if told := training_loss(curves.get(run.pk, {}), run.params):
            found.setdefault(run.experiment_id or 0, []).append(told)
    return {key: tuple(some) for key, some in found.items()}
