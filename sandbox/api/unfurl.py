"""chat.unfurl: what an app shows below links on its hosts."""

from __future__ import annotations

import html
from typing import Any

from sandbox.api import posting
from sandbox.api.args import Args
from sandbox.api.method import TIER_3, Method
from sandbox.blocks.rules import message_errors
from sandbox.blocks.storing import stored
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import Channel, Message


def unfurl(office: Office, args: Args) -> Json:
    """chat.unfurl, of a posted message (docs.slack.dev/reference/methods/chat.unfurl)."""
    channel, message = _place(office, args)
    unfurls = args.json("unfurls", "invalid_unfurls_format")
    if not unfurls:
        raise SlackError("missing_unfurls", violation="missing_unfurls")
    if not isinstance(unfurls, dict):
        raise SlackError("invalid_unfurls_format", violation="invalid_unfurls_format")
    said = html.unescape(str(message.body.get("text", "")))
    shown = [_attachment(office, said, url, card) for url, card in unfurls.items()]
    before = channel.shown(message)
    others = [a for a in message.body.get("attachments", []) if a.get("from_url") not in unfurls]
    message.body["attachments"] = [*others, *shown]
    office.changes.note("message", channel.id)
    posting.announce_change(office, channel, message, before)
    return {}


def _place(office: Office, args: Args) -> tuple[Channel, Message]:
    by_id = args.text("unfurl_id") or args.text("source")
    channel_id, ts = args.text("channel"), args.text("ts")
    if by_id:
        if not (args.text("unfurl_id") and args.text("source")):
            raise SlackError("invalid_arguments", violation="invalid_arguments")
        channel_id, _, ts = by_id.partition(".")
    if not channel_id:
        raise SlackError("missing_channel", violation="missing_channel")
    if not ts:
        raise SlackError("missing_ts", violation="missing_ts")
    channel = office.space.channels.get(channel_id)
    if channel is None:
        raise SlackError("cannot_find_channel", violation="cannot_find_channel")
    message = channel.messages.get(ts)
    if message is None or message.body.get("subtype") == "tombstone":
        raise SlackError("cannot_unfurl_message")  # deleted meanwhile: not the bot's fault
    return channel, message


def _attachment(office: Office, said: str, url: str, card: Any) -> Json:
    if url not in said:
        raise SlackError("cannot_unfurl_url", violation="cannot_unfurl_url")
    if not isinstance(card, dict) or set(card) - {"blocks", "preview", "text", "title", "color"}:
        raise SlackError("cannot_parse_attachment", violation="cannot_parse_attachment")
    blocks = card.get("blocks", [])
    if office.strict and (errors := message_errors(blocks)):
        raise SlackError(
            "invalid_blocks", violation="invalid_blocks", response_metadata={"messages": errors}
        )
    own = {**card, "blocks": stored(blocks), "from_url": url, "app_unfurl_url": url}
    return {**own, "is_app_unfurl": True, "bot_id": office.space.bot_id}


_AUTH = ("user_auth_message", "user_auth_required", "user_auth_url", "user_auth_blocks")
METHODS = {
    "chat.unfurl": Method(
        unfurl,
        "links:write",
        TIER_3,
        takes=frozenset(("channel", "ts", "unfurls", "unfurl_id", "source", "metadata", *_AUTH)),
    ),
}
