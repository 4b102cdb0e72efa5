"""Sprints that were planned or have closed, and what the team committed to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, col, select

from models.row import Row


class Sprint(Row, table=True):
    """One sprint; its dates never move once the row is there.

    capacity: GPU-hours or None. split: per cent by kind of work. planned_at: None when it only
    closed. decided: its decisions as frozen at closing ({number, outcome, on, kind}). by_day: how
    many of them on each of its days. review: the frozen facts of its review, `sha256` their hash.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    starts: date
    ends: date
    goal: str = ""
    capacity: float | None = None
    split: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON))
    planned_at: datetime | None = None
    planned_by: str = ""
    decided: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    by_day: list[int] = Field(default_factory=list, sa_column=Column(JSON, server_default="[]"))
    review: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    sha256: str = ""
    reviewed_at: datetime | None = None
    closed_at: datetime | None = None


class Commitment(Row, table=True):
    """An experiment the team committed to run in a sprint.

    late: added after the start. removed_*: taken out after the start, by whom and why.
    """

    sprint_id: int = Field(foreign_key="sprint.id", index=True)
    experiment: int  # its number
    by: str
    at: datetime
    late: bool = False
    why: str = ""
    removed_at: datetime | None = None
    removed_by: str = ""
    removed_why: str = ""


def find(session: Session, team_id: int, number: int) -> Sprint | None:
    """The team's stored sprint with that number, or None."""
    wanted = select(Sprint).where(Sprint.team_id == team_id, Sprint.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Sprint]:
    """The team's stored sprints by number; what each decided is read when it is asked for."""
    wanted = select(Sprint).where(Sprint.team_id == team_id).order_by(col(Sprint.number))
    wanted = wanted.options(defer(Sprint.decided))  # type: ignore[arg-type]
    return list(session.exec(wanted))


def read_decided(session: Session, team_id: int, numbers: Sequence[int]) -> None:
    """What each of those sprints decided, at once, into their rows that this session holds."""
    wanted = select(Sprint).where(Sprint.team_id == team_id, col(Sprint.number).in_(numbers))
    session.exec(wanted).all()


def commitments(session: Session, sprint_id: int) -> list[Commitment]:
    """What was ever committed to in that sprint, taken out again or not, oldest first."""
    wanted = select(Commitment).where(Commitment.sprint_id == sprint_id)
    return list(session.exec(wanted.order_by(col(Commitment.id))))


def ever_committed(session: Session, team_id: int, numbers: Sequence[int]) -> set[int]:
    """Those of these experiments that were ever in a plan of the team."""
    wanted = select(Commitment.experiment).join(Sprint, col(Commitment.sprint_id) == Sprint.id)
    wanted = wanted.where(Sprint.team_id == team_id, col(Commitment.experiment).in_(numbers))
    return set(session.exec(wanted))
