"""What leads decided about the project's phase, and the wrong-phase symptoms that were seen."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


class PhaseDecision(Row, table=True):
    """A gate decision: from that day on the project is in that phase. key:
    core.sprints.phase.Phase.key.

    kind: phase | start; a start says when the project began (`on`) and has no key.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    kind: str
    key: str = ""
    on: date
    why: str = ""
    by: str
    at: datetime


class SymptomSeen(Row, table=True):
    """Whether a symptom (core.project.symptoms.KINDS) holds and when the leads were told of it.

    count: how often it was told; it numbers the message.
    """

    __table_args__ = (UniqueConstraint("team_id", "kind"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    kind: str
    holds: bool = False
    since: datetime
    told_at: datetime | None = None
    snoozed_until: datetime | None = None
    snoozed_by: str = ""
    count: int = 0


def decisions(session: Session, team_id: int) -> list[PhaseDecision]:
    """Every decision about phase and start, oldest first."""
    wanted = select(PhaseDecision).where(PhaseDecision.team_id == team_id)
    return list(session.exec(wanted.order_by(col(PhaseDecision.id))))


def symptoms(session: Session, team_id: int) -> dict[str, SymptomSeen]:
    """What was seen of each symptom, by kind."""
    wanted = select(SymptomSeen).where(SymptomSeen.team_id == team_id)
    return {row.kind: row for row in session.exec(wanted)}
