"""What Slack tells about people and about the app itself."""

from typing import Any

from handlers.ask import Ask, Reply, Routes
from services import outbox, team
from services.ports import Lab


def profile_changed(lab: Lab, ask: Ask) -> Reply:
    """user_change, team_join: name, zone or account state of somebody."""
    user = ask.event.get("user")
    if isinstance(user, dict) and user.get("id"):
        team.record_profile(lab, ask.workspace, profile_of(user))
    return Reply()


def profile_of(user: dict[str, Any]) -> team.SlackProfile:
    """A Slack user object as services/team knows people."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or user.get("name") or ""
    return team.SlackProfile(
        user_id=user["id"],
        name=name,
        zone=user.get("tz") or "",
        active=not user.get("deleted", False),
        bot=bool(user.get("is_bot")),
    )


def group_changed(lab: Lab, ask: Ask) -> Reply:
    """subteam_members_changed: people came into or left a user group."""
    changed = ask.event
    team.change_group(
        lab,
        ask.workspace,
        changed.get("subteam_id", ""),
        added=changed.get("added_users") or [],
        removed=changed.get("removed_users") or [],
    )
    return Reply()


def uninstalled(lab: Lab, ask: Ask) -> Reply:
    """app_uninstalled, tokens_revoked (of the bot): jobs leave the team alone, data is kept."""
    revoked = ask.event.get("tokens")
    if revoked is None or revoked.get("bot"):
        team.set_active(lab, ask.workspace, active=False)
    return Reply()


def joined(lab: Lab, ask: Ask) -> Reply:
    """member_joined_channel: Slack tells of channels the app is in, so what waits there may go."""
    outbox.look_again(lab, ask.workspace, ask.channel)
    return Reply()


ROUTES = Routes(
    events={
        "user_change": (profile_changed,),
        "team_join": (profile_changed,),
        "subteam_members_changed": (group_changed,),
        "app_uninstalled": (uninstalled,),
        "tokens_revoked": (uninstalled,),
        "member_joined_channel": (joined,),
    },
)
