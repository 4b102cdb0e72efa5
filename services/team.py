"""The team, its people, and who may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.errors import NotAllowed
from core.workspace.settings import CHANNELS
from models import people
from models import team as table
from models.people import Member, Profile
from models.team import Team, Workspace
from services import channels, say, unsent
from services.ports import Lab


@dataclass(frozen=True)
class SlackProfile:
    """A person as Slack describes them. zone: IANA name or empty."""

    user_id: str
    name: str
    zone: str
    active: bool
    bot: bool = False


def workspace(session: Session, slack_id: str, *, now: datetime) -> Workspace:
    """That workspace; a new one when it is seen for the first time."""
    found = table.workspace(session, slack_id)
    if found is None:
        found = Workspace(slack_id=slack_id, created_at=now)
        session.add(found)
        session.flush()
    return found


def begin(session: Session, slack_id: str, name: str = "", *, now: datetime) -> Team:
    """A new team of that workspace, in the workspace's zone."""
    space = workspace(session, slack_id, now=now)
    found = Team(workspace=slack_id, name=name, zone=space.zone or "UTC", created_at=now)
    session.add(found)
    session.flush()
    return found


def profile(session: Session, slack_id: str, user_id: str, *, now: datetime) -> Profile:
    """That person's row; who is new is added and Slack is asked about them."""
    found = people.profile(session, slack_id, user_id)
    if found is None:
        found = Profile(workspace=slack_id, user_id=user_id)
        session.add(found)
        session.flush()
        say.Voice(session, slack_id, now).ask_profile(user_id)
    return found


def member(session: Session, team: Team, user_id: str, *, now: datetime) -> Member:
    """That person's row in the team; who is new becomes a member."""
    profile(session, team.workspace, user_id, now=now)
    found = people.member(session, team.pk, user_id)
    if found is None:
        found = Member(team_id=team.pk, user_id=user_id)
        session.add(found)
        session.flush()
    return found


def set_role(session: Session, team: Team, user_id: str, role: str, *, now: datetime) -> None:
    """Make somebody observer, member or lead of the team, or an admin, who is one everywhere."""
    row = member(session, team, user_id, now=now)
    profile(session, team.workspace, user_id, now=now).admin = role == "admin"
    row.role = "lead" if role == "admin" else role
    session.flush()


def zone_of(session: Session, team: Team, user_id: str) -> str:
    """IANA name of the zone that person lives by: their own choice, Slack's, the team's."""
    return people.people(session, team.pk).get(user_id).zone or team.zone


def is_lead(session: Session, team: Team, user_id: str) -> bool:
    """True for listed leads, members of the leads' user group, and every admin."""
    known = people.people(session, team.pk)
    return user_id in people.leads(session, team) or known.get(user_id).role == "admin"


def may_lead(session: Session, team: Team, user_id: str) -> bool:
    """True for leads, and for anyone while the team has no lead yet."""
    return not people.leads(session, team) or is_lead(session, team, user_id)


def require_lead(session: Session, team: Team, user_id: str, what: str) -> None:
    """Pass for leads, and for anyone while the team has no lead yet. Raises NotAllowed."""
    if not may_lead(session, team, user_id):
        leads = people.leads(session, team)
        names = ", ".join(name_of(session, team, lead) for lead in leads[:3])
        raise NotAllowed(f"Only a lead can {what}.", f"Ask {names}.")


def require_admin(session: Session, team: Team, user_id: str, what: str) -> None:
    """Pass for admins; while there is none, as require_lead does. Raises NotAllowed."""
    admins = people.admins(session, team.workspace)
    if not admins:
        require_lead(session, team, user_id, what)
    elif user_id not in admins:
        who = ", ".join(name_of(session, team, admin) for admin in admins[:3])
        raise NotAllowed(f"Only an admin can {what}.", f"Ask {who}.")


def called(lab: Lab, team_id: int, user_id: str) -> str:
    """Display name, or the id while the profile is unknown."""
    with lab.begin() as session:
        return people.people(session, team_id).name(user_id)


def names(session: Session, team: Team) -> dict[str, str]:
    """Display names of everybody ever seen in the team, by user id; empty while unknown."""
    return {user: one.name for user, one in people.people(session, team.pk).by_id.items()}


