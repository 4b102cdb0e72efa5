"""The team of a workspace, its channels and its people."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select


class Team(SQLModel, table=True):
    """One AI team; a workspace has one. Channels are Slack ids, empty until set up."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(unique=True)
    name: str = ""
    zone: str = "UTC"
    team_channel: str = ""  # decisions, standups
    leads_channel: str = ""  # proposals, drafts
    alerts_channel: str = ""  # warnings
    digest_channel: str = ""  # the executives' digest
    leads_group: str = ""  # a Slack user group whose members are leads
    group_members: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    group_checked_at: datetime | None = None
    metric_name: str = ""  # headline metric of the digest
    metric_target: float | None = None
    metric_direction: str = "higher"  # higher | lower is better
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    active: bool = True
    created_at: datetime


class Member(SQLModel, table=True):
    """A person of a team, as last seen in Slack. Role: observer | member | lead | admin."""

    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    name: str = ""
    zone: str = ""  # from the Slack profile; empty until known
    zone_override: str = ""
    role: str = "member"
    active: bool = True
    seen_at: datetime | None = None  # when the profile was last read
    home_opened_at: datetime | None = None
    home_shown: str = ""  # fingerprint of the Home tab published last


def of_workspace(session: Session, workspace: str) -> Team | None:
    """The team of that workspace, or None."""
    return session.exec(select(Team).where(Team.workspace == workspace)).first()


def all_active(session: Session) -> list[Team]:
    """Every team whose app is still installed, oldest first."""
    return list(session.exec(select(Team).where(Team.active).order_by(Team.id)))  # type: ignore[arg-type]


def member(session: Session, team_id: int, user_id: str) -> Member | None:
    """That person's row, or None."""
    wanted = select(Member).where(Member.team_id == team_id, Member.user_id == user_id)
    return session.exec(wanted).first()


def names(session: Session, team_id: int) -> dict[str, str]:
    """Display names by user id, of everybody ever seen, in one query."""
    wanted = select(Member.user_id, Member.name).where(Member.team_id == team_id)
    return dict(session.exec(wanted).all())


def zones(session: Session, team_id: int) -> dict[str, str]:
    """Everybody's own zone by user id, chosen or from Slack; "" while unknown; one query."""
    wanted = select(Member.user_id, Member.zone_override, Member.zone)
    found = session.exec(wanted.where(Member.team_id == team_id))
    return {user: own or theirs for user, own, theirs in found}


def members(session: Session, team_id: int) -> list[Member]:
    """Everyone of the team who is still in the workspace, by name."""
    wanted = select(Member).where(Member.team_id == team_id, Member.active)
    return sorted(session.exec(wanted), key=lambda m: (m.name.casefold(), m.user_id))


def gone(session: Session, team_id: int) -> set[str]:
    """User ids of everybody who has left the workspace."""
    left = select(Member.user_id).where(Member.team_id == team_id, col(Member.active).is_(False))
    return set(session.exec(left))


def observers(session: Session, team_id: int) -> set[str]:
    """User ids of everybody who only reads."""
    wanted = select(Member.user_id).where(Member.team_id == team_id, Member.role == "observer")
    return set(session.exec(wanted))


def leads(session: Session, team: Team) -> list[str]:
    """User ids of all who lead: listed leads, admins, and members of the leads' user group who
    are no observers.
    """
    assert team.id is not None
    listed = [m.user_id for m in members(session, team.id) if m.role in ("lead", "admin")]
    out = gone(session, team.id) | observers(session, team.id)
    return list(dict.fromkeys([*listed, *(u for u in team.group_members if u not in out)]))


def admins(session: Session, team: Team) -> list[str]:
    """User ids of the admins who are still in the workspace, by name."""
    assert team.id is not None
    return [m.user_id for m in members(session, team.id) if m.role == "admin"]


def home_readers(session: Session, team_id: int, since: datetime) -> list[Member]:
    """Who of the team has opened the Home tab since then."""
    wanted = select(Member).where(Member.team_id == team_id, Member.active)
    return list(session.exec(wanted.where(col(Member.home_opened_at) > since)))


def hold(session: Session, team_id: int) -> None:
    """Until this transaction ends, nobody else who holds that team goes on."""
    # SQLite holds its one write lock already; there this reads only.
    session.exec(select(Team.id).where(Team.id == team_id).with_for_update(key_share=True)).one()


def next_number(session: Session, numbered: Any, team_id: int) -> int:
    """The number the team's next row of that table gets, from 1; hold the team first."""
    top = select(func.max(numbered.number)).where(numbered.team_id == team_id)
    return int(session.exec(top).one() or 0) + 1
