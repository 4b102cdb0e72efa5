"""How many candidates were tried on an eval set: of many the best is partly the luckiest."""

from sqlmodel import Session, col, func, select

from models.experiments.experiment import Experiment
from models.experiments.measurement import Measurement


def by_eval_set(session: Session, team_id: int, metric: str) -> dict[str, int]:
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
