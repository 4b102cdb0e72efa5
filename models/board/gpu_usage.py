"""GPU-hours as machines reported them: one absolute total a job or day."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class UsageRecord(Row, table=True):
    """What (source, source_id) has used so far, and which experiment carries it."""

    __table_args__ = (UniqueConstraint("team_id", "source", "source_id"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    source: str
    source_id: str
    experiment: int
    gpu_hours: float
    state: str = "final"  # running | final
    quality: str = "declared"  # measured | estimated | declared
    at: datetime


def find(session: Session, team_id: int, source: str, source_id: str) -> UsageRecord | None:
    """The record of that job or day, or None."""
    wanted = select(UsageRecord).where(
        UsageRecord.team_id == team_id,
        UsageRecord.source == source,
        UsageRecord.source_id == source_id,
    )
    return session.exec(wanted).first()


def recorded(
    session: Session, team_id: int, source: str, source_ids: Sequence[str]
) -> dict[str, UsageRecord]:
    """The records of those jobs, by their id there."""
    wanted = select(UsageRecord).where(UsageRecord.team_id == team_id)
    wanted = wanted.where(UsageRecord.source == source, col(UsageRecord.source_id).in_(source_ids))
    return {row.source_id: row for row in session.exec(wanted)}
