"""Rules that fired on an experiment, with their inputs, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select


class Proposal(SQLModel, table=True):
    """A rule that fired: its inputs and version, and what became of it."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    rule: str
    rule_version: str
    action: str  # kill | decide | promote | update
    text: str
    inputs: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    at: datetime = Field(index=True)
    state: str = "open"  # open | snoozed | settled
    snoozed_until: datetime | None = None
    settled_by: str = ""


def open_of(session: Session, experiment_id: int) -> list[Proposal]:
    """Its proposals that nobody has settled, oldest first."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, Proposal.state != "settled"
    )
    return list(session.exec(wanted.order_by(col(Proposal.id))))
