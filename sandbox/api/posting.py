"""Messages of the bot: the checks Slack makes, keeping them, telling the bot about them."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import Any

from sandbox.blocks.rules import MESSAGE_CHARACTERS, characters, message_errors, mrkdwn_texts
from sandbox.blocks.storing import stored
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.text import unescaped

TEXT_CHARACTERS = 40_000
METADATA_BYTES = 16_000
MAX_ATTACHMENTS = 100


@dataclass(frozen=True)
class Draft:
    """What the bot wants to say."""

    text: str = ""
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    username: str = ""
    icon_url: str = ""


def check(office: Office, draft: Draft, *, what: str) -> None:
    """Refuse what Slack would refuse; note what it would only let pass badly."""
    if not (draft.text or draft.blocks or draft.attachments):
        raise SlackError("no_text", violation="no_text")
    if len(draft.text) > TEXT_CHARACTERS:
        raise SlackError("msg_too_long", violation="msg_too_long")
    if len(draft.attachments or []) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments", violation="too_many_attachments")
    if office.strict and draft.blocks:
        _check_blocks(office, draft.blocks)
    _check_metadata(draft.metadata)
    if not draft.text:
        office.refused("missing_text", method=what)
    for text in (draft.text, *mrkdwn_texts(draft.blocks or [])):
        if stray := unescaped(text):
            office.refused("unescaped_text", method=what, near=stray)


def _check_blocks(office: Office, blocks: list[Json]) -> None:
    ready = frozenset(file.id for file in office.space.files.values() if file.ready)
    if errors := message_errors(blocks, ready):
        raise SlackError(
            "invalid_blocks",
            violation="invalid_blocks",
            errors=[error.removeprefix("[ERROR] ") for error in errors],
            response_metadata={"messages": errors},
        )
    if characters(blocks) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long", violation="msg_blocks_too_long")


def _check_metadata(metadata: Json | None) -> None:
    if metadata is None:
        return
    payload = metadata.get("event_payload")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format", violation="invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large", violation="metadata_too_large")


def check_thread(office: Office, channel: Channel, thread_ts: str | None) -> None:
    """Slack takes any thread_ts; one that is nobody's, or a reply's, loses the message."""
    if thread_ts is None:
        return
    parent = channel.messages.get(thread_ts)
    if parent is None:
        office.refused("unknown_thread", channel=channel.id, thread_ts=thread_ts)
    elif parent.is_reply:
        office.refused("thread_of_a_reply", channel=channel.id, thread_ts=thread_ts)


def post(office: Office, channel: Channel, draft: Draft, **extra: Any) -> Message:
    """A new message of the bot in ``channel``; ``extra`` goes into the message."""
    ts = channel.next_ts(office.clock.time())
    body = _body(office, ts, draft) | extra
    if draft.broadcast and draft.thread_ts:
        parent = channel.messages.get(draft.thread_ts)
        body |= {"subtype": "thread_broadcast", "root": parent.body if parent else None}
    message = channel.add(ts, body)
    office.changes.note("message", channel.id)
    office.events.message(channel, body)
    return message


def whisper(office: Office, channel: Channel, draft: Draft, *, user_id: str) -> Message:
    """An ephemeral message of the bot: only its addressee sees it, no event."""
    ts = channel.next_ts(office.clock.time())
    message = channel.add(ts, _body(office, ts, draft), only_for=user_id)
    office.changes.note("message", channel.id, user_id)
    return message


def rewrite(office: Office, channel: Channel, message: Message, draft: Draft) -> None:
    """Replace a message's content; text without blocks removes the blocks, as in Slack."""
    before = channel.shown(message)
    for key in ("blocks", "attachments"):
        message.body.pop(key, None)
    message.body |= _content(draft)
    office.changes.note("message", channel.id, message.only_for)
    if message.only_for is not None:
        return
    if not draft.blocks:
        edited_ts = channel.next_ts(office.clock.time())
        message.body["edited"] = {"user": office.space.bot.id, "ts": edited_ts}
    announce_change(office, channel, message, before)


def announce_change(office: Office, channel: Channel, message: Message, before: Json) -> Any:
    """Send message_changed; hands back the sendings."""
    ts = channel.next_ts(office.clock.time())
    return office.events.changed(channel, channel.shown(message), before, ts=ts)


def remove(office: Office, channel: Channel, message: Message) -> Any:
    """Delete a message; one with replies stays as a tombstone. Hands back the sendings."""
    before = channel.shown(message)
    office.changes.note("message", channel.id, message.only_for)
    if message.only_for is None and channel.replies(message.ts):
        message.body = {
            "type": "message",
            "subtype": "tombstone",
            "user": "USLACKBOT",
            "hidden": True,
            "ts": message.ts,
            "text": "This message was deleted.",
            "team": office.space.team_id,
        }
        return announce_change(office, channel, message, before)
    del channel.messages[message.ts]
    if message.only_for is not None:
        return []
    return office.events.deleted(channel, before, ts=channel.next_ts(office.clock.time()))


def _body(office: Office, ts: str, draft: Draft) -> Json:
    body: Json = {"type": "message", "ts": ts, **_author(office, draft), **_content(draft)}
    if draft.thread_ts:
        body["thread_ts"] = draft.thread_ts
    return body


def _author(office: Office, draft: Draft) -> Json:
    """Who a message says it is from; without its scope Slack leaves another name out, silently."""
    if not (draft.username or draft.icon_url):
        return office.space.bot_author()
    if "chat:write.customize" not in office.manifest.scopes:
        office.refused("ignored_author", needed="chat:write.customize", username=draft.username)
        return office.space.bot_author()
    if draft.icon_url and not draft.icon_url.startswith("https://"):
        office.refused("bad_icon_url", icon_url=draft.icon_url)
    return office.space.signed_author(draft.username or office.space.bot.name, draft.icon_url)


def _content(draft: Draft) -> Json:
    content: Json = {"text": draft.text}
    if draft.blocks:
        content["blocks"] = stored(draft.blocks)
    if draft.attachments:
        content["attachments"] = copy.deepcopy(draft.attachments)
    if draft.metadata is not None:
        content["metadata"] = copy.deepcopy(draft.metadata)
    return content
