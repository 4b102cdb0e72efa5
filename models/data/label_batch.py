"""Batches of labels that were pushed and judged."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.data.dataset import Dataset
from models.row import Row


class LabelBatch(Row, table=True):
    """One batch, as it was last pushed. judged: core.data.label_batch.Judged as JSON; pushes: how
    often.
    """

    __table_args__ = (UniqueConstraint("dataset_id", "name"),)

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    name: str
    vendor: str = ""
    by: str = ""
    at: datetime
    pushes: int = 0
    judged: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


def find(session: Session, dataset_id: int, name: str) -> LabelBatch | None:
    """That card's batch of that name, or None."""
    wanted = select(LabelBatch).where(LabelBatch.dataset_id == dataset_id, LabelBatch.name == name)
    return session.exec(wanted).first()


def all_of(session: Session, dataset_id: int) -> list[LabelBatch]:
    """That card's batches, the one pushed last first."""
    wanted = select(LabelBatch).where(LabelBatch.dataset_id == dataset_id)
    return list(
        session.exec(wanted.order_by(col(LabelBatch.at).desc(), col(LabelBatch.id).desc()))
    )


def newest_of(session: Session, team_id: int) -> list[tuple[int, LabelBatch]]:
    """The batches of the team's cards that are not Ready, by card number, the last pushed last."""
    wanted = select(Dataset.number, LabelBatch).join(LabelBatch)
    wanted = wanted.where(Dataset.team_id == team_id, Dataset.stage != "ready")
    return list(session.exec(wanted.order_by(col(LabelBatch.at), col(LabelBatch.id))).all())


def of_team(session: Session, team_id: int) -> list[LabelBatch]:
    """Every batch of the team, oldest first."""
    wanted = select(LabelBatch).join(Dataset).where(Dataset.team_id == team_id)
    return list(session.exec(wanted.order_by(col(LabelBatch.id))))
