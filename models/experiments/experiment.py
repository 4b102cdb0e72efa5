"""Experiment tickets and their audit rows."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy
from sqlalchemy import Computed, Index, UniqueConstraint, func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.operators import or_
from sqlmodel import Field, Session, col, select

import core.experiments.experiment as rules
import core.experiments.measurement as results
from core.experiments.headline import EVALUATED
from core.experiments.past import TakenBack
from models import audited
from models.audited import Ticket, Undoable
from models.experiments.measurement import Measurement, stands

_RESULTS = (
    "team_id", "stage", "metric", "direction", "decided_at", "stage_since", "final_metric",
    "deploy_status", "number",
)  # fmt: skip
Which = ColumnElement[bool]  # what is asked of a ticket's columns

_OPEN = tuple(stage for stage in rules.STAGES if stage not in rules.CLOSED)


class Change(Undoable, table=True):
    """What was changed on an experiment."""

    of: ClassVar[str] = "experiment_id"

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    at: datetime = Field(index=True)


class Experiment(Ticket, table=True):
    """A hypothesis ticket. Column meanings are those of core.experiments.experiment.Experiment."""

    changes: ClassVar[type[audited.Change]] = Change

    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        Index("ix_experiment_stage_of_team", "team_id", "stage", "stage_since"),
        Index("ix_experiment_decided", "team_id", "decided_at"),
        Index("ix_experiment_created", "team_id", "created_at"),
        Index("ix_experiment_live", "team_id", "live_since"),
        Index("ix_experiment_metric", "team_id", "metric", "noise_sd"),
        # what the best results are read from, without the tickets
        Index("ix_experiment_results", *_RESULTS),
    )

    title: str
    hypothesis: str = ""
    method: str = ""
    owner: str = Field(index=True)
    metric: str = "accuracy"
    direction: str = "higher"
    baseline: float | None = None
    target: float | None = None
    noise_sd: float | None = None
    success_primary: str = ""
    success_secondary: str = ""
    success_blocking: str = ""
    kill_criteria: str = ""
    gpu_budget: float = 0.0
    gpu_used: float = 0.0
    box_days: int = 14
    box_starts: date | None = None
    box_ends: date | None = None
    link: str = ""
    dataset_ready: bool = False
    blocking_ok: bool = False
    stage: str = Field(default="backlog", index=True)
    stage_since: datetime
    outcome: str = ""
    final_metric: float | None = None
    learnings: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    training_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    deploy_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    monitoring_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    rollback_tested: str = Field(default="", sa_column_kwargs={"server_default": ""})
    live_since: datetime | None = None
    live_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    worth: int | None = None
    kind_of_work: str = Field(
        default="exploration", sa_column_kwargs={"server_default": "exploration"}
    )
    people_hours: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_chance: float | None = None
    eval_set: str = Field(default="", sa_column_kwargs={"server_default": ""})
    measured_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    guardrails: str = Field(default="", sa_column_kwargs={"server_default": ""})
    budget_ok: float | None = None
    budget_ok_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    trained_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    code_commit: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime
    progress_at: datetime

    def snapshot(self, measurements: Iterable[results.Measurement] = ()) -> rules.Experiment:
        """The ticket as a value, with its measurements oldest first."""
        fields = self.in_columns(rules.FIELDS)
        return rules.Experiment(**fields, measurements=tuple(measurements))


# The stage a change led from and to; the database reads them from the JSON by itself.
FROM_STAGE = sqlalchemy.Column("from_stage", sqlalchemy.String, Computed("before ->> 'stage'"))
TO_STAGE = sqlalchemy.Column("to_stage", sqlalchemy.String, Computed("after ->> 'stage'"))
_changes: sqlalchemy.Table = Change.__table__  # type: ignore[attr-defined]
_changes.append_column(FROM_STAGE)
_changes.append_column(TO_STAGE)
Index("ix_change_stage", _changes.c.team_id, TO_STAGE, _changes.c.experiment_id, _changes.c.at)
Index("ix_change_of_team", _changes.c.team_id, _changes.c.at)
Index(
    "ix_change_path", _changes.c.team_id, _changes.c.experiment_id, _changes.c.at, _changes.c.id,
    TO_STAGE, _changes.c.action, _changes.c.undone,
    sqlite_where=TO_STAGE.is_not(None), postgresql_where=TO_STAGE.is_not(None),
)  # fmt: skip


def find(session: Session, team_id: int, number: int) -> Experiment | None:
    """The team's experiment with that number, or None."""
    wanted = select(Experiment).where(Experiment.team_id == team_id, Experiment.number == number)
    return session.exec(wanted).first()


def is_open() -> Which:
    """Neither killed nor in production."""
    return col(Experiment.stage).in_(_OPEN)


def is_closed() -> Which:
    """Killed or in production."""
    return col(Experiment.stage).in_(rules.CLOSED)


def left_since(start: datetime) -> Which:
    """In a closed stage since that instant or later."""
    return col(Experiment.stage).in_(rules.CLOSED) & (Experiment.stage_since >= start)


def written_since(start: datetime) -> Which:
    """Written at that instant or later."""
    return col(Experiment.created_at) >= start


def began_since(day: date) -> Which:
    """Whose box starts on that day or later."""
    return col(Experiment.box_starts) >= day


def has_result() -> Which:
    """A value was reported for it."""
    looks = select(Measurement.id).where(Measurement.experiment_id == Experiment.id)
    return looks.where(stands()).exists()


