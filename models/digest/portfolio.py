"""Portfolios: one message for the digests of several teams in one channel."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.digest.digest import Digest
from models.row import Row
from models.team import Team


class Portfolio(Row, table=True):
    """How the portfolio of a channel stood in the week that begins on that Monday.

    number: 1 as first posted; a row more whenever a line of it changes. sheet: frozen canonical
    facts, sha256 their hash; sections: the text written from them. states: of each team on it,
    by its id: posted | held ID | missed | "". needs: the asks on it, by their numbers.
    """

    __table_args__ = (UniqueConstraint("workspace", "channel", "week", "number"),)

    workspace: str
    channel: str
    week: date
    number: int = 1
    on: date
    at: datetime
    states: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON))
    sheet: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    sha256: str = ""
    needs: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    sections: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))


def newest(
    session: Session, workspace: str, channel: str, week: date | None = None
) -> Portfolio | None:
    """How the channel's portfolio of that week, or its last one, stands; None before the first."""
    there = (Portfolio.workspace == workspace, Portfolio.channel == channel)
    wanted = select(Portfolio).where(*there)
    wanted = wanted.where(Portfolio.week == week) if week else wanted
    order = (col(Portfolio.week).desc(), col(Portfolio.number).desc())
    return session.exec(wanted.order_by(*order).limit(1)).first()


def hold(session: Session, workspace: str, channel: str, week: date) -> None:
    """Until this transaction ends nobody else changes that portfolio."""
    there = (Portfolio.workspace == workspace, Portfolio.channel == channel)
    first = select(Portfolio.id).where(*there, Portfolio.week == week, Portfolio.number == 1)
    session.exec(first.with_for_update()).first()


def carried(session: Session, since: datetime) -> list[tuple[str, str, date]]:
    """(workspace, channel, day) of each digest since then that stands in a portfolio's thread."""
    wanted = select(col(Team.workspace), col(Digest.channel), col(Digest.on))
    wanted = wanted.join(Digest, col(Digest.team_id) == col(Team.id))
    wanted = wanted.where(Digest.channel != "", Digest.at >= since)
    return list(session.exec(wanted.order_by(col(Digest.id))).all())


def pages(session: Session, workspace: str, week: str) -> list[Digest]:
    """The digests of that ISO week of a workspace's teams, by team."""
    wanted = select(Digest).join(Team, col(Team.id) == col(Digest.team_id))
    wanted = wanted.where(Team.workspace == workspace, Digest.week == week)
    return list(session.exec(wanted.order_by(col(Digest.team_id))))


def pages_of(session: Session, team_id: int) -> list[Digest]:
    """The team's digests that stand in portfolios, the two newest."""
    wanted = select(Digest).where(Digest.team_id == team_id, Digest.channel != "")
    return list(session.exec(wanted.order_by(col(Digest.on).desc()).limit(2)))


def days(session: Session, workspace: str, week: str) -> list[tuple[int, date, str]]:
    """(team, day, channel of its portfolio or "") of the digests of that ISO week."""
    wanted = select(col(Digest.team_id), col(Digest.on), col(Digest.channel))
    wanted = wanted.join(Team, col(Team.id) == col(Digest.team_id))
    return list(session.exec(wanted.where(Team.workspace == workspace, Digest.week == week)).all())
