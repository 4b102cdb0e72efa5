"""The eval gate's tables: what must hold, what was pushed, every judgement, every override."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, func, or_, true
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, col, select

from models import db
from models.experiments.experiment import Experiment, is_live, went_live
from models.row import Row

MOST_LIVE = 4  # sides of what is live that one judgement reads


class DoneDefinition(Row, table=True):
    """A team's Definition of Done (core.evals.definition_of_done.as_records); every change is a
    row, the newest
    holds.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    requirements: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    by: str
    at: datetime


class EvalPush(Row, table=True):
    """One side's results as they were pushed. results: core.evals.push.as_record. trained_on,
    code_commit: what the model was made from, "" when the push did not say. regressed: how what
    is live is proven worse by it than what went live, in words, "" when it is not. texts: True
    where results may hold inputs.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    role: str  # candidate | baseline
    eval_set_hash: str
    content_hash: str
    source: str = ""
    by: str = ""
    trained_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    code_commit: str = Field(default="", sa_column_kwargs={"server_default": ""})
    at: datetime
    examples: int
    runs: int
    metrics: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    results: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    regressed: str = Field(default="", sa_column_kwargs={"server_default": ""})
    texts: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class GateAttempt(Row, table=True):
    """One judgement. inputs: hash of both sides and the Definition of Done it was judged by.

    look: how often this eval set had been used by then, this time included; the same inputs
    judged again are no new look. verdicts: core.evals.gate, by metric. behind: what the data has
    to do with it (core.evals.data_behind).
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    inputs: str
    eval_set_hash: str = ""
    candidate_hash: str = ""
    look: int
    decision: str  # GO | NO-GO | HOLD
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    verdicts: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    missing_examples: int | None = None
    missing_seeds: int | None = None
    p_anytime: float | None = None
    behind: list[str] = Field(default_factory=list, sa_type=JSON, nullable=True)
    by: str = ""
    at: datetime


class GateOverride(Row, table=True):
    """Two leads let an experiment pass without a GO, for the inputs they looked at."""

    __table_args__ = (UniqueConstraint("experiment_id", "inputs"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    inputs: str
    decision: str  # what the gate had said, "" when it was never judged
    asked_by: str
    asked_at: datetime
    reason: str
    confirmed_by: str = ""
    confirmation: str = ""
    confirmed_at: datetime | None = None


class GateConfirmation(Row, table=True):
    """A person said that something no eval measures holds, on what evidence (such as a tested
    rollback: core.evals.evidence).
    """

    __table_args__ = (UniqueConstraint("experiment_id", "name"),)

    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    name: str
    evidence: str = Field(default="", sa_column_kwargs={"server_default": ""})
    by: str
    at: datetime


def definition(session: Session, team_id: int) -> DoneDefinition | None:
    """The team's Definition of Done, or None while it has not written one."""
    wanted = select(DoneDefinition).where(DoneDefinition.team_id == team_id)
    wanted = wanted.order_by(col(DoneDefinition.id).desc()).limit(1)
    # A push asks twice: what its metrics are measured for, and what it is judged by.
    return db.once(
        session, ("definition", team_id), lambda: session.exec(wanted).first(),
        until=(DoneDefinition,),
    )  # fmt: skip


def any_push(session: Session, team_id: int) -> bool:
    """Whether the team ever pushed results."""
    wanted = select(EvalPush.id).where(EvalPush.team_id == team_id).limit(1)
    return session.exec(wanted).first() is not None


def judged_experiments(session: Session, team_id: int) -> list[int]:
    """Ids of the experiments that were ever judged."""
    wanted = select(GateAttempt.experiment_id).where(GateAttempt.team_id == team_id)
    return sorted(set(session.exec(wanted)))


def newest_push(session: Session, experiment_id: int, role: str) -> EvalPush | None:
    """The side as it was pushed last, or None."""
    wanted = select(EvalPush).where(EvalPush.experiment_id == experiment_id, EvalPush.role == role)
    return session.exec(wanted.order_by(col(EvalPush.id).desc()).limit(1)).first()


def earlier_push(session: Session, than: EvalPush, role: str) -> EvalPush | None:
    """What that side of its experiment came to before, on the same eval set, or None."""
    wanted = select(EvalPush).where(
        EvalPush.experiment_id == than.experiment_id,
        EvalPush.role == role,
        EvalPush.eval_set_hash == than.eval_set_hash,
        col(EvalPush.id) != than.id,
        EvalPush.at <= than.at,
    )
    return session.exec(wanted.order_by(col(EvalPush.id).desc()).limit(1)).first()


def of_live(session: Session, than: Experiment, set_hash: str) -> list[tuple[int, EvalPush]]:
    """What the team's live experiments (core.experiments.rollout) came to on that eval set, by
    number: of each the newest push of either role, of its own only what was measured in
    production; what went live last first.
    """
    newest = (
        select(func.max(EvalPush.id))
        .join(Experiment, col(Experiment.id) == EvalPush.experiment_id)
        .where(
            Experiment.team_id == than.team_id,
            or_(col(Experiment.id) != than.pk, col(EvalPush.role) == "production"),
            is_live(),
            EvalPush.eval_set_hash == set_hash,
            col(EvalPush.role).in_(("candidate", "production")),
        )
        .group_by(col(EvalPush.experiment_id), col(EvalPush.role))
    )
    wanted = (
        select(Experiment.number, EvalPush)
        .join(Experiment, col(Experiment.id) == EvalPush.experiment_id)
        .where(col(EvalPush.id).in_(newest))
        .order_by(went_live().desc(), col(EvalPush.id).desc())
        .limit(MOST_LIVE)
        .options(defer(EvalPush.results))  # type: ignore[arg-type]
    )
    return list(session.exec(wanted).all())


def in_production(session: Session, experiment_id: int) -> list[EvalPush]:
    """What was measured of it in production, oldest first, without loading the results."""
    wanted = select(EvalPush).where(
        EvalPush.experiment_id == experiment_id, EvalPush.role == "production"
    )
    wanted = wanted.options(defer(EvalPush.results))  # type: ignore[arg-type]
    return list(session.exec(wanted.order_by(col(EvalPush.id))))


def regressed(session: Session, team_id: int) -> list[tuple[Experiment, EvalPush]]:
    """The team's live experiments whose newest measurement in production proves them worse, and
    that measurement; the oldest first.
    """
    newest = (
        select(func.max(EvalPush.id))
        .where(EvalPush.team_id == team_id, EvalPush.role == "production")
        .group_by(col(EvalPush.experiment_id))
    )
    wanted = (
        select(Experiment, EvalPush)
        .join(EvalPush, col(EvalPush.experiment_id) == Experiment.id)
        .where(
            col(EvalPush.id).in_(newest),
            EvalPush.regressed != "",
            Experiment.stage == "production",
            is_live(),
            EvalPush.at >= func.coalesce(Experiment.decided_at, Experiment.stage_since),
        )
        .order_by(col(EvalPush.id))
        .options(defer(EvalPush.results))  # type: ignore[arg-type]
    )
    return list(session.exec(wanted).all())


def newest_head(session: Session, experiment_id: int, role: str) -> EvalPush | None:
    """As newest_push, without loading the results."""
    wanted = select(EvalPush).where(EvalPush.experiment_id == experiment_id, EvalPush.role == role)
    wanted = wanted.options(defer(EvalPush.results))  # type: ignore[arg-type]
    return session.exec(wanted.order_by(col(EvalPush.id).desc()).limit(1)).first()


def attempts(session: Session, experiment_id: int) -> list[GateAttempt]:
    """Every judgement of the experiment, oldest first."""
    wanted = select(GateAttempt).where(GateAttempt.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(GateAttempt.id))))


