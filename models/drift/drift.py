"""Watched sources: the reference of each, what was pushed, and episodes of drift by feature."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from core.drift.source import Drifted
from models.row import Row


class DriftSource(Row, table=True):
    """A data set whose inputs are watched. profile: the reference's counts by column.

    key: the name for comparing. reference_*: of the push that is the reference.
    """

    __table_args__ = (UniqueConstraint("team_id", "key"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    name: str
    key: str
    profile: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    reference_at: datetime
    reference_by: str
    reference_sha256: str
    created_at: datetime


class DriftPush(Row, table=True):
    """One profile that came in, and its verdicts; the pushes of role reference are its audit.

    at: when its rows are from; received_at: when it came. columns, document: the verdicts by
    section 3.3 and by the source document, worst first. against: sha256 of the reference.
    """

    source_id: int = Field(foreign_key="driftsource.id", index=True)
    role: str  # reference | current
    at: datetime = Field(index=True)
    received_at: datetime
    by: str
    rows: int
    sha256: str = Field(index=True)
    against: str = ""
    status: str = ""
    columns: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    document: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    added: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    outcome: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


class DriftEpisode(Row, table=True):
    """One feature's drift from the first ALERT until two pushes in a row are OK.

    push_id: the push that opened it; the alarm it was told in covers all of that push. told: the
    alarm's outbox key, empty while no channel was set up. oks: OK pushes in a row so far.
    """

    source_id: int = Field(foreign_key="driftsource.id", index=True)
    push_id: int = Field(foreign_key="driftpush.id", index=True)
    feature: str
    opened_at: datetime
    last_at: datetime
    psi: float | None = None
    reason: str = ""
    alerts: int = 1
    oks: int = 0
    state: str = Field(default="open", index=True)  # open | recovered | ended
    ended_at: datetime | None = None
    told: str = ""

    def as_value(self, source: str) -> Drifted:
        """The episode as a value. source: its name."""
        return Drifted(
            source=source,
            feature=self.feature,
            since=self.opened_at,
            last=self.last_at,
            psi=self.psi,
            reason=self.reason,
            state=self.state,
            alerts=self.alerts,
            ended=self.ended_at,
        )


def source(session: Session, team_id: int, name: str) -> DriftSource | None:
    """The team's source of that name, or None."""
    wanted = select(DriftSource).where(
        DriftSource.team_id == team_id, DriftSource.key == name.casefold()
    )
    return session.exec(wanted).first()


def sources(session: Session, team_id: int) -> list[DriftSource]:
    """The team's sources by name."""
    wanted = select(DriftSource).where(DriftSource.team_id == team_id)
    return list(session.exec(wanted.order_by(col(DriftSource.key))))


def watched_since(session: Session, team_id: int) -> datetime | None:
    """When the team's first source was pushed, or None; reads no profile."""
    wanted = select(DriftSource.created_at).where(DriftSource.team_id == team_id)
    return session.exec(wanted.order_by(col(DriftSource.created_at)).limit(1)).first()


def taken(session: Session, source_id: int, sha256: str) -> DriftPush | None:
    """The newest push of exactly that, or None."""
    wanted = select(DriftPush).where(DriftPush.source_id == source_id, DriftPush.sha256 == sha256)
    return session.exec(wanted.order_by(col(DriftPush.id).desc()).limit(1)).first()


def last_current(session: Session, source_id: int) -> DriftPush | None:
    """The judged push with the newest rows, or None."""
    wanted = select(DriftPush).where(DriftPush.source_id == source_id, DriftPush.role == "current")
    wanted = wanted.order_by(col(DriftPush.at).desc(), col(DriftPush.id).desc())
    return session.exec(wanted.limit(1)).first()


def last_heard(session: Session, source_id: int) -> datetime | None:
    """When anything was pushed to the source last."""
    wanted = select(DriftPush).where(DriftPush.source_id == source_id)
    found = session.exec(wanted.order_by(col(DriftPush.received_at).desc()).limit(1)).first()
    return found.received_at if found else None


def open_of(session: Session, source_id: int) -> list[DriftEpisode]:
    """The source's open episodes, oldest first."""
    wanted = select(DriftEpisode).where(
        DriftEpisode.source_id == source_id, DriftEpisode.state == "open"
    )
    return list(session.exec(wanted.order_by(col(DriftEpisode.id))))


def raised_by(session: Session, push_id: int) -> list[DriftEpisode]:
    """All episodes that a push opened, in order."""
    wanted = select(DriftEpisode).where(DriftEpisode.push_id == push_id)
    return list(session.exec(wanted.order_by(col(DriftEpisode.id))))


def open_of_team(session: Session, team_id: int) -> list[Drifted]:
    """The team's features that drift now, the oldest first."""
    wanted = (
        select(DriftSource.name, DriftEpisode)
        .where(
            DriftSource.team_id == team_id,
            DriftEpisode.source_id == DriftSource.id,
            DriftEpisode.state == "open",
        )
        .order_by(col(DriftEpisode.id))
    )
    return [episode.as_value(source) for source, episode in session.exec(wanted)]


def checks_between(session: Session, team_id: int, start: datetime, end: datetime) -> int:
    """How many pushes of the team's sources were judged from start until end."""
    wanted = (
        select(func.count())
        .select_from(DriftPush)
        .join(DriftSource, col(DriftPush.source_id) == DriftSource.id)
        .where(
            DriftSource.team_id == team_id,
            DriftPush.role == "current",
            DriftPush.received_at >= start,
            DriftPush.received_at < end,
        )
    )
    return session.exec(wanted).one()


def judged_since(session: Session, source_id: int, since: datetime) -> list[DriftPush]:
    """The source's judged pushes whose rows are from that moment on, oldest first."""
    wanted = select(DriftPush).where(
        DriftPush.source_id == source_id, DriftPush.role == "current", col(DriftPush.at) >= since
    )
    return list(session.exec(wanted.order_by(col(DriftPush.at), col(DriftPush.id))))
