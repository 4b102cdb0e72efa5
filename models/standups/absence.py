"""Who is away when."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Field, Session, col, select

from models.row import Row


class Absence(Row, table=True):
    """Days on which somebody is not asked, in whichever team; both ends included."""

    workspace: str
    user_id: str = Field(index=True)
    first_day: date
    last_day: date
    reason: str = ""
    noted_by: str = ""


def of_people(
    session: Session, workspace: str, user_ids: Collection[str], since: date
) -> list[Absence]:
    """Absences of these people that end on or after that day, the first to begin first."""
    wanted = select(Absence).where(Absence.workspace == workspace, Absence.last_day >= since)
    theirs = wanted.where(col(Absence.user_id).in_(user_ids))
    return list(session.exec(theirs.order_by(col(Absence.first_day), col(Absence.id))))


class DayOff(Row, table=True):
    """Days on which the whole team is off, both ends included."""

    __tablename__ = "day_off"

    team_id: int = Field(foreign_key="team.id", index=True)
    first_day: date
    last_day: date
    name: str = ""


def days_off(session: Session, team_id: int, since: date) -> list[DayOff]:
    """The team's days off that end on or after that day, the first first."""
    wanted = select(DayOff).where(DayOff.team_id == team_id, DayOff.last_day >= since)
    return list(session.exec(wanted.order_by(col(DayOff.first_day), col(DayOff.id))))
