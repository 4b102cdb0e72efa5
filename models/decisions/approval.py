"""What takes a second named person: asked for, and what became of it."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, col, select

from models.row import Row


class Approval(Row, table=True):
    """One request. kind, amount: as core.decisions.approval.Wanted.

    state: open | approved | declined | expired | void (the ticket changed meanwhile).
    channel: where it was asked; keys: outbox keys of the messages that ask.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    kind: str
    amount: float = 0.0
    why: str
    asked_by: str
    asked_at: datetime
    channel: str = ""
    state: str = Field(default="open", index=True)
    decided_by: str = ""
    decided_at: datetime | None = None
    keys: list[str] = Field(default_factory=list, sa_column=Column(JSON))


def open_of(session: Session, experiment_id: int, kind: str) -> Approval | None:
    """The request of that kind about that ticket that nobody has decided, or None."""
    wanted = select(Approval).where(
        Approval.experiment_id == experiment_id, Approval.kind == kind, Approval.state == "open"
    )
    return session.exec(wanted.order_by(col(Approval.id).desc()).limit(1)).first()


def open_about(session: Session, experiment_id: int) -> list[Approval]:
    """Every request about that ticket that nobody has decided, oldest first."""
    wanted = select(Approval).where(
        Approval.experiment_id == experiment_id, Approval.state == "open"
    )
    return list(session.exec(wanted.order_by(col(Approval.id))))


def open_of_team(session: Session, team_id: int) -> list[Approval]:
    """The team's requests that nobody has decided, oldest first."""
    wanted = select(Approval).where(Approval.team_id == team_id, Approval.state == "open")
    return list(session.exec(wanted.order_by(col(Approval.id))))
