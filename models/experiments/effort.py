"""What experiments cost and when, read from their audit rows: GPU-hours, boxes, evaluation; and
how many were tried on an eval set.
"""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.experiments.experiment import TO_STAGE, Change, Experiment, Which, is_open
from models.experiments.measurement import Measurement


def gpu_by_number(
    session: Session, team_id: int, start: datetime, end: datetime
) -> dict[int, float]:
    """As gpu_between, by the number of the experiment; without those that reported none."""
    wanted = select(Experiment.number, Change.before, Change.after).where(
        Change.experiment_id == Experiment.id,
        Change.team_id == team_id,
        col(Change.action).not_in(("created", "undone")),
        col(Change.undone).is_(False),
        Change.at >= start,
        Change.at < end,
    )
    found: dict[int, float] = {}
    for number, before, after in session.exec(wanted):
        if "gpu_used" in after:
            step = float(after["gpu_used"] or 0) - float(before.get("gpu_used") or 0)
            found[number] = found.get(number, 0.0) + step
    return {number: round(hours, 6) for number, hours in found.items() if abs(hours) > 1e-6}


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
    wanted = select(Change.before, Change.after).where(
        Change.team_id == team_id,
        col(Change.action).not_in(("created", "undone")),
        col(Change.undone).is_(False),
        Change.at >= start,
        Change.at < end,
    )
    steps = (
        float(after["gpu_used"] or 0) - float(before.get("gpu_used") or 0)
        for before, after in session.exec(wanted)
        if "gpu_used" in after
    )
    return round(sum(steps), 6)


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


def tried(session: Session, team_id: int, metric: str) -> dict[str, int]:
    """How many of the team's experiments with that metric were measured on each eval set, whatever
    came of them.
    """
    wanted = (
        select(Measurement.eval_set, func.count(func.distinct(Measurement.experiment_id)))
        .join(Experiment, col(Experiment.id) == Measurement.experiment_id)
        .where(
            Experiment.team_id == team_id,
            func.lower(func.trim(Experiment.metric)) == metric.strip().lower(),
            Measurement.eval_set != "",
            Measurement.role == "candidate",
            col(Measurement.own).is_(True),
            col(Measurement.value).is_not(None),
        )
        .group_by(Measurement.eval_set)
    )
    return {name: int(count) for name, count in session.exec(wanted)}
