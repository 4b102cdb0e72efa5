"""What our own runner last told of a run, and what it is to be told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import false
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.tracking.run import Run
from models.tracking.tracker import Tracker


class RunBeat(Row, table=True):
    """One row a run of our runner. seq: the highest heard. stops: it ends the training when told.
    metrics_elsewhere: a tracker knows this training too, and its values are taken from there.

    reason: key of the reason its owner was told of, "" for none. order: what a person said to it,
    "" | stop | leave. line: what the public line of the kill says of the experiment's runs.
    """

    run_id: int = Field(foreign_key="run.id", unique=True)
    seq: int = 0
    host: str = ""
    stops: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    metrics_elsewhere: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    reason: str = ""
    order: str = ""
    line: str = ""


def of_run(session: Session, run_id: int) -> RunBeat | None:
    """What is kept of that run, or None."""
    return session.exec(select(RunBeat).where(RunBeat.run_id == run_id)).first()


def of_experiment(session: Session, experiment_id: int) -> list[tuple[Run, RunBeat]]:
    """The runs of our runner for that experiment, oldest first."""
    wanted = select(Run, RunBeat).join(RunBeat, col(RunBeat.run_id) == col(Run.id))
    wanted = wanted.where(Run.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(Run.id))))


def of_runs(session: Session, team_id: int, ids: Sequence[str]) -> list[tuple[Run, RunBeat]]:
    """Those of our runner's runs of the team whose values are not taken from elsewhere yet."""
    wanted = select(Run, RunBeat).join(RunBeat, col(RunBeat.run_id) == col(Run.id))
    wanted = wanted.join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(Tracker.team_id == team_id, Tracker.kind == "assay")
    wanted = wanted.where(col(Run.source_id).in_(ids), col(RunBeat.metrics_elsewhere).is_(False))
    return list(session.exec(wanted.order_by(col(Run.id))))


def silent(session: Session, before: datetime, *, held: bool = False) -> list[tuple[Run, Tracker]]:
    """Runs of our runner that run as far as they told, were last heard of before then, and are not
    known to be stale. held: others wait for them until this transaction ends.
    """
    wanted = select(Run, Tracker).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(Tracker.kind == "assay", col(Tracker.ended_at).is_(None))
    wanted = wanted.where(
        Run.status == "running", col(Run.heard_at) < before,
        col(Run.stale_since).is_(None), col(Run.deleted_at).is_(None),
    ).order_by(col(Run.id))  # fmt: skip
    if held:
        wanted = wanted.with_for_update(skip_locked=True, of=Run)
    return list(session.exec(wanted).all())
