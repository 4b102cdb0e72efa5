"""Whose turn on a GPU it is: one row per experiment that ever queued."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models import every
from models.experiments.experiment import Experiment, is_open
from models.row import Row


class GpuTurn(Row, table=True):
    """An experiment's place. state: waiting | called | left (gave its place up) | released (its
    GPU is free before the stage ends) | running (it was not released after all).

    since: when the state began. rank: its place by hand, None while the rule orders it. until: a
    call holds that long. calls: how often it was called; passed: how often in vain. let_by: the
    lead who let it run, or "".
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int  # of the experiment
    state: str = Field(default="waiting", index=True)
    since: datetime
    queued_at: datetime
    by: str = ""
    rank: int | None = None
    until: datetime | None = None
    calls: int = 0
    passed: int = 0
    let_by: str = ""


def find(session: Session, team_id: int, number: int) -> GpuTurn | None:
    """That experiment's row, or None."""
    wanted = select(GpuTurn).where(GpuTurn.team_id == team_id, GpuTurn.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[GpuTurn]:
    """The team's rows, but for those of experiments that were killed or promoted."""
    rows = select(GpuTurn).join(
        Experiment,
        (col(Experiment.team_id) == GpuTurn.team_id) & (col(Experiment.number) == GpuTurn.number),
    ).where(is_open())  # fmt: skip
    found = every.of_each(
        session, "gpu turns", team_id,
        lambda: session.exec(rows.where(GpuTurn.team_id == team_id)).all(),
        lambda: every.by(lambda row: row.team_id, session.exec(rows)),
    )  # fmt: skip
    return list(found)
