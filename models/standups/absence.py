"""Who is away when."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Field, Session, col, select

from models.row import Row


class Absence(Row, table=True):
    """Days on which somebody is not asked, both ends included."""

    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    first_day: date
    last_day: date
    reason: str = ""
    noted_by: str = ""


def of_person(session: Session, team_id: int, user_id: str, since: date) -> list[Absence]:
    """That person's absences that end on or after that day, the first to begin first."""
    return [row for row in of_team(session, team_id, since) if row.user_id == user_id]


def of_team(session: Session, team_id: int, since: date) -> list[Absence]:
    """The team's absences that end on or after that day, the first to begin first."""
    wanted = select(Absence).where(Absence.team_id == team_id, Absence.last_day >= since)
    return list(session.exec(wanted.order_by(col(Absence.first_day), col(Absence.id))))


def of_people(
    session: Session, team_id: int, user_ids: Collection[str], since: date
) -> list[Absence]:
    """The same, of these people only."""
    return [row for row in of_team(session, team_id, since) if row.user_id in user_ids]


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
