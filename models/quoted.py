"""Messages that were reported as a result or a blocker: each once."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, select

from models.row import Row


class Quoted(Row, table=True):
    """A message that was reported as `what` (result | blocker). origin: `channel|ts`; number: of
    the experiment or blocker; made: id of its measurement or blocker; user_id: who reported it.
    """

    __table_args__ = (UniqueConstraint("team_id", "origin", "what"),)

    team_id: int = Field(foreign_key="team.id")
    origin: str
    what: str
    number: int
    made: int
    user_id: str
    at: datetime


def find(session: Session, team_id: int, origin: str, what: str) -> Quoted | None:
    """What that message was reported as, or None."""
    mine = select(Quoted).where(Quoted.team_id == team_id, Quoted.origin == origin)
    return session.exec(mine.where(Quoted.what == what)).first()
