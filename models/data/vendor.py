"""Where a vendor of labels is written to."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, select

from models.row import Row


class VendorContact(Row, table=True):
    """A vendor's e-mail address. key: its name without capitals, as cards name it."""

    __table_args__ = (UniqueConstraint("team_id", "key"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    key: str
    address: str
    by: str
    at: datetime


def contacts(session: Session, team_id: int) -> list[VendorContact]:
    """Where the team's vendors are written to."""
    return list(session.exec(select(VendorContact).where(VendorContact.team_id == team_id)))


def contact_of(session: Session, team_id: int, name: str) -> VendorContact | None:
    """Where that vendor is written to, or None while nobody said."""
    wanted = select(VendorContact).where(VendorContact.team_id == team_id)
    return session.exec(wanted.where(VendorContact.key == name.casefold())).first()