def name_of(session: Session, team: Team, user_id: str) -> str:
    """Display name, or the id while the profile is unknown."""
    return people.people(session, team.pk).name(user_id)


def record_profile(lab: Lab, slack_id: str, told: SlackProfile) -> None:
    """Keep what Slack says about a person we know; strangers and bots are left out."""
    now = lab.clock()
    with lab.begin() as session:
        row = people.profile(session, slack_id, told.user_id)
        if not row or told.bot:
            return
        row.name, row.zone, row.active = told.name, told.zone, told.active
        row.seen_at = now
        if told.zone:
            _follow_zone(session, slack_id, told, now)


def _follow_zone(session: Session, slack_id: str, told: SlackProfile, now: datetime) -> None:
    """Until a lead chooses, a team's zone is that of the first person of it we know."""
    space = workspace(session, slack_id, now=now)
    space.zone = space.zone or told.zone
    for team_id in people.teams_of(session, slack_id, told.user_id):
        team = session.get_one(Team, team_id)
        if team.zone == "UTC" and not team.chosen.zone:
            team.zone = told.zone


def record_group(lab: Lab, slack_id: str, group: str, user_ids: Sequence[str]) -> None:
    """Keep the members of a user group that leads teams of that workspace."""
    now = lab.clock()
    with lab.begin() as session:
        for team in _led_by(session, slack_id, group):
            team.group_members, team.group_checked_at = list(user_ids), now
            for user_id in user_ids:
                member(session, team, user_id, now=now)


def change_group(
    lab: Lab, slack_id: str, group: str, *, added: Sequence[str], removed: Sequence[str]
) -> bool:
    """Follow a change of a user group's members; False when it leads no team."""
    with lab.begin() as session:
        led = _led_by(session, slack_id, group)
        if not led:
            return False
        known = [user for team in led for user in team.group_members]
        members = [u for u in dict.fromkeys([*known, *added]) if u not in removed]
    record_group(lab, slack_id, group, members)
    return True


def _led_by(session: Session, slack_id: str, group: str) -> list[Team]:
    teams = table.of_workspace(session, slack_id)
    return [team for team in teams if group and team.leads_group == group]


def set_active(lab: Lab, slack_id: str, *, active: bool) -> None:
    """The app was uninstalled from the workspace, or is there again; all data is kept."""
    with lab.begin() as session:
        space = table.workspace(session, slack_id)
        if space is not None and space.active != active:
            space.active = active


def configure(lab: Lab, team_id: int, settings: Mapping[str, Any], *, by: str) -> Team:
    """Set team columns by name (team_channel, digest_channel, zone, …). Raises NotAllowed, and
    Refused for a channel that is another team's.

    Whoever sets up a team without leads becomes its first lead.
    """
    now = lab.clock()
    with lab.begin() as session:
        team = session.get_one(Team, team_id)
        require_lead(session, team, by, "change the team's settings")
        if settings.get("leads_group", team.leads_group) != team.leads_group:
            team.group_members = []  # until Slack has told who is in the new one
        chosen = [(getattr(team, use), settings[use]) for use in CHANNELS if use in settings]
        for name, value in settings.items():
            setattr(team, name, value)
        channels.settle(session, team)
        unsent.rehouse(session, team, chosen, now)
        if "zone" in settings:
            team.choose(zone="chosen")
        if not people.leads(session, team):
            member(session, team, by, now=now).role = "lead"
        if settings.get("leads_group"):
            say.Voice(session, team.workspace, now).ask_group(settings["leads_group"])
        return team


def chosen_channels(lab: Lab) -> dict[str, str]:
    """The chosen channels by what they are for, of every active team."""
    with lab.begin() as session:
        chosen = {
            f"{use.replace('_', ' ')} of {team.name or team.workspace}": getattr(team, use)
            for team in table.all_active(session)
            for use in CHANNELS
        }
    return {use: channel for use, channel in chosen.items() if channel}


def team_ids(lab: Lab) -> list[int]:
    """Their teams' keys in the database, oldest first."""
    with lab.look() as session:
        return [team.pk for team in table.all_active(session)]
