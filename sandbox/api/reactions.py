"""reactions.*: adding, removing, reading."""

from __future__ import annotations

import re

from sandbox.api.args import Args
from sandbox.api.method import TIER_2, TIER_3, Method
from sandbox.delivery.events import Sending
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import Channel, Message

NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _item(office: Office, args: Args) -> tuple[Channel, Message]:
    channel = office.space.channels.get(args.text("channel"))
    if channel is None or not office.space.sees(office.space.bot.id, channel):
        raise SlackError("channel_not_found", violation="channel_not_found")
    message = channel.messages.get(args.text("timestamp"))
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    if not office.space.has_bot(channel):
        raise SlackError("not_in_channel", violation="not_in_channel")
    return channel, message


def react(
    office: Office, channel: Channel, message: Message, *, user_id: str, name: str
) -> list[Sending]:
    """Put a reaction under a message; refuses a second one of the same person."""
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name", violation="invalid_name")
    reactions = message.body.setdefault("reactions", [])
    entry = next((one for one in reactions if one["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    if user_id in entry["users"]:
        raise SlackError("already_reacted")
    entry["users"].append(user_id)
    entry["count"] = len(entry["users"])
    return _announce(office, channel, message, kind="added", user_id=user_id, name=name)


def unreact(
    office: Office, channel: Channel, message: Message, *, user_id: str, name: str
) -> list[Sending]:
    """Take a reaction back."""
    reactions = message.body.get("reactions", [])
    entry = next((one for one in reactions if one["name"] == name), None)
    if entry is None or user_id not in entry["users"]:
        raise SlackError("no_reaction")
    entry["users"].remove(user_id)
    entry["count"] = len(entry["users"])
    message.body["reactions"] = [one for one in reactions if one["users"]]
    if not message.body["reactions"]:
        del message.body["reactions"]
    return _announce(office, channel, message, kind="removed", user_id=user_id, name=name)


def _announce(office: Office, channel: Channel, message: Message, **fact: str) -> list[Sending]:
    office.changes.note("message", channel.id)
    event: Json = {
        "type": f"reaction_{fact['kind']}",
        "user": fact["user_id"],
        "reaction": fact["name"],
        "item_user": message.body.get("user"),
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "event_ts": f"{office.clock.time():.6f}",
    }
    return office.events.publish(event, channel)


def add(office: Office, args: Args) -> Json:
    """reactions.add."""
    channel, message = _item(office, args)
    react(office, channel, message, user_id=office.space.bot.id, name=args.text("name"))
    return {}


def remove(office: Office, args: Args) -> Json:
    """reactions.remove."""
    channel, message = _item(office, args)
    unreact(office, channel, message, user_id=office.space.bot.id, name=args.text("name"))
    return {}


def get(office: Office, args: Args) -> Json:
    """reactions.get."""
    channel, message = _item(office, args)
    return {"type": "message", "channel": channel.id, "message": channel.shown(message)}


METHODS = {
    "reactions.add": Method(add, "reactions:write", TIER_3),
    "reactions.remove": Method(remove, "reactions:write", TIER_2),
    "reactions.get": Method(get, "reactions:read", TIER_3),
}
