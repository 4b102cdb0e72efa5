"""Forecasts as they were posted, and what came of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, update
from sqlmodel import Field, Session, col, select

from models.row import Row


class Forecast(Row, table=True):
    """The first forecast posted in a sprint; later ones of that sprint are not kept.

    made_in: the sprint it was posted in; first: the sprint its range is scored on, which closes
    after the day `closes`. best: the running best at the time. steps: P(target), the 10/50/90 %
    values and the last day of every sprint ahead. state: open | held | missed | void (no result
    stood any more when it closed). actual: the running best when the sprint closed.
    """

    __table_args__ = (UniqueConstraint("team_id", "made_in"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    made_in: int
    first: int
    closes: date = Field(index=True)
    metric: str
    direction: str
    target: float
    best: float
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    at: datetime
    state: str = Field(default="open", index=True)
    actual: float | None = None
    closed_at: datetime | None = None


def of_sprint(session: Session, team_id: int, made_in: int) -> Forecast | None:
    """The forecast posted in that sprint, or None."""
    wanted = select(Forecast).where(Forecast.team_id == team_id, Forecast.made_in == made_in)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Forecast]:
    """Every forecast of the team, oldest first."""
    wanted = select(Forecast).where(Forecast.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Forecast.made_in))))


def closing(session: Session, team_id: int, today: date) -> list[Forecast]:
    """The team's open forecasts whose sprint ended before that day, oldest first."""
    wanted = select(Forecast).where(
        Forecast.team_id == team_id, Forecast.state == "open", col(Forecast.closes) < today
    )
    return list(session.exec(wanted.order_by(col(Forecast.made_in))))


def close(
    session: Session, forecast_id: int, state: str, actual: float | None, *, at: datetime
) -> bool:
    """Score an open forecast; False when another process has done it."""
    taken = session.execute(
        update(Forecast)
        .where(col(Forecast.id) == forecast_id, col(Forecast.state) == "open")
        .values(state=state, actual=actual, closed_at=at)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]
