"""Who is what in the team: observers, members, leads and admins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.workspace.roles import ROLES
from models import team as table
from models.team import Member, Team
from models.workspace.audit import TeamEvent
from services import team
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab


@dataclass(frozen=True)
class Leads:
    """Who may decide. listed: named one by one; group: a user group's id and its members."""

    listed: Sequence[str]
    group: str
    members: Sequence[str]


@dataclass(frozen=True)
class Given:
    """A role that was given. before == after: they had it already."""

    user: str
    before: str
    after: str


def list_leads(lab: Lab, workspace: str) -> Leads:
    """All leads, by how they became it."""
    with desk(lab, workspace, lock=False) as here:
        session, theirs = here.session, here.team
        leads = table.leads(session, theirs)
        group = [user for user in theirs.group_members if user in leads]
        listed = [user for user in leads if user not in group]
        return Leads(listed, theirs.leads_group, group)


def roles(lab: Lab, workspace: str) -> Mapping[str, Sequence[str]]:
    """User ids by role, the highest first; members of the leads' group are leads."""
    with desk(lab, workspace, lock=False) as here:
        session, theirs = here.session, here.team
        leads = table.leads(session, theirs)
        found: dict[str, list[str]] = {role: [] for role in reversed(ROLES)}
        for row in table.people(session, here.team_id).here():
            by_group = row.role == "member" and row.user_id in leads
            found["lead" if by_group else row.role].append(row.user_id)
        return found


def give(lab: Lab, workspace: str, user_id: str, role: str, *, by: str) -> Given:
    """Give somebody a role. Raises NotAllowed (admins; leads while there is no admin) and Refused
    (no such role, the last admin or lead, a lead by the user group, owner of open experiments).
    """
    if role not in ROLES:
        raise Refused(f"“{role[:20]}” is no role.", f"There are {', '.join(ROLES)}.")
    with desk(lab, workspace) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "give roles")
        row = team.member(session, theirs, user_id, now=now)
        before = row.role
        if before != role:
            _require_possible(session, theirs, row, role)
            _set(session, row, role, by=by, at=now)
        return Given(user_id, before, role)


def add_lead(lab: Lab, workspace: str, user_id: str, *, by: str) -> bool:
    """Make somebody a lead; False when they lead already. Raises NotAllowed as `give`."""
    with desk(lab, workspace, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "add leads")
        row = team.member(session, theirs, user_id, now=now)
        changed = row.role not in ("lead", "admin")
        if changed:
            _set(session, row, "lead", by=by, at=now)
        return changed


def remove_lead(lab: Lab, workspace: str, user_id: str, *, by: str) -> None:
    """Make a listed lead a member again. Raises NotAllowed, NotFound, Refused (the last lead, an
    admin).
    """
    with desk(lab, workspace) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "remove leads")
        row = team.member(session, theirs, user_id, now=now)
        if row.role not in ("lead", "admin"):
            if user_id in theirs.group_members:
                raise Refused(
                    "They are a lead through the leads' user group.",
                    "Take them out of the group in Slack.",
                )
            raise NotFound("They are not a lead.", "`/exp leads` lists who is.")
        _require_possible(session, theirs, row, "member")
        _set(session, row, "member", by=by, at=now)


def forget_group(lab: Lab, workspace: str, group: str, *, by: str) -> None:
    """Members of that user group are no longer leads by it. Raises NotAllowed, NotFound."""
    with desk(lab, workspace, lock=False) as here:
        session, theirs = here.session, here.team
        team.require_admin(session, theirs, by, "remove leads")
        if theirs.leads_group != group:
            raise NotFound("That is not the leads' user group.", "`/exp leads` lists who leads.")
    team.configure(lab, workspace, {"leads_group": ""}, by=by)


def _require_possible(session: Session, theirs: Team, row: Member, role: str) -> None:
    leads = role in ("lead", "admin")
    if row.role == "admin" and table.admins(session, theirs) == [row.user_id]:
        raise Refused(
            "They are the last admin; somebody has to be able to change the settings.",
            "Name another one first: `/exp role @name admin`.",
        )
    if not leads and table.leads(session, theirs) == [row.user_id]:
        raise Refused(
            "They are the last lead; somebody has to be able to decide.",
            "Add another one first: `/exp leads add @name`.",
        )
    mine = experiment.mine(session, theirs, row.user_id) if role == "observer" else []
    if mine:
        ids = ", ".join(one.id for one in mine[:5])
        raise Refused(
            f"They own {ids}, and an observer owns nothing.",
            f"Give them another owner first: `/exp edit {mine[0].id}`.",
        )


def _set(session: Session, row: Member, role: str, *, by: str, at: datetime) -> None:
    made = TeamEvent(team_id=row.team_id, at=at, who=by, what="role", user_id=row.user_id)
    made.before, made.after = row.role, role
    session.add(made)
    row.role = role
    session.flush()
