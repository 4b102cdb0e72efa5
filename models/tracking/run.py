"""Runs of trainings: what trackers told of them, and curves of a few of their metrics."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, delete, func
from sqlmodel import Field, Session, col, select

from core.tracking.curve import Divergence
from core.tracking.kept import Kept
from models.experiments.experiment import Experiment
from models.row import Row
from models.tracking.tracker import Tracker

MAPPED = ("person", "tag", "name", "project")


class Run(Row, table=True):
    """One run. Whose it is, its tracker says; experiment_id: None while nothing maps it.

    mapped: by what it is: one of MAPPED, "" for nothing; names: experiments it names that it
    cannot be mapped to (two, or one the team has not). is_parent: others are its children, so it
    counts nowhere. role, status, hours_known: words of core.tracking.run. gpu_hours: None when
    unknown. best: best finite value of its experiment's metric (`metric`), at best_at; None
    without one. diverged_*: from which step which metric is no number,
    and whether that was told. hash: of what was known
    when its history was read. heard_at: last news. stale_since, deleted_at: by our clock.
    measurement_id: the one point it is.
    """

    __table_args__ = (
        UniqueConstraint("tracker_id", "source_id"),
        Index("ix_run_of_experiment", "experiment_id", "started_at"),
    )

    tracker_id: int = Field(foreign_key="tracker.id", index=True)
    source_id: str
    project: str = ""
    name: str = ""
    parent: str = ""
    is_parent: bool = False
    experiment_id: int | None = Field(default=None, foreign_key="experiment.id")
    mapped: str = ""
    names: str = ""
    role: str = "candidate"
    status: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    heard_at: datetime | None = None
    gpus: int | None = None
    gpu_hours: float | None = None
    hours_known: str = "unknown"
    params: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    model: str = ""
    dataset: str = ""
    code_commit: str = ""
    metric: str = ""
    best: float | None = None
    best_at: datetime | None = None
    diverged_metric: str = ""
    diverged_step: int | None = None
    diverged_exact: bool = True
    diverged_told: bool = False
    hash: str = ""
    seen_at: datetime
    stale_since: datetime | None = None
    deleted_at: datetime | None = None
    measurement_id: int | None = None

    def as_value(self) -> Kept:
        """The row as a value."""
        step = self.diverged_step
        lost = None
        if step is not None:
            lost = Divergence(self.diverged_metric, step, self.diverged_exact)
        return Kept(
            key=self.pk, name=self.name or self.source_id, project=self.project,
            status=self.status, started_at=self.started_at, heard_at=self.heard_at,
            gpu_hours=self.gpu_hours, hours_known=self.hours_known, metric=self.metric,
            best=self.best, diverged=lost, names=self.names, stale_since=self.stale_since,
            deleted_at=self.deleted_at, is_parent=self.is_parent, model=self.model,
            dataset=self.dataset, code_commit=self.code_commit, params=self.params,
            ended_at=self.ended_at,
        )  # fmt: skip


class RunCurve(Row, table=True):
    """One metric of a run, thinned (core.tracking.curve). points: [step, value or null]."""

    __table_args__ = (UniqueConstraint("run_id", "metric"),)

    run_id: int = Field(foreign_key="run.id")
    metric: str
    points: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def named(session: Session, tracker_id: int, source_ids: Sequence[str]) -> dict[str, Run]:
    """Those of its runs, by what the tracker calls them."""
    wanted = select(Run).where(Run.tracker_id == tracker_id, col(Run.source_id).in_(source_ids))
    return {row.source_id: row for row in session.exec(wanted)}


def ours(session: Session, team_id: int, source_id: str) -> Run | None:
    """The run of our own runner of that id, or None."""
    wanted = select(Run).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(Tracker.team_id == team_id, Tracker.kind == "assay")
    wanted = wanted.where(Run.source_id == source_id).order_by(col(Run.id))
    return session.exec(wanted.limit(1)).first()


def parents(session: Session, tracker_id: int, source_ids: Sequence[str]) -> set[str]:
    """Those of them that another run is a child of."""
    wanted = select(Run.parent).where(Run.tracker_id == tracker_id)
    return set(session.exec(wanted.where(col(Run.parent).in_(source_ids)).distinct()))


def running(session: Session, tracker_id: int) -> list[str]:
    """What the tracker calls those of its runs that ran when it was last read."""
    wanted = select(Run.source_id).where(Run.tracker_id == tracker_id, Run.status == "running")
    return list(session.exec(wanted.where(col(Run.deleted_at).is_(None)).order_by(col(Run.id))))


def missing(session: Session, tracker_id: int, since: datetime, before: datetime) -> list[Run]:
    """Runs that began since then, and that a sweep that began at `before` has not seen."""
    wanted = select(Run).where(Run.tracker_id == tracker_id, Run.seen_at < before)
    wanted = wanted.where(col(Run.started_at) >= since, col(Run.deleted_at).is_(None))
    return list(session.exec(wanted.order_by(col(Run.id))))


def of_experiment(session: Session, experiment_id: int) -> list[Run]:
    """The runs of that experiment, oldest first, parents and deleted ones too."""
    wanted = select(Run).where(Run.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(Run.started_at), col(Run.id))))


def newest(session: Session, experiment_id: int) -> Run | None:
    """Its newest run that counts, or None."""
    wanted = select(Run).where(Run.experiment_id == experiment_id, col(Run.is_parent).is_(False))
    wanted = wanted.order_by(col(Run.started_at).desc(), col(Run.id).desc())
    return session.exec(wanted.limit(1)).first()


def counts(session: Session, team_id: int) -> dict[int, tuple[int, int]]:
    """How many runs of each of the team's trackers are mapped, and how many are not."""
    wanted = select(Run.tracker_id, func.count(col(Run.experiment_id)), func.count())
    wanted = wanted.join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(Tracker.team_id == team_id, col(Run.deleted_at).is_(None))
    found = session.exec(wanted.group_by(col(Run.tracker_id)))
    return {tracker: (mapped, every - mapped) for tracker, mapped, every in found}


