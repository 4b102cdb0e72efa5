"""Cards of the data readiness board, their versions, deliveries and audit rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

import core.data.dataset as rules
from models.row import Row


class Dataset(Row, table=True):
    """A card. Column meanings are those of core.data.dataset.Dataset; version: compare-and-set."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
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
    version: int = 1

    def snapshot(self) -> rules.Dataset:
        """The card as a value."""
        known = {name: getattr(self, name) for name in rules.Dataset.__dataclass_fields__}
        return rules.Dataset(**known | {"experiments": tuple(self.experiments)})

    def apply(self, value: rules.Dataset) -> None:
        """Take over every field of the value and count the version up."""
        for name in rules.Dataset.__dataclass_fields__:
            setattr(self, name, getattr(value, name))
        self.experiments, self.fields = list(value.experiments), dict(value.fields)
        self.version += 1


class DatasetVersion(Row, table=True):
    """One version that was Ready: its hash, where it lies, how many rows, who said so."""

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    hash: str
    location: str
    rows: int
    quality: str
    who: str
    at: datetime


class Delivery(Row, table=True):
    """What a vendor first promised and when it came; delivered_on None while it is out."""

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    vendor: str
    sent_on: date
    promised_from: date
    promised_to: date
    delivered_on: date | None = None


class DatasetChange(Row, table=True):
    """Who changed what on a card, when, from what to what, and why."""

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    at: datetime
    who: str
    action: str
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    why: str = ""


def find(session: Session, team_id: int, number: int) -> Dataset | None:
    """The team's card with that number, or None."""
    wanted = select(Dataset).where(Dataset.team_id == team_id, Dataset.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Dataset]:
    """Every card of the team, by number."""
    wanted = select(Dataset).where(Dataset.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Dataset.number))))


def versions_of(session: Session, dataset_id: int) -> list[DatasetVersion]:
    """Its versions, newest first."""
    wanted = select(DatasetVersion).where(DatasetVersion.dataset_id == dataset_id)
    return list(session.exec(wanted.order_by(col(DatasetVersion.id).desc())))


def changes_of(session: Session, dataset_id: int) -> list[DatasetChange]:
    """Its audit rows, newest first."""
    wanted = select(DatasetChange).where(DatasetChange.dataset_id == dataset_id)
    return list(session.exec(wanted.order_by(col(DatasetChange.id).desc())))


def delivery_out(session: Session, dataset_id: int) -> Delivery | None:
    """What a vendor still owes for that card, or None."""
    wanted = select(Delivery).where(
        Delivery.dataset_id == dataset_id, col(Delivery.delivered_on).is_(None)
    )
    return session.exec(wanted.order_by(col(Delivery.id).desc())).first()


def deliveries_of_team(session: Session, team_id: int) -> list[tuple[Delivery, Dataset]]:
    """Every delivery asked of any vendor, with its card, oldest first."""
    wanted = select(Delivery, Dataset).join(Dataset).where(Dataset.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Delivery.id))).all())
