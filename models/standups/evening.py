"""The evening check: what somebody learned today."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.standups.standup import Standup


class Evening(Row, table=True):
    """One standup's evening check. at: local "17:30"; counts: who says nothing is counted.

    set_at: since when it runs as it does; nobody is asked for an hour that was over by then.
    """

    standup_id: int = Field(foreign_key="standup.id", unique=True)
    at: str = "17:30"
    active: bool = True
    counts: bool = False
    set_at: datetime


class EveningAsk(Row, table=True):
    """One person asked on one evening, and what they said ("" for nothing yet).

    state: asked | answered. channel, ts: of the message it was said in, when it was one.
    """

    __table_args__ = (UniqueConstraint("standup_id", "user_id", "on"),)

    standup_id: int = Field(foreign_key="standup.id", index=True)
    user_id: str = Field(index=True)
    on: date = Field(index=True)
    state: str = "asked"
    text: str = ""
    about: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    counts: bool = False
    channel: str = ""
    ts: str = ""
    at: datetime  # when they were asked
    answered_at: datetime | None = None


def of_standup(session: Session, standup_id: int) -> Evening | None:
    """The standup's evening check, running or not, or None."""
    return session.exec(select(Evening).where(Evening.standup_id == standup_id)).first()


def running(session: Session) -> list[Evening]:
    """Every evening check that runs."""
    return list(session.exec(select(Evening).where(Evening.active).order_by(col(Evening.id))))


def asked_since(session: Session, standup_id: int, since: date) -> set[tuple[str, date]]:
    """Who was asked in that standup since then, and for which date."""
    wanted = select(EveningAsk).where(EveningAsk.standup_id == standup_id, EveningAsk.on >= since)
    return {(row.user_id, row.on) for row in session.exec(wanted)}


def hold(session: Session, ask_id: int) -> EveningAsk | None:
    """That evening of somebody's, held until this transaction ends."""
    wanted = select(EveningAsk).where(EveningAsk.id == ask_id).with_for_update(key_share=True)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def said_at(session: Session, channel: str, ts: str) -> EveningAsk | None:
    """The evening that was answered with the message at that place, or None."""
    wanted = select(EveningAsk).where(EveningAsk.channel == channel, EveningAsk.ts == ts)
    return session.exec(wanted).first()


def waiting(session: Session, team_id: int, user_id: str, since: datetime) -> EveningAsk | None:
    """The newest evening that team asked that person about since then and they have not answered,
    or None.
    """
    theirs = col(Standup.id) == EveningAsk.standup_id
    wanted = select(EveningAsk).join(Standup, theirs).where(Standup.team_id == team_id)
    wanted = wanted.where(
        EveningAsk.user_id == user_id, EveningAsk.state == "asked", EveningAsk.at >= since
    )
    return session.exec(wanted.order_by(col(EveningAsk.at).desc()).limit(1)).first()


def shares(
    session: Session, standups: Sequence[int], days: tuple[date, date], user: str = ""
) -> tuple[int, int]:
    """How many evenings of these standups on those days (both included) were answered, and of how
    many that count: the answered ones, and the others where the team wants them counted.
    """
    wanted = select(EveningAsk).where(
        col(EveningAsk.standup_id).in_(standups), col(EveningAsk.on).between(*days)
    )
    rows = [row for row in session.exec(wanted) if user in {"", row.user_id}]
    answered = sum(row.state == "answered" for row in rows)
    return answered, sum(row.state == "answered" or row.counts for row in rows)