def any_is(session: Session, team_id: int, *which: Which) -> bool:
    """True when there is an experiment of the team of which all of that holds."""
    wanted = select(Experiment.id).where(Experiment.team_id == team_id, *which)
    return session.exec(wanted.limit(1)).first() is not None


def closed_since(start: datetime) -> Which:
    """Killed or promoted from that instant on."""
    undated = col(Experiment.decided_at).is_(None) & (col(Experiment.stage_since) >= start)
    lately = (col(Experiment.decided_at) >= start) | undated  # each has its index
    return col(Experiment.stage).in_(rules.CLOSED) & lately


def is_live() -> Which:
    """Live (core.experiments.rollout): what went live and is back under evaluation is so still."""
    there = (col(Experiment.stage) == "production") | col(Experiment.live_since).is_not(None)
    stages = col(Experiment.stage).in_(("production", *EVALUATED))  # by its index
    return stages & (col(Experiment.deploy_status) == "live") & there


def went_live() -> ColumnElement[datetime]:
    """Since when what is live is live."""
    return func.coalesce(col(Experiment.live_since), col(Experiment.stage_since))


def live_since(start: datetime) -> Which:
    """Live (core.experiments.rollout) since that instant or later."""
    return col(Experiment.live_since) >= start


def never_decided() -> Which:
    """Closed, and nobody knows when."""
    return col(Experiment.stage).in_(rules.CLOSED) & col(Experiment.decided_at).is_(None)


def not_killed() -> Which:
    """Open or in production."""
    return col(Experiment.stage) != "killed"


def evaluated() -> Which:
    """Under evaluation, or refined after it."""
    return col(Experiment.stage).in_(EVALUATED)


def numbered(numbers: Iterable[int]) -> Which:
    """Those with these numbers."""
    return col(Experiment.number).in_(sorted(set(numbers)))


def chosen(
    session: Session, team_id: int, *which: Which, first: int = 0, most: int | None = None
) -> list[Experiment]:
    """The team's experiments of which all of that holds, by number; a page of them."""
    wanted = select(Experiment).where(
        Experiment.team_id == team_id, *(_by_index(team_id, one) for one in which)
    )
    # For its order SQLite would read every ticket by number; those few are sorted more quickly.
    order = col(Experiment.number) if most else col(Experiment.number) + 0
    return list(session.exec(wanted.order_by(order).offset(first or None).limit(most)))


def _by_index(team_id: int, which: Which) -> Which:
    """The same; of `a | b` each is found by its own index, for which SQLite would read every
    ticket of the team.
    """
    if not isinstance(which, sqlalchemy.BooleanClauseList) or which.operator is not or_:
        return which
    pk = col(Experiment.id)
    theirs = sqlalchemy.select(pk).where(col(Experiment.team_id) == team_id)
    return pk.in_(sqlalchemy.union_all(*(theirs.where(one) for one in which)))


def standings(
    session: Session, team_id: int, numbers: Iterable[int]
) -> list[tuple[int, str, datetime | None]]:
    """Number, stage and when it was decided, of those experiments of the team, by number."""
    if not (some := sorted(set(numbers))):
        return []
    wanted = select(Experiment.number, Experiment.stage, Experiment.decided_at)
    wanted = wanted.where(Experiment.team_id == team_id, numbered(some))
    return list(session.exec(wanted.order_by(col(Experiment.number))))


def count(session: Session, team_id: int, *which: Which) -> int:
    """How many experiments of the team there are of which all of that holds."""
    wanted = select(func.count()).select_from(Experiment)
    return session.exec(wanted.where(Experiment.team_id == team_id, *which)).one()


def oldest_open(session: Session, team_id: int) -> tuple[datetime | None, date | None]:
    """When the oldest of the team's open experiments was written, and the first box began."""
    wanted = select(func.min(Experiment.created_at), func.min(Experiment.box_starts))
    return session.exec(wanted.where(Experiment.team_id == team_id, is_open())).one()


def open_by_team(session: Session, team_ids: Iterable[int]) -> dict[int, int]:
    """How many open experiments each of those teams has."""
    theirs = col(Experiment.team_id).in_(list(team_ids))
    wanted = select(Experiment.team_id, func.count()).where(theirs, is_open())
    return dict(session.exec(wanted.group_by(col(Experiment.team_id))).all())


def known(session: Session, team_id: int, numbers: Iterable[int]) -> set[int]:
    """Those of the numbers that are experiments of the team."""
    if not (some := sorted(set(numbers))):
        return set()
    wanted = select(Experiment.number).where(Experiment.team_id == team_id, numbered(some))
    return set(session.exec(wanted))


def changes_of(session: Session, experiment_id: int) -> list[Change]:
    """Its audit rows, oldest first."""
    wanted = select(Change).where(Change.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(Change.at), col(Change.id))))


def taken_back(session: Session, team_id: int, number: int) -> list[TakenBack]:
    """Results of that ticket that somebody undid."""
    wanted = (
        select(Change.at, Change.after)
        .join(Experiment, col(Experiment.id) == Change.experiment_id)
        .where(Experiment.team_id == team_id, Experiment.number == number)
        .where(col(Change.undone).is_(True))
    )
    found = [(at, after.get("value")) for at, after in session.exec(wanted)]
    return [TakenBack(number, value, at) for at, value in found if value is not None]


def number_of(session: Session, experiment_id: int) -> int:
    """The number people know that ticket by."""
    found = session.get(Experiment, experiment_id)
    assert found is not None
    return found.number
