"""How people want standups to treat them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, select

from models.row import Row


class Preference(Row, table=True):
    """One person's choices. country: "" follows the zone, "none", `DE` or `DE-BE`."""

    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    country: str = ""
    nudges: bool = True


def of_team(session: Session, team_id: int) -> dict[str, Preference]:
    """The choices of everybody who made one, by user id."""
    wanted = select(Preference).where(Preference.team_id == team_id)
    return {row.user_id: row for row in session.exec(wanted)}


def of_person(session: Session, team_id: int, user_id: str) -> Preference:
    """That person's choices; a new row, not kept yet, when they made none."""
    wanted = select(Preference).where(Preference.team_id == team_id, Preference.user_id == user_id)
    return session.exec(wanted).first() or Preference(team_id=team_id, user_id=user_id)
