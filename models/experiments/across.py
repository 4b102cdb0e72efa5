"""Experiments of several teams: those that somebody may read (services/standing.readable)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.experiments.experiment import Experiment, Which


def chosen(
    session: Session,
    teams: Collection[int],
    *which: Which,
    first: int = 0,
    most: int | None = None,
) -> list[Experiment]:
    """Those of which all of that holds, by number; a page of them."""
    wanted = select(Experiment).where(_of(teams), *which).order_by(col(Experiment.number))
    return list(session.exec(wanted.offset(first or None).limit(most)))


def newest(session: Session, teams: Collection[int], most: int, *, but: int) -> list[Experiment]:
    """Those written last, without one, by number."""
    wanted = select(Experiment).where(_of(teams), Experiment.number != but)
    found = session.exec(wanted.order_by(col(Experiment.number).desc()).limit(most))
    return list(found)[::-1]


def count(session: Session, teams: Collection[int], *which: Which) -> int:
    """How many there are of which all of that holds."""
    wanted = select(func.count()).select_from(Experiment)
    return session.exec(wanted.where(_of(teams), *which)).one()


def _of(teams: Collection[int]) -> ColumnElement[bool]:
    return col(Experiment.team_id).in_(sorted(teams))
