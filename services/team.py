"""The team, its people, and who may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.errors import NotAllowed
from core.workspace.settings import CHANNELS
from models import team as table
from models.team import Member, Team
from services import say, unsent
from services.ports import Lab


@dataclass(frozen=True)
class Profile:
    """A person as Slack describes them. zone: IANA name or empty."""

    user_id: str
    name: str
    zone: str
    active: bool
    bot: bool = False


def of(session: Session, workspace: str, *, now: datetime) -> Team:
    """The team of that workspace; a new, empty one when it is seen for the first time."""
    found = table.of_workspace(session, workspace)
    if found is None:
        found = Team(workspace=workspace, created_at=now)
        session.add(found)
        session.flush()
    return found


def member(session: Session, team: Team, user_id: str, *, now: datetime) -> Member:
    """That person's row; new people are added and their profile is asked for."""
    found = table.member(session, team.pk, user_id)
    if found is None:
        found = Member(team_id=team.pk, user_id=user_id)
        session.add(found)
        session.flush()
        say.Voice(session, team.workspace, now).ask_profile(user_id)
    return found


def zone_of(session: Session, team: Team, user_id: str) -> str:
    """IANA name of the zone that person lives by: their own choice, Slack's, the team's."""
    return table.people(session, team.pk).get(user_id).zone or team.zone


def is_lead(session: Session, team: Team, user_id: str) -> bool:
    """True for listed leads, admins, and members of the leads' user group."""
    return user_id in table.leads(session, team)


def may_lead(session: Session, team: Team, user_id: str) -> bool:
    """True for leads, and for anyone while the team has no lead yet."""
    leads = table.leads(session, team)
    return not leads or user_id in leads


def require_lead(session: Session, team: Team, user_id: str, what: str) -> None:
    """Pass for leads, and for anyone while the team has no lead yet. Raises NotAllowed."""
    leads = table.leads(session, team)
    if leads and user_id not in leads:
        names = ", ".join(name_of(session, team, lead) for lead in leads[:3])
        raise NotAllowed(f"Only a lead can {what}.", f"Ask {names}.")


def require_admin(session: Session, team: Team, user_id: str, what: str) -> None:
    """Pass for admins; while there is none, as require_lead does. Raises NotAllowed."""
    admins = table.admins(session, team)
    if not admins:
        require_lead(session, team, user_id, what)
    elif user_id not in admins:
        who = ", ".join(name_of(session, team, admin) for admin in admins[:3])
        raise NotAllowed(f"Only an admin can {what}.", f"Ask {who}.")


def is_observer(lab: Lab, workspace: str, user_id: str) -> bool:
    """True for somebody who reads along and changes nothing."""
    with lab.begin() as session:
        team = table.of_workspace(session, workspace)
        found = team and team.id and table.member(session, team.id, user_id)
        return bool(found and found.role == "observer")


def called(lab: Lab, workspace: str, user_id: str) -> str:
    """Display name, or the id while the profile is unknown."""
    with lab.begin() as session:
        return name_of(session, of(session, workspace, now=lab.clock()), user_id)


def names(session: Session, team: Team) -> dict[str, str]:
    """Display names of everybody ever seen in the team, by user id; empty while unknown."""
    return {user: one.name for user, one in table.people(session, team.pk).by_id.items()}


def name_of(session: Session, team: Team, user_id: str) -> str:
    """Display name, or the id while the profile is unknown."""
    return table.people(session, team.pk).name(user_id)


def record_profile(lab: Lab, workspace: str, profile: Profile) -> None:
    """Keep what Slack says about a person we know; strangers and bots are left out."""
    now = lab.clock()
    with lab.begin() as session:
        team = table.of_workspace(session, workspace)
        row = team and team.id and table.member(session, team.id, profile.user_id)
        if not row or profile.bot:
            return
        row.name, row.zone, row.active = profile.name, profile.zone, profile.active
        row.seen_at = now
        assert team is not None
        if team.zone == "UTC" and profile.zone and not team.chosen.zone:
            team.zone = profile.zone  # until a lead chooses, the first person's zone


def record_group(lab: Lab, workspace: str, user_ids: Sequence[str]) -> None:
    """Keep the members of the leads' user group."""
    now = lab.clock()
    with lab.begin() as session:
        team = of(session, workspace, now=now)
        team.group_members, team.group_checked_at = list(user_ids), now
        for user_id in user_ids:
            member(session, team, user_id, now=now)


def change_group(
    lab: Lab, workspace: str, group: str, *, added: Sequence[str], removed: Sequence[str]
) -> bool:
    """Follow a change of a user group's members; False when it is not the leads' group."""
    with lab.begin() as session:
        team = table.of_workspace(session, workspace)
        if team is None or not group or team.leads_group != group:
            return False
        members = [u for u in dict.fromkeys([*team.group_members, *added]) if u not in removed]
    record_group(lab, workspace, members)
    return True


def set_active(lab: Lab, workspace: str, *, active: bool) -> None:
    """The app was uninstalled from the workspace, or is there again; all data is kept."""
    with lab.begin() as session:
        team = table.of_workspace(session, workspace)
        if team is not None:
            team.active = active


def configure(lab: Lab, workspace: str, settings: Mapping[str, Any], *, by: str) -> Team:
    """Set team columns by name (team_channel, digest_channel, zone, …). Raises NotAllowed.

    Whoever sets up a team without leads becomes its first lead. Naming the leads' user group is
    an admin's.
    """
    now = lab.clock()
    with lab.begin() as session:
        team = of(session, workspace, now=now)
        require_lead(session, team, by, "change the team's settings")
        if "leads_group" in settings:
            require_admin(session, team, by, "choose the leads' user group")
        if settings.get("leads_group", team.leads_group) != team.leads_group:
            team.group_members = []  # until Slack has told who is in the new one
        chosen = [(getattr(team, use), settings[use]) for use in CHANNELS if use in settings]
        for name, value in settings.items():
            setattr(team, name, value)
        unsent.rehouse(session, team, chosen, now)
        if "zone" in settings:
            team.choose(zone="chosen")
        if not table.leads(session, team):
            member(session, team, by, now=now).role = "lead"
        if settings.get("leads_group"):
            say.Voice(session, workspace, now).ask_group(settings["leads_group"])
        return team


def channels(lab: Lab) -> dict[str, str]:
    """The chosen channels by what they are for, of every active team."""
    with lab.begin() as session:
        chosen = {
            f"{use.replace('_', ' ')} of {team.name or team.workspace}": getattr(team, use)
            for team in table.all_active(session)
            for use in CHANNELS
        }
    return {use: channel for use, channel in chosen.items() if channel}


def workspaces(lab: Lab) -> list[str]:
    """The workspaces whose app is installed, oldest first: what every job goes through."""
    with lab.look() as session:
        return [team.workspace for team in table.all_active(session)]


def team_ids(lab: Lab) -> list[int]:
    """Their teams' keys in the database, oldest first."""
    with lab.look() as session:
        return [team.pk for team in table.all_active(session)]
