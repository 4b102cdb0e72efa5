"""users.*, usergroups.*, team.info, dnd.info, auth.test: who is there."""

from __future__ import annotations

from sandbox.api.args import Args, page
from sandbox.api.conversations import listed
from sandbox.api.method import TIER_2, TIER_3, TIER_4, Method
from sandbox.office import APP_TOKEN, Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.people import Member


def _shown(office: Office, member: Member) -> Json:
    with_email = "users:read.email" in office.manifest.scopes
    return member.as_user(office.space.team_id, at=office.clock.now(), with_email=with_email)


def _member(office: Office, user_id: str) -> Member:
    member = office.space.members.get(user_id)
    if member is None:
        raise SlackError("user_not_found")
    return member


def users_list(office: Office, args: Args) -> Json:
    """users.list."""
    everyone = list(office.space.members.values())
    shown, cursor = page(everyone, args, default=len(everyone), most=1000)
    return {
        "members": [_shown(office, member) for member in shown],
        "cache_ts": int(office.clock.time()),
        "response_metadata": {"next_cursor": cursor},
    }


def users_info(office: Office, args: Args) -> Json:
    """users.info."""
    return {"user": _shown(office, _member(office, args.text("user")))}


def lookup(office: Office, args: Args) -> Json:
    """users.lookupByEmail."""
    email = args.text("email").lower()
    for member in office.space.members.values():
        if member.email == email and not member.is_bot and not member.deleted:
            return {"user": _shown(office, member)}
    raise SlackError("users_not_found")


def users_conversations(office: Office, args: Args) -> Json:
    """users.conversations: of the bot, or of ``user`` as far as the bot sees them."""
    return listed(office, args, mine=args.text("user") or office.space.bot.id)


def usergroups_list(office: Office, args: Args) -> Json:
    """usergroups.list."""
    with_users = args.flag("include_users")
    team_id = office.space.team_id
    groups = office.space.usergroups.values()
    return {"usergroups": [group.as_json(team_id, with_users=with_users) for group in groups]}


def usergroup_users(office: Office, args: Args) -> Json:
    """usergroups.users.list."""
    group = office.space.usergroups.get(args.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def team_info(office: Office, args: Args) -> Json:
    """team.info."""
    space = office.space
    if args.text("team") not in ("", space.team_id):
        raise SlackError("team_not_found")
    team = {"id": space.team_id, "name": space.team_name, "domain": space.domain}
    return {"team": team | {"email_domain": "example.com", "icon": {}, "url": f"{office.url}/"}}


def dnd_info(office: Office, args: Args) -> Json:
    """dnd.info."""
    member = _member(office, args.text("user") or office.space.bot.id)
    return member.do_not_disturb(office.clock.now())


def auth_test(office: Office, args: Args) -> Json:
    """auth.test, with either token."""
    space = office.space
    if args.text("_token") == APP_TOKEN:
        return {"app_id": space.app_id, "app_name": space.bot.real_name}
    return {
        "url": f"{office.url}/",
        "team": space.team_name,
        "user": space.bot.name,
        "team_id": space.team_id,
        "user_id": space.bot.id,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: Office, args: Args) -> Json:
    """api.test: gives its arguments back, or the error it was asked for."""
    shown = {name: value for name, value in args.values.items() if not name.startswith("_")}
    if args.text("error"):
        raise SlackError(args.text("error"), args=shown)
    return {"args": shown}


def connections_open(office: Office, _: Args) -> Json:
    """apps.connections.open: a single-use WebSocket address."""
    if office.settings.transport != "socket" or not office.sockets.enabled:
        raise SlackError("socket_mode_not_enabled")
    ticket = office.sockets.ticket()
    address = office.url.replace("http://", "ws://")
    return {"url": f"{address}/link?ticket={ticket}&app_id={office.space.app_id}"}


METHODS = {
    "auth.test": Method(auth_test, caller="any"),
    "api.test": Method(api_test, caller="none"),
    "apps.connections.open": Method(connections_open, caller="app"),
    "users.list": Method(users_list, "users:read", TIER_2),
    "users.info": Method(users_info, "users:read", TIER_4),
    "users.lookupByEmail": Method(lookup, "users:read.email", TIER_3),
    "users.conversations": Method(users_conversations, None, TIER_3),
    "usergroups.list": Method(usergroups_list, "usergroups:read", TIER_2),
    "usergroups.users.list": Method(usergroup_users, "usergroups:read", TIER_2),
    "team.info": Method(team_info, "team:read", TIER_3),
    "dnd.info": Method(dnd_info, "dnd:read", TIER_3),
}
