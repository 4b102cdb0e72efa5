"""Measurements: what was typed, pushed or pulled of an experiment's results."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Index, and_, func, or_, true
from sqlmodel import Field, Session, col, select

import core.experiments.measurement as rules
from models.row import Row

_AT_ONCE = 10_000  # names in one statement; SQLite takes 32,766


class Measurement(Row, table=True):
    """One measurement. Column meanings are those of core.experiments.measurement.Measurement;
    push_id: the pushed results it was computed from.
    """

    __table_args__ = (
        Index("ix_measurement_looks", "experiment_id", "role", "counts", "at", "id", "value"),
    )

    experiment_id: int = Field(foreign_key="experiment.id")
    push_id: int | None = None
    at: datetime
    value: float | None = None
    gpu_used: float = 0.0
    note: str = ""
    author: str = ""
    matched: str = Field(default="", sa_column_kwargs={"server_default": ""})
    matched_why: str = Field(default="", sa_column_kwargs={"server_default": ""})
    metric: str = Field(default="", sa_column_kwargs={"server_default": ""})
    own: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    role: str = Field(default="candidate", sa_column_kwargs={"server_default": "candidate"})
    source: str = Field(default="typed", sa_column_kwargs={"server_default": "typed"})
    examples: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    runs: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    low: float | None = None
    high: float | None = None
    noise: float | None = None
    eval_set: str = Field(default="", sa_column_kwargs={"server_default": ""})
    counts: bool = Field(default=True, sa_column_kwargs={"server_default": true()})

    def as_value(self) -> rules.Measurement:
        """The row as a value."""
        return rules.Measurement(**self.in_columns(_FIELDS))


_FIELDS = tuple(field.name for field in fields(rules.Measurement))


def stands(of: Any = Measurement, role: str = "candidate") -> ColumnElement[bool]:
    """It is one of that side's results that count. of: the table, or another name for it."""
    counts, value = of.counts == true(), of.value.is_not(None)
    return and_(of.role == role, counts, value)


def _told() -> ColumnElement[bool]:
    """What a ticket is read with: what counts, and all that people wrote."""
    return or_(col(Measurement.counts) == true(), col(Measurement.source) == "typed")


def of(session: Session, experiment_id: int) -> list[rules.Measurement]:
    """What its ticket is read with, oldest first."""
    return of_each(session, [experiment_id]).get(experiment_id, [])


def of_each(session: Session, ids: Sequence[int | None]) -> dict[int, list[rules.Measurement]]:
    """The same of these experiments, by experiment row id."""
    found: dict[int, list[rules.Measurement]] = {}
    # Values, not rows that could be changed: a board reads some hundred.
    columns = [getattr(Measurement, name) for name in _FIELDS]
    for some in (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)):
        wanted = sqlalchemy.select(col(Measurement.experiment_id), *columns).where(
            col(Measurement.experiment_id).in_(some), _told()
        )
        for whose, *look in session.execute(
            wanted.order_by(col(Measurement.at), col(Measurement.id))
        ):
            found.setdefault(whose, []).append(rules.Measurement(*look))
    return found


def others(session: Session, experiment_id: int) -> list[Measurement]:
    """The newest of each other metric of its candidate, by where it comes from."""
    newest = (
        select(func.max(Measurement.id))
        .where(
            Measurement.experiment_id == experiment_id,
            Measurement.role == "candidate",
            col(Measurement.own).is_(False),
        )
        .group_by(col(Measurement.metric), col(Measurement.source))
    )
    return list(session.exec(select(Measurement).where(col(Measurement.id).in_(newest))))


def settle(session: Session, experiment_id: int) -> None:
    """Mark which of the experiment's measurements count, after one came or went."""
    session.flush()
    wanted = select(Measurement).where(Measurement.experiment_id == experiment_id)
    wanted = wanted.where(col(Measurement.own) == true())
    found = list(session.exec(wanted.order_by(col(Measurement.at), col(Measurement.id))))
    for row, counts in zip(found, rules.counting([m.as_value() for m in found]), strict=True):
        row.counts = counts
    session.flush()


def first(session: Session, experiment_id: int) -> datetime | None:
    """When its candidate was first measured, or None."""
    wanted = select(func.min(Measurement.at)).where(
        Measurement.experiment_id == experiment_id,
        Measurement.role == "candidate",
        col(Measurement.own) == true(),
        col(Measurement.value).is_not(None),
    )
    return session.exec(wanted).one()


def last(session: Session, experiment_id: int, role: str = "candidate") -> Measurement | None:
    """The newest of that side's results that count, or None."""
    mine = Measurement.experiment_id == experiment_id
    wanted = select(Measurement).where(mine, stands(role=role))
    order = (col(Measurement.at).desc(), col(Measurement.id).desc())
    return session.exec(wanted.order_by(*order).limit(1)).first()
