"""Cards of the data readiness board, their versions, deliveries and audit rows."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Column, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

import core.data.dataset as rules
from models.audited import Change, Ticket
from models.row import Row


class DatasetChange(Change, table=True):
    """What was changed on a card."""

    of: ClassVar[str] = "dataset_id"

    dataset_id: int = Field(foreign_key="dataset.id", index=True)


class Dataset(Ticket, table=True):
    """A card. Column meanings are those of core.data.dataset.Dataset."""

    changes: ClassVar[type[Change]] = DatasetChange

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    title: str
    kind: str
    volume: str
    needed_by: date
    needs_labels: bool = True
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    stage: str = Field(default="needed", index=True)
    since: datetime
    fields: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON))
    pii: str = ""
    pii_why: str = ""
    pilot: str = ""
    first100: str = ""
    created_by: str = ""
    created_at: datetime
    ready_at: datetime | None = None

    def snapshot(self) -> rules.Dataset:
        """The card as a value."""
        known = self.in_columns(rules.Dataset.__dataclass_fields__)
        return rules.Dataset(**known | {"experiments": tuple(self.experiments)})


def awaited(session: Session, team_id: int) -> list[Dataset]:
    """The team's cards that are not ready, by number."""
    wanted = select(Dataset).where(Dataset.team_id == team_id, Dataset.stage != "ready")
    return list(session.exec(wanted.order_by(col(Dataset.number))))


def count_ready(session: Session, team_id: int) -> int:
    """How many of the team's cards are Ready."""
    wanted = select(func.count()).select_from(Dataset).where(Dataset.team_id == team_id)
    return session.exec(wanted.where(Dataset.stage == "ready")).one()


def promises(session: Session, team_id: int) -> list[tuple[list[int], date, datetime | None]]:
    """Experiments, the day it is needed by and when it was ready, of each of the team's cards."""
    wanted = select(Dataset.experiments, Dataset.needed_by, Dataset.ready_at)  # type: ignore[call-overload]
    wanted = wanted.where(Dataset.team_id == team_id).order_by(col(Dataset.number))
    return list(session.exec(wanted))


class Delivery(Row, table=True):
    """What a vendor first promised and when it came; delivered_on None while it is out."""

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    vendor: str
    sent_on: date
    promised_from: date
    promised_to: date
    delivered_on: date | None = None


def delivery_out(session: Session, dataset_id: int) -> Delivery | None:
    """What a vendor still owes for that card, or None."""
    wanted = select(Delivery).where(
        Delivery.dataset_id == dataset_id, col(Delivery.delivered_on).is_(None)
    )
    return session.exec(wanted.order_by(col(Delivery.id).desc()).limit(1)).first()


def deliveries_of_team(session: Session, team_id: int) -> list[tuple[Delivery, Dataset]]:
    """Every delivery asked of any vendor, with its card, oldest first."""
    wanted = select(Delivery, Dataset).join(Dataset).where(Dataset.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Delivery.id))).all())
