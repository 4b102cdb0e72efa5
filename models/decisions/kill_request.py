"""Somebody who may not kill an experiment asked those who may."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class KillRequest(Row, table=True):
    """One request per experiment, requester and day. state: open | killed | kept | closed.

    on: the day on the requester's calendar. keys: outbox keys of the messages that ask.
    """

    __table_args__ = (UniqueConstraint("experiment_id", "requester", "on"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    requester: str
    reason: str
    on: date
    at: datetime
    state: str = Field(default="open", index=True)
    decided_by: str = ""
    decided_at: datetime | None = None
    keys: list[str] = Field(default_factory=list, sa_column=Column(JSON))


def of_day(session: Session, experiment_id: int, requester: str, on: date) -> KillRequest | None:
    """What that person asked about that experiment on that day, or None."""
    return session.exec(
        select(KillRequest).where(
            KillRequest.experiment_id == experiment_id,
            KillRequest.requester == requester,
            KillRequest.on == on,
        )
    ).first()


def open_of(session: Session, experiment_id: int) -> list[KillRequest]:
    """Requests about that experiment that nobody has decided, oldest first."""
    wanted = select(KillRequest).where(
        KillRequest.experiment_id == experiment_id, KillRequest.state == "open"
    )
    return list(session.exec(wanted.order_by(col(KillRequest.id))))


def open_of_team(session: Session, team_id: int) -> list[KillRequest]:
    """The team's requests that nobody has decided, oldest first."""
    wanted = select(KillRequest).where(KillRequest.team_id == team_id, KillRequest.state == "open")
    return list(session.exec(wanted.order_by(col(KillRequest.id))))
