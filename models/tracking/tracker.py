"""Trackers a team has connected."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from core.tracking.kept import Source
from models.row import Row
from models.team import Team


class Tracker(Row, table=True):
    """One tracker of a team. kind: mlflow | wandb (from outside), assay (our own runner).

    url: where it is. projects: the names of its experiments or projects that are read. mapped: the
    number of the experiment that all unnamed runs of a project belong to, by the project's name.
    swept_at, looked_at: when all, and when the running ones were last read. poked_at: when
    everything is to be swept out of turn, None for never. trouble: why the last sweep failed,
    "" when it did not; since trouble_at. greeted_at: when who connected it heard how the first
    sweep went. ended_at: disconnected.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    kind: str
    url: str = ""
    projects: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    mapped: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    connected_by: str
    connected_at: datetime
    greeted_at: datetime | None = None
    swept_at: datetime | None = None
    looked_at: datetime | None = None
    poked_at: datetime | None = None
    trouble: str = ""
    trouble_at: datetime | None = None
    ended_at: datetime | None = None

    def as_value(self, mapped: int = 0, loose: int = 0) -> Source:
        """The row as a value, with how many of its runs are mapped and how many are not."""
        return Source(
            self.number, self.kind, self.url,
            {name: self.mapped.get(name) for name in self.projects}, self.connected_by,
            self.swept_at, self.trouble, self.trouble_at, mapped, loose,
        )  # fmt: skip


def of_team(session: Session, team_id: int) -> list[Tracker]:
    """The team's trackers, oldest first; no disconnected ones."""
    wanted = select(Tracker).where(Tracker.team_id == team_id, col(Tracker.ended_at).is_(None))
    return list(session.exec(wanted.order_by(col(Tracker.number))))


def connected(session: Session) -> list[Tracker]:
    """All trackers of all teams that are read."""
    wanted = select(Tracker).where(col(Tracker.ended_at).is_(None))
    return list(session.exec(wanted.order_by(col(Tracker.id))))


def of_workspace(session: Session, workspace: str, kind: str) -> list[Tracker]:
    """Those of that kind that the workspace's teams have connected."""
    wanted = select(Tracker).join(Team, col(Team.id) == col(Tracker.team_id))
    wanted = wanted.where(Team.workspace == workspace, Tracker.kind == kind)
    return list(session.exec(wanted.where(col(Tracker.ended_at).is_(None))))


def hold(session: Session, tracker_id: int) -> Tracker | None:
    """That tracker unless it was disconnected, held until this transaction ends."""
    wanted = select(Tracker).where(Tracker.id == tracker_id, col(Tracker.ended_at).is_(None))
    return session.exec(wanted.with_for_update(key_share=True)).first()
