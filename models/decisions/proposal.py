"""Rules that fired on an experiment, with their inputs, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, Column, String, cast, func
from sqlmodel import Field, Session, col, select

from models.experiments.experiment import Experiment, Which, numbered
from models.row import Row

STRONGER = "a stronger rule fires now"  # how the settlement of an episode begins that one follows


class Proposal(Row, table=True):
    """One episode of rules firing on one experiment, from the first tick to its settlement.

    rule … inputs: the strongest verdict. verdicts: every one that fired in the episode, each
    with its rule, action, text, inputs and whether it is `firing` still. told: outbox keys of
    what each person or channel was told. A budget warning is an episode of its own with action
    "warn". gpu_saved: GPU-hours of the budget that were unused when its ticket was killed.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    rule: str
    rule_set: str = "honest"  # honest | document, as the team had chosen
    rule_version: str
    action: str  # kill | decide | promote | update | warn
    text: str
    inputs: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    verdicts: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    at: datetime = Field(index=True)
    state: str = Field(default="open", index=True)  # open | settled
    snoozed_until: datetime | None = None
    snoozed_by: str = ""
    settled_by: str = ""  # "killed by U…", "no rule fires any more"
    settled_at: datetime | None = None
    gpu_saved: float | None = None
    told: dict[str, list[str]] = Field(default_factory=dict, sa_column=Column(JSON))


def open_of(session: Session, experiment_id: int) -> list[Proposal]:
    """Its episodes that are not settled (warnings too), oldest first."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, Proposal.state == "open"
    )
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def settled_since(session: Session, experiment_id: int, since: datetime) -> list[Proposal]:
    """Its episodes that were settled from then on, oldest first."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id,
        Proposal.state == "settled",
        col(Proposal.settled_at) >= since,
    )
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def open_of_team(session: Session, team_id: int) -> list[Proposal]:
    """The team's episodes that are not settled (warnings too), oldest first."""
    wanted = select(Proposal).where(Proposal.team_id == team_id, Proposal.state == "open")
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def about(session: Session, team_id: int, numbers: Sequence[int]) -> list[tuple[int, Proposal]]:
    """Every episode of the experiments with these numbers, with the number, oldest first."""
    wanted = (
        select(Experiment.number, Proposal)
        .join(Experiment, col(Experiment.id) == Proposal.experiment_id)
        .where(Experiment.team_id == team_id, numbered(numbers))
    )
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def asking(session: Session, team_id: int) -> list[Proposal]:
    """The team's episodes that ask for a decision, oldest first; also the snoozed."""
    return [row for row in open_of_team(session, team_id) if row.action != "warn"]


def asking_about(session: Session, team_id: int) -> list[tuple[int, Proposal]]:
    """The same, each with the number of its experiment."""
    wanted = (
        select(Experiment.number, Proposal)
        .join(Experiment, col(Experiment.id) == Proposal.experiment_id)
        .where(Proposal.team_id == team_id, Proposal.state == "open", Proposal.action != "warn")
    )
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def awake(asking: Sequence[Proposal], now: datetime) -> list[Proposal]:
    """Those of them that wait for it: nobody has snoozed them."""
    return [row for row in asking if row.snoozed_until is None or row.snoozed_until <= now]


def began(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Since when each of these experiments has been waiting, by experiment row id: a stronger rule
    begins a new episode at the instant the one before is settled, and the wait goes on.
    """
    if not ids:
        return {}
    wanted = select(Proposal.experiment_id, Proposal.at, Proposal.settled_at, Proposal.state)
    wanted = wanted.where(col(Proposal.experiment_id).in_(ids), Proposal.action != "warn")
    wanted = wanted.where(
        (col(Proposal.state) == "open") | col(Proposal.settled_by).startswith(STRONGER)
    )
    found: dict[int, datetime] = {}
    for number, at, settled_at, state in session.exec(wanted.order_by(col(Proposal.id).desc())):
        if state == "open" or found.get(number) == settled_at:
            found[number] = min(at, found.get(number, at))
    return found


def _asked_to_kill(team_id: int) -> Which:
    verdicts = cast(col(Proposal.verdicts), String)
    return (col(Proposal.team_id) == team_id) & verdicts.contains('"action": "kill"')


def outcomes(session: Session, team_id: int) -> list[tuple[str, str, bool, int, float]]:
    """What became of every experiment whose kill was proposed, once per rule set, counted: rule
    set, stage, whether the newest such proposal ended in its kill, how many, GPU-hours saved.
    """
    newest = select(func.max(Proposal.id)).where(_asked_to_kill(team_id))
    newest = newest.group_by(col(Proposal.experiment_id), col(Proposal.rule_set))
    killed = col(Proposal.gpu_saved).is_not(None)
    saved = func.coalesce(func.sum(Proposal.gpu_saved), 0.0)
    wanted = (
        sqlalchemy.select(
            col(Proposal.rule_set), col(Experiment.stage), killed, func.count(), saved
        )
        .join(Experiment, col(Experiment.id) == Proposal.experiment_id)
        .where(col(Proposal.id).in_(newest))
        .group_by(col(Proposal.rule_set), col(Experiment.stage), killed)
    )
    return [(name, stage, bool(done), n, hours)
            for name, stage, done, n, hours in session.execute(wanted)]  # fmt: skip


def promoted_though_asked(session: Session, team_id: int, rule_set: str, most: int) -> list[int]:
    """Numbers of what is in production although that set proposed its kill, the first asked
    first.
    """
    wanted = (
        select(Experiment.number)
        .join(Proposal, col(Experiment.id) == Proposal.experiment_id)
        .where(_asked_to_kill(team_id), Proposal.rule_set == rule_set)
        .where(Experiment.stage == "production")
        .group_by(col(Experiment.number))
        .order_by(func.min(Proposal.id))
    )
    return list(session.exec(wanted.limit(most)))


def latest_of(session: Session, experiment_id: int) -> Proposal | None:
    """Its newest episode that asked for a decision, open or settled, or None."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, Proposal.action != "warn"
    )
    return session.exec(wanted.order_by(col(Proposal.id).desc()).limit(1)).first()


def snoozed(session: Session, experiment_id: int, now: datetime) -> Proposal | None:
    """The episode by which somebody silenced that experiment until later than now, or None."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, col(Proposal.snoozed_until) > now
    )
    return session.exec(wanted.order_by(col(Proposal.snoozed_until).desc()).limit(1)).first()
