"""The people of a workspace and what they are in a team."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field, Session, col, select

from models import db, every
from models.row import Row
from models.team import Team, Workspace


class Profile(Row, table=True):
    """A person of a workspace, as last seen in Slack. admin: of the whole workspace.

    team_id: the team that was chosen last where the channel does not say which is meant.
    country: whose public holidays they have, "" follows the zone, "none", `DE` or `DE-BE`.
    nudges: they are reminded of an answer they owe.
    """

    __table_args__ = (UniqueConstraint("workspace", "user_id"),)

    workspace: str
    user_id: str = Field(index=True)
    name: str = ""
    zone: str = ""  # from the Slack profile; empty until known
    zone_override: str = ""
    country: str = Field(default="", sa_column_kwargs={"server_default": ""})
    nudges: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    admin: bool = False
    active: bool = True
    team_id: int | None = Field(default=None, foreign_key="team.id")
    seen_at: datetime | None = None  # when the profile was last read
    home_opened_at: datetime | None = None
    home_shown: str = ""  # fingerprint of the Home tab published last


class Member(Row, table=True):
    """Somebody of a team. Role: observer | member | lead."""

    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    role: str = "member"


@dataclass(frozen=True)
class Person:
    """What is known of one person. own_zone: chosen here; slack_zone: from the profile. country,
    nudges: as in Profile.

    role: in the team, observer | member | lead; an admin's is admin everywhere.
    """

    user_id: str
    name: str = ""
    own_zone: str = ""
    slack_zone: str = ""
    role: str = "member"
    active: bool = True
    country: str = ""
    nudges: bool = True

    @property
    def zone(self) -> str:
        """The zone that person lives by, "" while unknown."""
        return self.own_zone or self.slack_zone


@dataclass(frozen=True)
class People:
    """A team's people by user id. stranger: anybody else, who is a member without a name while
    nothing is known.
    """

    by_id: Mapping[str, Person]
    stranger: Callable[[str], Person] = Person

    def get(self, user_id: str) -> Person:
        """That person, or a stranger."""
        return self.by_id.get(user_id) or self.stranger(user_id)

    def name(self, user_id: str) -> str:
        """Display name, or the id while the profile is unknown."""
        return self.get(user_id).name or user_id

    def here(self) -> list[Person]:
        """Everyone of the team who is still in the workspace, by name."""
        active = [one for one in self.by_id.values() if one.active]
        return sorted(active, key=lambda one: (one.name.casefold(), one.user_id))

    def is_welcome(self, user_id: str) -> bool:
        """False for who has left, and for observers, who take no part."""
        one = self.get(user_id)
        return one.active and one.role != "observer"


def profile(session: Session, workspace: str, user_id: str) -> Profile | None:
    """That person's row, or None."""
    wanted = select(Profile).where(Profile.workspace == workspace, Profile.user_id == user_id)
    return session.exec(wanted).first()


def member(session: Session, team_id: int, user_id: str) -> Member | None:
    """That person's row in the team, or None."""
    wanted = select(Member).where(Member.team_id == team_id, Member.user_id == user_id)
    return session.exec(wanted).first()


def roles_in(session: Session, team_id: int) -> dict[str, str]:
    """The role of everybody of the team, by user id."""
    wanted = select(Member.user_id, Member.role).where(Member.team_id == team_id)
    return dict(session.exec(wanted.order_by(col(Member.id))).all())


def teams_of(
    session: Session, workspace: str, user_id: str, *, ever: bool = False
) -> dict[int, str]:
    """That person's role by the id of each team they are in; ever: archived ones too."""
    wanted = select(Member.team_id, Member.role).join(Team, col(Team.id) == col(Member.team_id))
    theirs = wanted.where(Team.workspace == workspace, Member.user_id == user_id)
    if not ever:
        theirs = theirs.where(col(Team.archived_at).is_(None))
    return dict(session.exec(theirs.order_by(col(Team.id))).all())


def by_team(session: Session, workspace: str) -> dict[int, dict[str, Person]]:
    """Everybody of each team who is still in the workspace, by the team's id and their own; an
    admin with the role they have in the team.
    """
    known = (col(Profile.user_id) == col(Member.user_id)) & (Profile.workspace == workspace)
    wanted = sqlalchemy.select(col(Member.team_id), col(Member.role), *_KNOWN).join(Profile, known)
    theirs = wanted.join(Team, col(Team.id) == col(Member.team_id))
    found: dict[int, dict[str, Person]] = {}
    rows = session.execute(theirs.where(col(Team.workspace) == workspace, col(Profile.active)))
    for row in rows:
        person = Person(row.user_id, row.name, row.zone_override, row.zone, row.role)
        found.setdefault(row.team_id, {})[row.user_id] = person
    return found


