"""The anonymous mood of a round: counts, and marks that tell only that somebody has voted."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.standups.standup import Round


class Mood(Row, table=True):
    """How often each of the five was chosen in a round, worst first. No vote has a row."""

    round_id: int = Field(foreign_key="round.id", unique=True)
    counts: list[int] = Field(default_factory=list, sa_column=Column(JSON))


class MoodMark(Row, table=True):
    """That somebody has voted: an HMAC of who, under the round's key. Gone when it closes."""

    __table_args__ = (UniqueConstraint("round_id", "mark"),)

    round_id: int = Field(foreign_key="round.id", index=True)
    mark: str


def of_round(session: Session, round_id: int) -> Mood | None:
    """The counts of that round, or None."""
    return session.exec(select(Mood).where(Mood.round_id == round_id)).first()


def has_mark(session: Session, round_id: int, mark: str) -> bool:
    """True when that mark was made in the round."""
    wanted = select(MoodMark).where(MoodMark.round_id == round_id, MoodMark.mark == mark)
    return session.exec(wanted).first() is not None


def forget_marks(session: Session, round_id: int) -> None:
    """Nobody can tell any more who has voted in that round."""
    for row in session.exec(select(MoodMark).where(MoodMark.round_id == round_id)):
        session.delete(row)
    session.flush()


def closed_since(
    session: Session, standups: Sequence[int], since: date
) -> list[tuple[date, list[int]]]:
    """Dates and counts of these standups' closed rounds since then, oldest first."""
    wanted = (
        select(Mood, Round)
        .join(Round, col(Round.id) == Mood.round_id)
        .where(col(Round.standup_id).in_(standups), Round.on >= since, Round.state == "closed")
        .order_by(col(Round.on), col(Round.id))
    )
    return [(row.on, mood.counts) for mood, row in session.exec(wanted)]
