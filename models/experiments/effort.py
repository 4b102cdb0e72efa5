"""What experiments cost and when, read from their audit rows: GPU-hours, boxes, evaluation; and
how many were tried on an eval set, and who touched which ticket.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from models.experiments.experiment import TO_STAGE, Change, Experiment, Which, is_open
from models.experiments.measurement import Measurement


def gpu_by_number(
    session: Session, team_id: int, start: datetime, end: datetime
) -> dict[int, float]:
    """As gpu_between, by the number of the experiment; without those that reported none."""
    wanted = (
        select(Experiment.number, func.sum(_STEP))
        .where(Change.experiment_id == Experiment.id, *_reported(team_id, start, end))
        .group_by(col(Experiment.number))
    )
    found = session.exec(wanted)
    return {number: round(hours, 6) for number, hours in found if abs(hours) > 1e-6}


def extensions(session: Session, team_id: int) -> dict[int, list[datetime]]:
    """When the box of each open experiment was extended, by number, oldest first."""
    wanted = (
        select(Experiment.number, Change.at)
        .where(
            Change.experiment_id == Experiment.id,
            # By their ids, not by the team: its history is longer than theirs.
            col(Change.experiment_id).in_(
                select(Experiment.id).where(Experiment.team_id == team_id, is_open())
            ),
            Change.action == "extended",
            col(Change.undone).is_(False),
        )
        .order_by(col(Change.at), col(Change.id))
    )
    found: dict[int, list[datetime]] = {}
    for number, at in session.exec(wanted):
        found.setdefault(number, []).append(at)
    return found


def gpu_between(session: Session, team_id: int, start: datetime, end: datetime) -> float:
    """GPU-hours that were reported from `start` up to `end`, whatever was undone left out."""
    wanted = select(func.sum(_STEP)).where(*_reported(team_id, start, end))
    return round(session.exec(wanted).one() or 0.0, 6)


_AFTER = Change.__table__.c.after["gpu_used"].as_float()  # type: ignore[attr-defined]
_BEFORE = Change.__table__.c.before["gpu_used"].as_float()  # type: ignore[attr-defined]
_STEP = _AFTER - func.coalesce(_BEFORE, 0.0)


def _reported(team_id: int, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Change.team_id) == team_id,
        col(Change.action).not_in(("created", "undone")),
        col(Change.undone).is_(False),
        col(Change.at) >= start,
        col(Change.at) < end,
        _AFTER.is_not(None),
    )


def first_evaluated(session: Session, team_id: int, *which: Which) -> dict[int, datetime]:
    """When each of the team's experiments of which all of that holds first went to evaluation,
    by number.
    """
    wanted = (
        select(Experiment.number, func.min(Change.at))
        .where(
            Change.experiment_id == Experiment.id,
            Change.team_id == team_id,
            col(Change.undone).is_(False),
            TO_STAGE == "evaluation",
            *which,
        )
        .group_by(col(Experiment.number))
    )
    return dict(session.exec(wanted).all())


def tried(
    session: Session, team_id: int, metric: str, eval_sets: Collection[str]
) -> dict[str, int]:
    """How many of the team's experiments with that metric were measured on each of those eval
    sets, whatever came of them.
    """
    if not eval_sets:
        return {}
    wanted = (
        select(Measurement.eval_set, func.count(func.distinct(Measurement.experiment_id)))
        .join(Experiment, col(Experiment.id) == Measurement.experiment_id)
        .where(
            Experiment.team_id == team_id,
            func.lower(func.trim(Experiment.metric)) == metric.strip().lower(),
            col(Measurement.eval_set).in_(sorted(eval_sets)),
            Measurement.role == "candidate",
            col(Measurement.own).is_(True),
            col(Measurement.value).is_not(None),
        )
        .group_by(Measurement.eval_set)
    )
    return {name: int(count) for name, count in session.exec(wanted)}


def touched_since(
    session: Session, team_id: int, since: datetime
) -> list[tuple[int, str, datetime]]:
    """Number, who and when of every change of the team's tickets since then that stands."""
    wanted = (
        select(Experiment.number, Change.who, Change.at)
        .join(Experiment, col(Experiment.id) == Change.experiment_id)
        .where(Change.team_id == team_id, Change.at >= since, col(Change.undone).is_(False))
    )
    return [(number, who, at) for number, who, at in session.exec(wanted)]
