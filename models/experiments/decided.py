"""What decided experiments came to, summed up by the database however many there are."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from core.calendar import instant
from core.experiments.experiment import CLOSED
from models.experiments.experiment import Experiment, Which
from models.experiments.headline import Places, decided_at, place

_BLANK = " \t\n\r\x0b\x0c"


def completed(session: Session, team_id: int, since: datetime | None) -> Sequence[Any]:
    """What a velocity is counted from (core.sprints.velocity.Done), decided since then."""
    names = ("number", "stage", "outcome", "decided_at", "kind_of_work", "gpu_used", "learnings")
    wanted = select(*(getattr(Experiment, name) for name in names)).where(
        col(Experiment.team_id) == team_id,
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.decided_at).is_not(None),
    )
    if since is not None:
        wanted = wanted.where(col(Experiment.decided_at) >= since)
    return session.execute(wanted).all()


def halves(
    session: Session, team_id: int, counted: Sequence[str], until: datetime, where: ZoneInfo
) -> tuple[tuple[int, int], ...]:
    """Promoted and all of the earlier half, and of the later half, of what was decided before
    then with documented learnings; those of one day in order of their numbers.
    """
    done = [*_documented(team_id, counted), col(Experiment.decided_at) < until]
    hit = func.sum(case((col(Experiment.outcome) == "promoted", 1), else_=0))
    promoted, every = session.execute(select(hit, func.count()).where(*done)).one()
    if not (half := every // 2):
        return (0, 0), (promoted or 0, every)
    at = select(col(Experiment.decided_at)).where(*done).order_by(col(Experiment.decided_at))
    middle = session.scalars(at.offset(half - 1).limit(1)).one()
    assert middle is not None
    day = middle.astimezone(where).date()
    first, last = (instant(one, time(), where) for one in (day, day + timedelta(days=1)))
    before = [*done, col(Experiment.decided_at) < first]
    early, count = session.execute(select(hit, func.count()).where(*before)).one()
    of_day = select(col(Experiment.outcome)).where(
        *done, col(Experiment.decided_at) >= first, col(Experiment.decided_at) < last
    )
    on_it = session.scalars(of_day.order_by(col(Experiment.number)).limit(half - count))
    early = (early or 0) + sum(outcome == "promoted" for outcome in on_it)
    return (early, half), (promoted - early, every - half)


def outcomes_by_kind(
    session: Session, team_id: int, counted: Sequence[str]
) -> list[tuple[str, str, int]]:
    """Kind of work, outcome, and how many were decided so with documented learnings."""
    wanted = (
        select(col(Experiment.kind_of_work), col(Experiment.outcome), func.count())
        .where(*_documented(team_id, counted))
        .group_by(col(Experiment.kind_of_work), col(Experiment.outcome))
    )
    return [(kind, outcome, n) for kind, outcome, n in session.execute(wanted)]


def _documented(team_id: int, counted: Sequence[str]) -> list[ColumnElement[bool]]:
    return [
        col(Experiment.team_id) == team_id,
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.outcome).in_(counted),
        col(Experiment.decided_at).is_not(None),
        func.trim(col(Experiment.learnings), _BLANK) != "",
    ]


def last_decided(session: Session, teams: Collection[int], most: int, *which: Which) -> list[int]:
    """Numbers of those teams' experiments decided last of which all of that holds."""
    wanted = select(col(Experiment.number)).where(
        col(Experiment.team_id).in_(sorted(teams)),
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.decided_at).is_not(None),
        *which,
    )
    order = (col(Experiment.decided_at).desc(), col(Experiment.number).desc())
    return list(session.scalars(wanted.order_by(*order).limit(most)))


def first_created(session: Session, team_id: int) -> datetime | None:
    """When the team wrote its first ticket, or None."""
    wanted = select(col(Experiment.created_at)).where(col(Experiment.team_id) == team_id)
    return session.scalars(wanted.order_by(col(Experiment.created_at)).limit(1)).first()


def decided_by_place(
    session: Session, team_id: int, places: Places, until: datetime
) -> dict[int, int]:
    """How many experiments were decided in each place in time, also to iterate."""
    done = col(Experiment.stage).in_((*CLOSED, "iteration"))
    every = (
        select(decided_at().label("at"))
        .where(
            col(Experiment.team_id) == team_id,
            or_(done, col(Experiment.outcome) != ""),
            decided_at() <= until,
        )
        .subquery()
    )
    at = place(tuple(places))
    wanted = select(at, func.count()).select_from(every).group_by(at.name)
    return {number: count for number, count in session.execute(wanted)}