def unmapped(session: Session, team_id: int, *, most: int) -> list[Run]:
    """The newest runs of the team that belong to no experiment."""
    wanted = select(Run).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(
        Tracker.team_id == team_id, col(Tracker.ended_at).is_(None),
        col(Run.experiment_id).is_(None), col(Run.deleted_at).is_(None),
    ).order_by(col(Run.started_at).desc(), col(Run.id).desc())  # fmt: skip
    return list(session.exec(wanted.limit(most)))


def of_team(session: Session, team_id: int, run_id: int) -> Run | None:
    """That run when a tracker of the team told of it, or None."""
    wanted = select(Run).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    return session.exec(wanted.where(Tracker.team_id == team_id, Run.id == run_id)).first()


def experiments(session: Session, team_id: int) -> dict[int, Experiment]:
    """The team's experiments that have runs, by their key."""
    wanted = select(Experiment).where(Experiment.team_id == team_id)
    mine = select(Run.experiment_id).where(Run.experiment_id == Experiment.id)
    return {row.pk: row for row in session.exec(wanted.where(mine.exists()))}


def curves(session: Session, run_id: int) -> list[RunCurve]:
    """The curves of a run, by name."""
    wanted = select(RunCurve).where(RunCurve.run_id == run_id)
    return list(session.exec(wanted.order_by(col(RunCurve.metric))))


def keep_curves(session: Session, run_id: int, found: Sequence[tuple[str, Any]]) -> None:
    """These are its curves from now on: (metric, points)."""
    session.execute(delete(RunCurve).where(col(RunCurve.run_id) == run_id))
    session.add_all(RunCurve(run_id=run_id, metric=name, points=points) for name, points in found)
    session.flush()


def leading(session: Session, experiment_id: int, direction: str) -> Run | None:
    """The run its result is from: the best that counts, else the newest; None without any."""
    best = col(Run.best).desc() if direction == "higher" else col(Run.best).asc()
    wanted = select(Run).where(Run.experiment_id == experiment_id, col(Run.is_parent).is_(False))
    order = (col(Run.best).is_(None), best, col(Run.started_at).desc(), col(Run.id).desc())
    return session.exec(wanted.order_by(*order).limit(1)).first()


def shown(session: Session, experiment_id: int, *, most: int) -> list[Kept]:
    """The newest runs of that experiment that still lie in their tracker, oldest first."""
    wanted = select(Run).where(Run.experiment_id == experiment_id, col(Run.deleted_at).is_(None))
    order = (col(Run.started_at).desc(), col(Run.id).desc())
    return [row.as_value() for row in session.exec(wanted.order_by(*order).limit(most))][::-1]


def curves_of(session: Session, run_ids: Sequence[int]) -> list[RunCurve]:
    """The curves of those runs."""
    if not run_ids:
        return []
    wanted = select(RunCurve).where(col(RunCurve.run_id).in_(run_ids))
    return list(session.exec(wanted.order_by(col(RunCurve.run_id), col(RunCurve.metric))))
