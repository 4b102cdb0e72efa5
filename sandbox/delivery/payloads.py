"""What Slack sends to the app, field by field: commands, interactions, event envelopes."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from sandbox.shapes import Json
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.people import Member
from sandbox.workspace.surfaces import View, view_json
from sandbox.workspace.workspace import Workspace

# The verification token Slack still sends and every app must ignore.
LEGACY_TOKEN = "legacyVerificationTokenIgnoreIt"  # noqa: S105
SPOKEN_NAMES = {"im": "directmessage", "private": "privategroup"}


def team_ids(space: Workspace) -> Json:
    """The ids every view carries."""
    return {"team_id": space.team_id, "app_id": space.app_id, "bot_id": space.bot_id}


def view_payload(space: Workspace, view: View, *, typed: bool = True) -> Json:
    """A view as the app gets it back."""
    return view_json(view, team_ids(space), typed=typed)


def slash(space: Workspace, person: Member, channel: Channel, *, command: str, text: str) -> Json:
    """A slash command's form; the caller adds trigger_id and response_url."""
    return {
        "token": LEGACY_TOKEN,
        "team_id": space.team_id,
        "team_domain": space.domain,
        "channel_id": channel.id,
        "channel_name": SPOKEN_NAMES.get(channel.kind, channel.name),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": space.app_id,
        "is_enterprise_install": "false",
    }


def interaction(space: Workspace, person: Member, kind: str, **fields: Any) -> Json:
    """The frame all interactive payloads share, plus ``fields``."""
    user = {
        "id": person.id,
        "username": person.name,
        "name": person.name,
        "team_id": space.team_id,
    }
    return {
        "type": kind,
        "user": user,
        "api_app_id": space.app_id,
        "token": LEGACY_TOKEN,
        "team": {"id": space.team_id, "domain": space.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }


def place(channel: Channel) -> Json:
    """The ``channel`` object of an interaction."""
    return {"id": channel.id, "name": SPOKEN_NAMES.get(channel.kind, channel.name)}


def in_message(channel: Channel, message: Message) -> Json:
    """Container, channel and (unless ephemeral) message of a click in a message."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found: Json = {"container": container, "channel": place(channel)}
    if message.only_for is None:
        found["message"] = channel.shown(message)
    return found


def in_view(space: Workspace, view: View) -> Json:
    """Container and view of a click in a modal or the Home tab."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_payload(space, view),
    }


def event_envelope(space: Workspace, event: Json, *, at_s: float, event_id: str) -> Json:
    """The event_callback envelope around one event."""
    return {
        "token": LEGACY_TOKEN,
        "team_id": space.team_id,
        "context_team_id": space.team_id,
        "context_enterprise_id": None,
        "api_app_id": space.app_id,
        "event": copy.deepcopy(event),
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(at_s),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": space.team_id,
                "user_id": space.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }


def new_event_id() -> str:
    """An event id as Slack writes them."""
    return f"Ev0{secrets.token_hex(5).upper()}"
