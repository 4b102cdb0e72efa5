"""Rules that fired on an experiment, with their inputs, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select


class Proposal(SQLModel, table=True):
    """One episode of rules firing on one experiment, from the first tick to its settlement.

    rule … inputs: the strongest verdict. verdicts: every one that fired in the episode, each
    with its rule, action, text, inputs and whether it is `firing` still. told: outbox keys of
    what each person or channel was told. A budget warning is an episode of its own with action
    "warn". gpu_saved: GPU-hours of the budget that were unused when its ticket was killed.
    """

    id: int | None = Field(default=None, primary_key=True)
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


def open_of_team(session: Session, team_id: int) -> list[Proposal]:
    """The team's episodes that are not settled (warnings too), oldest first."""
    wanted = select(Proposal).where(Proposal.team_id == team_id, Proposal.state == "open")
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def all_of_team(session: Session, team_id: int) -> list[Proposal]:
    """Every episode of the team, oldest first."""
    wanted = select(Proposal).where(Proposal.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Proposal.id))))


def latest_of(session: Session, experiment_id: int) -> Proposal | None:
    """Its newest episode that asked for a decision, open or settled, or None."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, Proposal.action != "warn"
    )
    return session.exec(wanted.order_by(col(Proposal.id).desc())).first()


def snoozed(session: Session, experiment_id: int, now: datetime) -> Proposal | None:
    """The episode by which somebody silenced that experiment until later than now, or None."""
    wanted = select(Proposal).where(
        Proposal.experiment_id == experiment_id, col(Proposal.snoozed_until) > now
    )
    return session.exec(wanted.order_by(col(Proposal.snoozed_until).desc())).first()
