"""The team of a workspace, its channels and its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, Column, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from core import calendar
from core.sprints.sprint import Calendar, Span
from models import db
from models.row import Row
from models.settings import Settings


class Team(Row, table=True):
    """One AI team; a workspace has one. Channels are Slack ids, empty until set up."""

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

    @property
    def chosen(self) -> Settings:
        """What the team has chosen beyond the columns above."""
        return Settings.read(self.settings)

    @property
    def sprints(self) -> Calendar:
        """The team's sprints; two weeks from the Monday of the week it started unless set."""
        kept = self.chosen
        began = self.created_at.astimezone(calendar.zone(self.zone)).date()
        earlier = tuple(
            Span(number, date.fromisoformat(starts), date.fromisoformat(ends))
            for number, (starts, ends) in enumerate(kept.sprint_earlier, start=1)
        )
        first = kept.sprint_from or calendar.monday(began)
        return Calendar(first, kept.sprint_days, earlier)

    def choose(self, **chosen: Any) -> None:
        """Choose these by name; None takes a choice back."""
        self.settings = self.chosen.changed(**chosen).written()


class Member(Row, table=True):
    """A person of a team, as last seen in Slack. Role: observer | member | lead | admin."""

    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

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


@dataclass(frozen=True)
class Person:
    """What is known of one person. own_zone: chosen here; slack_zone: from the profile."""

    user_id: str
    name: str = ""
    own_zone: str = ""
    slack_zone: str = ""
    role: str = "member"
    active: bool = True

    @property
    def zone(self) -> str:
        """The zone that person lives by, "" while unknown."""
        return self.own_zone or self.slack_zone


@dataclass(frozen=True)
class People:
    """A team's people by user id; who was never seen is a member without a name."""

    by_id: Mapping[str, Person]

    def get(self, user_id: str) -> Person:
        """That person, or a stranger."""
        return self.by_id.get(user_id) or Person(user_id)

    def name(self, user_id: str) -> str:
        """Display name, or the id while the profile is unknown."""
        return self.get(user_id).name or user_id

    def here(self) -> list[Person]:
        """Everyone who is still in the workspace, by name."""
        active = [one for one in self.by_id.values() if one.active]
        return sorted(active, key=lambda one: (one.name.casefold(), one.user_id))

    def is_welcome(self, user_id: str) -> bool:
        """False for who has left, and for observers, who take no part."""
        one = self.get(user_id)
        return one.active and one.role != "observer"


def of_workspace(session: Session, workspace: str) -> Team | None:
    """The team of that workspace, or None."""
    wanted = select(Team).where(Team.workspace == workspace)
    return db.once(session, ("team", workspace), lambda: session.exec(wanted).first())


def all_active(session: Session) -> list[Team]:
    """Every team whose app is still installed, oldest first."""
    wanted = select(Team).where(Team.active).order_by(col(Team.id))
    return list(db.once(session, "teams", lambda: session.exec(wanted).all()))


def member(session: Session, team_id: int, user_id: str) -> Member | None:
    """That person's row, or None."""
    wanted = select(Member).where(Member.team_id == team_id, Member.user_id == user_id)
    return session.exec(wanted).first()


def people(session: Session, team_id: int) -> People:
    """Everybody ever seen in the team: read once a transaction, and again after a change."""
    names = ("user_id", "name", "zone_override", "zone", "role", "active")

    def load() -> People:
        columns = [getattr(Member, name) for name in names]
        wanted = sqlalchemy.select(*columns).where(col(Member.team_id) == team_id)
        return People({row.user_id: Person(*row) for row in session.execute(wanted)})

    return db.once(session, ("people", team_id), load, until=Member)


def leads(session: Session, team: Team) -> list[str]:
    """User ids of all who lead: listed leads, admins, and members of the leads' user group who
    are no observers.
    """
    found = people(session, team.pk)
    listed = [one.user_id for one in found.here() if one.role in ("lead", "admin")]
    group = [user for user in team.group_members if found.is_welcome(user)]
    return list(dict.fromkeys([*listed, *group]))


def admins(session: Session, team: Team) -> list[str]:
    """User ids of the admins who are still in the workspace, by name."""
    return [one.user_id for one in people(session, team.pk).here() if one.role == "admin"]


def home_readers(session: Session, team_id: int, since: datetime) -> list[Member]:
    """Who of the team has opened the Home tab since then."""
    wanted = select(Member).where(Member.team_id == team_id, Member.active)
    return list(session.exec(wanted.where(col(Member.home_opened_at) > since)))


def renew(session: Session, team: Team) -> None:
    """The row as it is now, held as by `hold`; who only reads keeps what it has read."""
    if not session.info.get("reads"):
        session.refresh(team, with_for_update={"key_share": True})


def hold(session: Session, team_id: int) -> None:
    """Until this transaction ends, nobody else who holds that team goes on."""
    # SQLite holds its one write lock already; there this reads only.
    session.exec(select(Team.id).where(Team.id == team_id).with_for_update(key_share=True)).one()


def next_number(session: Session, numbered: Any, team_id: int) -> int:
    """The number the team's next row of that table gets, from 1; hold the team first."""
    top = select(func.max(numbered.number)).where(numbered.team_id == team_id)
    return int(session.exec(top).one() or 0) + 1
