"""Experiment tickets, their checkpoints and their audit rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

import core.experiments.experiment as rules

_NOT_UNDONE = ("undone", "compared")  # what history tells and nothing takes back


class Experiment(SQLModel, table=True):
    """A hypothesis ticket. Column meanings are those of core.experiments.experiment.Experiment."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    title: str
    hypothesis: str = ""
    method: str = ""
    owner: str = Field(index=True)
    metric: str = "accuracy"
    direction: str = "higher"
    baseline: float | None = None
    target: float | None = None
    noise_sd: float | None = None
    success_primary: str = ""
    success_secondary: str = ""
    success_blocking: str = ""
    kill_criteria: str = ""
    gpu_budget: float = 0.0
    gpu_used: float = 0.0
    box_days: int = 14
    box_starts: date | None = None
    box_ends: date | None = None
    link: str = ""
    dataset_ready: bool = False
    blocking_ok: bool = False
    stage: str = Field(default="backlog", index=True)
    stage_since: datetime
    outcome: str = ""
    final_metric: float | None = None
    learnings: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    training_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    deploy_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    monitoring_status: str = Field(default="", sa_column_kwargs={"server_default": ""})
    rollback_tested: str = Field(default="", sa_column_kwargs={"server_default": ""})
    worth: int | None = None
    kind_of_work: str = Field(
        default="exploration", sa_column_kwargs={"server_default": "exploration"}
    )
    people_hours: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_chance: float | None = None
    created_at: datetime
    progress_at: datetime
    version: int = 1

    def snapshot(self, checkpoints: list["Checkpoint"] | None = None) -> rules.Experiment:
        """The ticket as a value, with its checkpoints oldest first."""
        fields = {name: getattr(self, name) for name in rules.FIELDS}
        looks = tuple(
            rules.Checkpoint(c.at, c.value, c.gpu_used, c.note, c.author, c.matched, c.matched_why)
            for c in checkpoints or []
        )
        return rules.Experiment(**fields, checkpoints=looks)

    def apply(self, value: rules.Experiment) -> None:
        """Take over every field of the value and count the version up."""
        for name in rules.FIELDS:
            setattr(self, name, getattr(value, name))
        self.version += 1


class Checkpoint(SQLModel, table=True):
    """One reported result: metric value, GPU-hours used so far, what happened; how it matched
    what was predicted (core.experiments.prediction).
    """

    id: int | None = Field(default=None, primary_key=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    at: datetime
    value: float | None = None
    gpu_used: float = 0.0
    note: str = ""
    author: str = ""
    matched: str = Field(default="", sa_column_kwargs={"server_default": ""})
    matched_why: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Change(SQLModel, table=True):
    """Who changed what, when, from what to what, and why; `before` lets it be undone."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    at: datetime = Field(index=True)
    who: str
    action: str
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    why: str = ""
    undone: bool = False


def find(session: Session, team_id: int, number: int) -> Experiment | None:
    """The team's experiment with that number, or None."""
    wanted = select(Experiment).where(Experiment.team_id == team_id, Experiment.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Experiment]:
    """Every experiment of the team, by number."""
    wanted = select(Experiment).where(Experiment.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Experiment.number))))


def checkpoints_of(session: Session, experiment_id: int) -> list[Checkpoint]:
    """Its checkpoints, oldest first."""
    wanted = select(Checkpoint).where(Checkpoint.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(Checkpoint.at), col(Checkpoint.id))))


def changes_of(session: Session, experiment_id: int) -> list[Change]:
    """Its audit rows, oldest first."""
    wanted = select(Change).where(Change.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(Change.at), col(Change.id))))


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


def change_by(session: Session, team_id: int, who: str, experiment_id: int = 0) -> Change | None:
    """The last change that person made and did not undo (on that ticket, if one is given)."""
    wanted = select(Change).where(
        Change.team_id == team_id,
        Change.who == who,
        col(Change.action).not_in(_NOT_UNDONE),
        col(Change.undone).is_(False),
    )
    if experiment_id:
        wanted = wanted.where(Change.experiment_id == experiment_id)
    return session.exec(wanted.order_by(col(Change.at).desc(), col(Change.id).desc())).first()


def change_after(session: Session, made: Change) -> Change | None:
    """The first later change of the same ticket that stands, or None."""
    wanted = select(Change).where(
        Change.experiment_id == made.experiment_id,
        col(Change.id) > made.id,
        col(Change.action).not_in(_NOT_UNDONE),
        col(Change.undone).is_(False),
    )
    return session.exec(wanted.order_by(col(Change.id))).first()


def looks_of_team(session: Session, team_id: int) -> dict[int, list[Checkpoint]]:
    """The checkpoints of all the team's experiments, oldest first, by experiment row id."""
    wanted = select(Checkpoint).join(Experiment).where(Experiment.team_id == team_id)
    found: dict[int, list[Checkpoint]] = {}
    for look in session.exec(wanted.order_by(col(Checkpoint.at), col(Checkpoint.id))):
        found.setdefault(look.experiment_id, []).append(look)
    return found


def number_of(session: Session, experiment_id: int) -> int:
    """The number people know that ticket by."""
    found = session.get(Experiment, experiment_id)
    assert found is not None
    return found.number


def gpu_between(session: Session, team_id: int, start: datetime, end: datetime) -> float:
    """GPU-hours that were reported from `start` up to `end`, whatever was undone left out."""
    wanted = select(Change).where(
        Change.team_id == team_id,
        col(Change.action).not_in(("created", "undone")),
        col(Change.undone).is_(False),
        Change.at >= start,
        Change.at < end,
    )
    steps = (
        float(made.after["gpu_used"] or 0) - float(made.before.get("gpu_used") or 0)
        for made in session.exec(wanted)
        if "gpu_used" in made.after
    )
    return round(sum(steps), 6)


def first_evaluated(session: Session, team_id: int) -> dict[int, datetime]:
    """When each of the team's experiments first went to evaluation, by number."""
    wanted = (
        select(Experiment.number, Change.at, Change.after)
        .where(
            Change.experiment_id == Experiment.id,
            Change.team_id == team_id,
            col(Change.undone).is_(False),
        )
        .order_by(col(Change.at), col(Change.id))
    )
    found: dict[int, datetime] = {}
    for number, at, after in session.exec(wanted):
        if after.get("stage") == "evaluation":
            found.setdefault(number, at)
    return found
