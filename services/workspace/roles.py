"""Who is what in the team: observers, members, leads and admins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import NotFound, Refused
from core.workspace.roles import ROLES
from models import people as table
from models.workspace.audit import TeamEvent
from services import team
from services.desk import Desk, desk
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


def list_leads(lab: Lab, team_id: int) -> Leads:
    """All leads, by how they became it."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        leads = table.leads(session, theirs)
        group = [user for user in theirs.group_members if user in leads]
        listed = [user for user in leads if user not in group]
        return Leads(listed, theirs.leads_group, group)


def roles(lab: Lab, team_id: int) -> Mapping[str, Sequence[str]]:
    """User ids by role, the highest first; members of the leads' group are leads."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        leads = table.leads(session, theirs)
        found: dict[str, list[str]] = {role: [] for role in reversed(ROLES)}
        for row in table.people(session, here.team_id).here():
            by_group = row.role == "member" and row.user_id in leads
            found["lead" if by_group else row.role].append(row.user_id)
        return found


def give(lab: Lab, team_id: int, user_id: str, role: str, *, by: str) -> Given:
    """Give somebody a role; an admin is one in every team. Raises NotAllowed (leads and admins;
    who becomes an admin or is one: admins) and Refused (no such role, the last admin or lead, a
    lead by the user group, owner of open experiments).
    """
    if role not in ROLES:
        raise Refused(f"“{role[:20]}” is no role.", f"There are {', '.join(ROLES)}.")
    with desk(lab, team_id) as here:
        before = here.people.get(user_id).role
        _require_giver(here, by, "give roles", before, role)
        team.member(here.session, here.team, user_id, now=here.now)
        if before != role:
            _require_possible(here, user_id, before, role)
            _set(here, user_id, before, role, by=by)
        return Given(user_id, before, role)


def add_lead(lab: Lab, team_id: int, user_id: str, *, by: str) -> bool:
    """Make somebody a lead; False when they lead already. Raises NotAllowed as `give`."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "add leads")
        team.member(here.session, here.team, user_id, now=here.now)
        before = here.people.get(user_id).role
        changed = before not in ("lead", "admin")
        if changed:
            _set(here, user_id, before, "lead", by=by)
        return changed


def remove_lead(lab: Lab, team_id: int, user_id: str, *, by: str) -> None:
    """Make a listed lead a member again. Raises NotAllowed, NotFound, Refused (the last lead, an
    admin).
    """
    with desk(lab, team_id) as here:
        before = here.people.get(user_id).role
        _require_giver(here, by, "remove leads", before)
        if before not in ("lead", "admin"):
            if user_id in here.team.group_members:
                raise Refused(
                    "They are a lead through the leads' user group.",
                    "Take them out of the group in Slack.",
                )
            raise NotFound("They are not a lead.", "`/exp leads` lists who is.")
        _require_possible(here, user_id, before, "member")
        _set(here, user_id, before, "member", by=by)


def forget_group(lab: Lab, team_id: int, group: str, *, by: str) -> None:
    """Members of that user group are no longer leads by it. Raises NotAllowed, NotFound."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        team.require_lead(session, theirs, by, "remove leads")
        if theirs.leads_group != group:
            raise NotFound("That is not the leads' user group.", "`/exp leads` lists who leads.")
    team.configure(lab, team_id, {"leads_group": ""}, by=by)


def _require_giver(here: Desk, by: str, what: str, *roles: str) -> None:
    """A team's people are its leads' and the admins'; who is admin is the admins' alone."""
    if "admin" in roles:
        team.require_admin(here.session, here.team, by, "say who is an admin")
    else:
        team.require_lead(here.session, here.team, by, what)


def _require_possible(here: Desk, user_id: str, before: str, role: str) -> None:
    session, theirs = here.session, here.team
    leads = role in ("lead", "admin")
    if before == "admin" and table.admins(session, theirs.workspace) == [user_id]:
        raise Refused(
            "They are the last admin; somebody has to be able to change the settings.",
            "Name another one first: `/exp role @name admin`.",
        )
    if not leads and table.leads(session, theirs) == [user_id]:
        raise Refused(
            "They are the last lead; somebody has to be able to decide.",
            "Add another one first: `/exp leads add @name`.",
        )
    mine = experiment.mine(session, theirs, user_id) if role == "observer" else []
    if mine:
        ids = ", ".join(one.id for one in mine[:5])
        raise Refused(
            f"They own {ids}, and an observer owns nothing.",
            f"Give them another owner first: `/exp edit {mine[0].id}`.",
        )


def _set(here: Desk, user_id: str, before: str, role: str, *, by: str) -> None:
    made = TeamEvent(team_id=here.team_id, at=here.now, who=by, what="role", user_id=user_id)
    made.before, made.after = before, role
    here.session.add(made)
    team.set_role(here.session, here.team, user_id, role, now=here.now)
