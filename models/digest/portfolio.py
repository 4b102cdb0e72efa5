"""Portfolios: one message for the digests of several teams in one channel."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.row import Row


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