def latest_by_experiment(session: Session, team_id: int, limit: int = 10) -> list[GateAttempt]:
    """The newest judgement of each of the team's experiments, newest first."""
    newest = (
        select(func.max(GateAttempt.id))
        .where(GateAttempt.team_id == team_id)
        .group_by(col(GateAttempt.experiment_id))
    )
    wanted = select(GateAttempt).where(col(GateAttempt.id).in_(newest))
    return list(session.exec(wanted.order_by(col(GateAttempt.id).desc()).limit(limit)))


def latest_judged(session: Session, team_id: int, limit: int) -> list[tuple[int, GateAttempt]]:
    """The newest judgement of each experiment by its number, newest first."""
    attempts = latest_by_experiment(session, team_id, limit)
    ids = [attempt.experiment_id for attempt in attempts]
    found = select(Experiment.id, Experiment.number).where(col(Experiment.id).in_(ids))
    number = dict(session.exec(found).all()) if ids else {}
    return [(number[one.experiment_id], one) for one in attempts]


def judged_between(
    session: Session, team_id: int, start: datetime, end: datetime
) -> list[tuple[int, GateAttempt]]:
    """The newest judgement from start until end of each experiment judged then, by its number."""
    newest = (
        select(func.max(GateAttempt.id))
        .where(GateAttempt.team_id == team_id, GateAttempt.at >= start, GateAttempt.at < end)
        .group_by(col(GateAttempt.experiment_id))
    )
    wanted = (
        select(Experiment.number, GateAttempt)
        .join(Experiment, col(Experiment.id) == GateAttempt.experiment_id)
        .where(col(GateAttempt.id).in_(newest))
    )
    found = session.exec(wanted.order_by(col(Experiment.number)))
    return [(number, attempt) for number, attempt in found]


def override_of(session: Session, experiment_id: int, inputs: str) -> GateOverride | None:
    """What was asked or given for exactly these inputs, or None."""
    wanted = select(GateOverride).where(
        GateOverride.experiment_id == experiment_id, GateOverride.inputs == inputs
    )
    return session.exec(wanted).first()


def overrides_open(session: Session, team_id: int) -> Sequence[GateOverride]:
    """Overrides that were asked for and not given, oldest first."""
    wanted = select(GateOverride).where(
        GateOverride.team_id == team_id, col(GateOverride.confirmed_at).is_(None)
    )
    return list(session.exec(wanted.order_by(col(GateOverride.id))))


def overrides_since(session: Session, team_id: int, since: datetime) -> Sequence[GateOverride]:
    """Overrides that were given since then, oldest first."""
    wanted = select(GateOverride).where(
        GateOverride.team_id == team_id, col(GateOverride.confirmed_at) >= since
    )
    return session.exec(wanted.order_by(col(GateOverride.id))).all()


def confirmations(session: Session, experiment_id: int) -> list[GateConfirmation]:
    """What people confirmed for the experiment."""
    wanted = select(GateConfirmation).where(GateConfirmation.experiment_id == experiment_id)
    return list(session.exec(wanted.order_by(col(GateConfirmation.id))))


def newest_set_size(session: Session, team_id: int) -> int | None:
    """Examples in the eval set the team pushed last, or None before the first push."""
    wanted = select(EvalPush.examples).where(EvalPush.team_id == team_id, EvalPush.examples > 0)
    return session.exec(wanted.order_by(col(EvalPush.id).desc()).limit(1)).first()
