"""Experiments that a team asked another to take, and what became of it."""

from datetime import datetime

from sqlalchemy import JSON, Column, Table, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from models import db
from models.board.gpu import GpuTurn
from models.board.gpu_usage import UsageRecord
from models.experiments.experiment import Experiment
from models.experiments.learning import Learning, about
from models.outbox import Outbox
from models.row import Row


class Handover(Row, table=True):
    """One request. state: open | accepted | declined | expired | void.

    team_id: whose the experiment is; to_team: who is asked. keys: outbox keys of the messages that
    ask.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    to_team: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    why: str
    asked_by: str
    asked_at: datetime
    state: str = Field(default="open", index=True)
    decided_by: str = ""
    decided_at: datetime | None = None
    keys: list[str] = Field(default_factory=list, sa_column=Column(JSON))


def open_of(session: Session, experiment_id: int) -> Handover | None:
    """The request about that experiment that nobody has decided, or None."""
    wanted = select(Handover).where(Handover.experiment_id == experiment_id)
    return session.exec(wanted.where(Handover.state == "open")).first()


def open_to(session: Session, team_id: int) -> list[Handover]:
    """What that team is asked to take and has not decided, oldest first."""
    wanted = select(Handover).where(Handover.to_team == team_id, Handover.state == "open")
    return list(session.exec(wanted.order_by(col(Handover.id))))


def move(session: Session, row: Experiment, to: int) -> None:
    """The experiment and all that is about it alone is that team's from now on: its history,
    results, evals, decided requests, learnings, cost, what was said of it. A place in the queue
    for GPUs is given up unless it runs.
    """
    session.flush()
    was = row.team_id
    for table in _about_one():
        session.execute(update(table).where(table.c.experiment_id == row.pk).values(team_id=to))
    mine = (col(Learning.team_id) == was) & (col(Learning.about) == about([row.number]))
    session.execute(update(Learning).where(mine).values(team_id=to))
    spent = (col(UsageRecord.team_id) == was) & (col(UsageRecord.experiment) == row.number)
    session.execute(update(UsageRecord).where(spent).values(team_id=to))
    turn = (col(GpuTurn.team_id) == was) & (col(GpuTurn.number) == row.number)
    session.execute(delete(GpuTurn).where(turn, col(GpuTurn.state) != "running"))
    session.execute(update(GpuTurn).where(turn).values(team_id=to))
    named = col(Outbox.key).contains(f":{row.snapshot().id}:", autoescape=True)
    session.execute(update(Outbox).where(col(Outbox.team_id) == was, named).values(team_id=to))
    session.execute(update(Experiment).where(col(Experiment.id) == row.pk).values(team_id=to))
    db.forget(session)
    session.refresh(row)


def _about_one() -> list[Table]:
    """Every table whose rows are about one experiment and say whose they are."""
    return [
        table
        for table in SQLModel.metadata.sorted_tables
        if {"team_id", "experiment_id"} <= set(table.c.keys()) and table.name != "handover"
    ]
