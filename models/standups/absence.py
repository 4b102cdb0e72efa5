"""Who is away when."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Field, Session, col, select

from models import every
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
    late = select(Absence).where(Absence.last_day >= since)
    in_order = late.order_by(col(Absence.first_day), col(Absence.id))
    theirs = in_order.where(Absence.workspace == workspace, col(Absence.user_id).in_(user_ids))
    found = every.of_each(
        session, f"absences since {since}", workspace,
        lambda: list(session.exec(theirs)),
        lambda: every.by(lambda row: row.workspace, session.exec(in_order)),
    )  # fmt: skip
    return [row for row in found if row.user_id in user_ids]


class DayOff(Row, table=True):
    """Days on which the whole team is off, both ends included."""

    __tablename__ = "day_off"

    team_id: int = Field(foreign_key="team.id", index=True)
    first_day: date
    last_day: date
    name: str = ""


def days_off(session: Session, team_id: int, since: date) -> list[DayOff]:
    """The team's days off that end on or after that day, the first first."""
    late = select(DayOff).where(DayOff.last_day >= since)
    in_order = late.order_by(col(DayOff.first_day), col(DayOff.id))
    return every.of_each(
        session, f"days off since {since}", team_id,
        lambda: list(session.exec(in_order.where(DayOff.team_id == team_id))),
        lambda: every.by(lambda row: row.team_id, session.exec(in_order)),
    )  # fmt: skip