_KNOWN = (
    col(Profile.user_id),
    col(Profile.name),
    col(Profile.zone_override),
    col(Profile.zone),
    col(Profile.admin),
    col(Profile.active),
    col(Profile.country),
    col(Profile.nudges),
)


def people(session: Session, team_id: int) -> People:
    """Everybody of the team: read once a transaction, and again after a change."""
    return every.of_each(
        session, "people", team_id,
        lambda: db.once(
            session, ("people", team_id), lambda: _of(session, team_id, _read(session, team_id)),
            until=(Member, Profile),
        ),
        lambda: {pk: _of(session, pk, rows) for pk, rows in _read_all(session).items()},
    )  # fmt: skip


_Rows = Sequence[sqlalchemy.Row[Any]]
_BOTH = sqlalchemy.select(col(Member.team_id), col(Member.role), *_KNOWN).join(
    Profile, col(Profile.user_id) == col(Member.user_id)
)


def _read(session: Session, team_id: int) -> _Rows:
    workspace = select(Team.workspace).where(Team.id == team_id).scalar_subquery()
    theirs = _BOTH.where(col(Profile.workspace) == workspace, col(Member.team_id) == team_id)
    return session.execute(theirs).all()


def _read_all(session: Session) -> dict[int, _Rows]:
    same = col(Team.workspace) == col(Profile.workspace)
    rows = session.execute(_BOTH.join(Team, (col(Team.id) == col(Member.team_id)) & same))
    found = every.by(lambda row: int(row.team_id), rows)
    return {pk: found[pk] for pk in session.exec(select(Team.id)) if pk is not None}


def _of(session: Session, team_id: int, rows: _Rows) -> People:
    known = {row.user_id: _person(row, row.role) for row in rows}
    return People(known, _strangers(session, team_id))


def _person(row: sqlalchemy.Row[tuple[object, ...]], role: str) -> Person:
    role = "admin" if row.admin else role
    zones = (row.zone_override, row.zone)
    return Person(row.user_id, row.name, *zones, role, row.active, row.country, row.nudges)


def _strangers(session: Session, team_id: int) -> Callable[[str], Person]:
    """Knows the rest of the workspace, which is read once somebody asks for one of them."""

    @cache
    def everybody() -> Mapping[str, Person]:
        same = col(Profile.workspace) == col(Team.workspace)
        wanted = sqlalchemy.select(*_KNOWN).join(Team, same).where(col(Team.id) == team_id)
        return {row.user_id: _person(row, "member") for row in session.execute(wanted)}

    return lambda user_id: everybody().get(user_id) or Person(user_id)


def leads(session: Session, team: Team) -> list[str]:
    """User ids of all who lead: listed leads, admins of the team, and members of the leads' user
    group who are no observers.
    """
    found = people(session, team.pk)
    listed = [one.user_id for one in found.here() if one.role in ("lead", "admin")]
    group = [user for user in team.group_members if found.is_welcome(user)]
    return list(dict.fromkeys([*listed, *group]))


def admins(session: Session, workspace: str) -> list[str]:
    """User ids of the workspace's admins who are still in it, by name."""
    wanted = select(Profile).where(Profile.workspace == workspace, Profile.admin, Profile.active)
    found = session.exec(wanted).all()
    return [
        row.user_id for row in sorted(found, key=lambda one: (one.name.casefold(), one.user_id))
    ]


def sizes(session: Session, workspace: str) -> dict[int, int]:
    """How many people each team of the workspace has, by its id; those who have left not."""
    there = (col(Profile.user_id) == col(Member.user_id)) & (col(Profile.workspace) == workspace)
    wanted = sqlalchemy.select(col(Member.team_id), sqlalchemy.func.count())
    counted = wanted.join(Profile, there).where(col(Profile.active)).group_by(col(Member.team_id))
    return {team_id: count for team_id, count in session.execute(counted)}


def home_workspaces(session: Session, since: datetime) -> list[str]:
    """Where somebody has opened the Home tab since then, and the app is installed."""
    wanted = select(Profile.workspace).join(
        Workspace, col(Workspace.slack_id) == Profile.workspace
    )
    lately = wanted.where(Workspace.active, Profile.active, col(Profile.home_opened_at) > since)
    return list(session.exec(lately.distinct().order_by(col(Profile.workspace))))


def home_readers(session: Session, workspace: str, since: datetime) -> list[Profile]:
    """Who of the workspace has opened the Home tab since then."""
    wanted = select(Profile).where(Profile.workspace == workspace, Profile.active)
    return list(session.exec(wanted.where(col(Profile.home_opened_at) > since)))
