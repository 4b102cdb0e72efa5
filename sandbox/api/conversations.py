"""conversations.*: channels, their members and their history."""

from __future__ import annotations

from sandbox.api.args import Args, page
from sandbox.api.method import TIER_2, TIER_3, TIER_4, Method, need_channel_scope, need_scope
from sandbox.delivery.events import Sending
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import Channel, Message

TYPE_KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im"}
TYPE_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def _seen(office: Office, args: Args) -> Channel:
    """The channel argument, by id, as far as the bot sees it."""
    where = args.needed("channel", "channel_not_found")
    channel = office.space.channels.get(where)
    if channel is None or not office.space.sees(office.space.bot.id, channel):
        raise SlackError("channel_not_found", violation="channel_not_found")
    return channel


def listed(office: Office, args: Args, *, mine: str | None = None) -> Json:
    """conversations.list and users.conversations (``mine`` = that member's channels)."""
    types = args.words("types") or ["public_channel"]
    for kind in types:
        if kind not in TYPE_SCOPES:
            raise SlackError("invalid_types", violation="invalid_types")
        need_scope(office, TYPE_SCOPES[kind])
    wanted = {TYPE_KINDS.get(kind) for kind in types}
    found = [
        channel
        for channel in office.space.channels.values()
        if channel.kind in wanted
        and office.space.sees(office.space.bot.id, channel)
        and (mine is None or mine in channel.members)
        and not (args.flag("exclude_archived") and channel.is_archived)
    ]
    shown, cursor = page(found, args, default=100, most=999)
    return {
        "channels": [channel.as_json(office.space.bot.id) for channel in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def list_all(office: Office, args: Args) -> Json:
    """conversations.list."""
    return listed(office, args)


def info(office: Office, args: Args) -> Json:
    """conversations.info."""
    channel = _seen(office, args)
    need_channel_scope(office, channel, "read")
    shown = channel.as_json(office.space.bot.id)
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(office: Office, args: Args) -> Json:
    """conversations.members."""
    channel = _seen(office, args)
    need_channel_scope(office, channel, "read")
    shown, cursor = page(list(channel.members), args, default=100, most=999)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def open_dm(office: Office, args: Args) -> Json:
    """conversations.open, for a DM with one person."""
    users = args.words("users")
    if args.text("channel"):
        channel = _seen(office, args)
    elif len(users) == 1:
        channel = office.space.open_dm(users[0])
    else:
        error = "users_list_not_supplied" if not users else "method_not_supported_for_mpim"
        raise SlackError(error, violation=error)
    shown = channel.as_json(office.space.bot.id)
    answer = shown if args.flag("return_im") else {"id": channel.id}
    return {"channel": answer, "no_op": True, "already_open": True}


def _readable(office: Office, args: Args) -> Channel:
    channel = _seen(office, args)
    need_channel_scope(office, channel, "history")
    if not office.space.has_bot(channel):
        raise SlackError("not_in_channel", violation="not_in_channel")
    return channel


def _within(found: list[Message], args: Args) -> list[Message]:
    """Messages between oldest and latest (both excluded unless inclusive)."""
    oldest, latest = args.text("oldest", "0"), args.text("latest")
    inclusive = args.flag("inclusive")

    def fits(message: Message) -> bool:
        ts = float(message.ts)
        after = ts > float(oldest) or (inclusive and ts == float(oldest))
        if not latest or latest == "now":
            return after
        return after and (ts < float(latest) or (inclusive and ts == float(latest)))

    try:
        return [message for message in found if fits(message)]
    except ValueError as error:
        raise SlackError("invalid_ts_oldest", violation="invalid_ts_oldest") from error


def _answer(channel: Channel, found: list[Message], args: Args) -> Json:
    shown, cursor = page(found, args, default=100, most=999)
    whole = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [channel.shown(message, with_metadata=whole) for message in shown],
        "has_more": bool(cursor),
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def history(office: Office, args: Args) -> Json:
    """conversations.history: newest first, without replies."""
    channel = _readable(office, args)
    top = [message for message in channel.public() if message.on_top]
    return _answer(channel, list(reversed(_within(top, args))), args) | {"pin_count": 0}


def replies(office: Office, args: Args) -> Json:
    """conversations.replies: the parent, then replies oldest first."""
    channel = _readable(office, args)
    parent = channel.messages.get(args.text("ts"))
    if parent is None or parent.only_for is not None:
        raise SlackError("thread_not_found")
    below = channel.replies(parent.thread_ts or parent.ts)
    root = channel.messages.get(parent.thread_ts or parent.ts, parent)
    return _answer(channel, [root, *_within(below, args)], args)


def join(office: Office, args: Args) -> Json:
    """conversations.join."""
    channel = _seen(office, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    answer: Json = {"channel": channel.as_json(office.space.bot.id)}
    if office.space.has_bot(channel):
        return answer | {"warning": "already_in_channel"}
    enter(office, channel, office.space.bot.id, inviter=None)
    return {"channel": channel.as_json(office.space.bot.id)}


def enter(office: Office, channel: Channel, user_id: str, *, inviter: str | None) -> list[Sending]:
    """Make somebody a member and tell the bot; hands back the sendings."""
    channel.members.append(user_id)
    event: Json = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": office.space.team_id,
        "event_ts": f"{office.clock.time():.6f}",
    }
    if inviter:
        event["inviter"] = inviter
    office.changes.note("member", channel.id)
    return office.events.publish(event, channel)


def invite(office: Office, args: Args) -> Json:
    """conversations.invite."""
    channel = _seen(office, args)
    need_scope(office, "groups:write" if channel.kind == "private" else "channels:manage")
    if not office.space.has_bot(channel):
        raise SlackError("not_in_channel", violation="not_in_channel")
    for user_id in args.words("users"):
        _invitable(office, channel, user_id)
        enter(office, channel, user_id, inviter=office.space.bot.id)
    return {"channel": channel.as_json(office.space.bot.id)}


def _invitable(office: Office, channel: Channel, user_id: str) -> None:
    if user_id not in office.space.members:
        raise SlackError("user_not_found", violation="user_not_found")
    if user_id == office.space.bot.id:
        raise SlackError("cant_invite_self", violation="cant_invite_self")
    if user_id in channel.members:
        raise SlackError("already_in_channel")


METHODS = {
    "conversations.list": Method(list_all, None, TIER_2),
    "conversations.info": Method(info, None, TIER_3),
    "conversations.members": Method(members, None, TIER_4),
    "conversations.open": Method(open_dm, "im:write", TIER_3),
    "conversations.history": Method(history, None, TIER_3),
    "conversations.replies": Method(replies, None, TIER_3),
    "conversations.join": Method(join, "channels:join", TIER_3),
    "conversations.invite": Method(invite, None, TIER_3),
}
