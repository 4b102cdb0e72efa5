"""What the board reads: who stands in a column, and how everything got where it is."""

from datetime import datetime

from sqlmodel import Session, col, select

import core.experiments.experiment as rules
from models.experiments.experiment import Change, Experiment


def in_stage(session: Session, team_id: int, stage: str) -> list[rules.Experiment]:
    """The team's experiments in that stage as they are committed now, without checkpoints.

    Read as columns: rows that this session holds stay as they were read, versions included.
    """
    wanted = select(*(getattr(Experiment, name) for name in rules.FIELDS)).where(
        Experiment.team_id == team_id, Experiment.stage == stage
    )
    return [rules.Experiment(**row._mapping) for row in session.exec(wanted)]


def kill_reasons(session: Session, team_id: int) -> dict[int, str]:
    """The rules that spoke for each kill that stands, by number; without those that had none."""
    wanted = (
        select(Experiment.number, Change.after)
        .where(
            Change.experiment_id == Experiment.id,
            Change.team_id == team_id,
            Change.action == "killed",
            col(Change.undone).is_(False),
        )
        .order_by(col(Change.id))
    )
    return {number: after["rules"] for number, after in session.exec(wanted) if after.get("rules")}


def stage_changes(session: Session, team_id: int) -> list[tuple[int, datetime, str, str]]:
    """Every change of stage that stands: number, when, from ("" at creation), to; oldest first."""
    wanted = (
        select(Experiment.number, Change.at, Change.before, Change.after)
        .where(
            Change.experiment_id == Experiment.id,
            Change.team_id == team_id,
            Change.action != "undone",
            col(Change.undone).is_(False),
        )
        .order_by(col(Change.at), col(Change.id))
    )
    return [
        (number, at, str(before.get("stage") or ""), str(after["stage"]))
        for number, at, before, after in session.exec(wanted)
        if after.get("stage")
    ]
