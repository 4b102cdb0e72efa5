"""Decisions on their way to the runs they are about, in the tracker those lie in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.tracking.run import Run
from models.tracking.tracker import Tracker

WRITTEN = ("mlflow", "wandb")  # kinds of trackers that a decision is written to


class RunDecision(Row, table=True):
    """What is to stand at a run, one row a run: what is decided last is what counts.

    told: decision, final_metric, learnings, decided_at by name; empty: nothing, take it back.
    state: pending | sent | dead.
    """

    __table_args__ = (Index("ix_rundecision_due", "state", "next_at"),)

    run_id: int = Field(foreign_key="run.id", unique=True)
    told: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime
    next_at: datetime
    tries: int = 0
    state: str = "pending"


def tell(session: Session, experiment_id: int, told: Mapping[str, str], *, at: datetime) -> None:
    """Put a decision on its way to every run of that experiment, in the transaction it is made
    in; nothing told takes it back where it was sent or is on its way.
    """
    wanted = select(Run, RunDecision).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.join(RunDecision, col(RunDecision.run_id) == col(Run.id), isouter=True)
    wanted = wanted.where(
        Run.experiment_id == experiment_id, col(Run.deleted_at).is_(None),
        col(Tracker.kind).in_(WRITTEN), col(Tracker.ended_at).is_(None),
    )  # fmt: skip
    for run, row in session.exec(wanted.order_by(col(Run.id))).all():
        if row is None and told:
            session.add(RunDecision(run_id=run.pk, told=dict(told), at=at, next_at=at))
        elif row is not None:
            row.told, row.at, row.next_at, row.tries, row.state = dict(told), at, at, 0, "pending"
    session.flush()


def is_any_due(session: Session, now: datetime) -> bool:
    """True when something is to be written now."""
    wanted = select(RunDecision.id).where(RunDecision.state == "pending")
    return session.exec(wanted.where(RunDecision.next_at <= now).limit(1)).first() is not None


def due(session: Session, now: datetime, *, most: int) -> list[tuple[RunDecision, Run, Tracker]]:
    """What is to be written now, held until this transaction ends."""
    wanted = select(RunDecision, Run, Tracker).join(Run, col(Run.id) == col(RunDecision.run_id))
    wanted = wanted.join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.where(RunDecision.state == "pending", RunDecision.next_at <= now)
    wanted = wanted.where(col(Tracker.ended_at).is_(None)).order_by(col(RunDecision.id))
    return list(session.exec(wanted.limit(most).with_for_update(skip_locked=True, of=RunDecision)))
