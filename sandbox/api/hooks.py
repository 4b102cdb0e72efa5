"""response_url: what the bot posts back to the place an action came from."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from sandbox.api import posting
from sandbox.api.door import cut, stand_in
from sandbox.api.posting import Draft
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.tickets import Hook
from sandbox.workspace.channels import Channel, Message

STATUS = {"expired_url": 404, "used_url": 404, "ratelimited": 429}


async def serve_hook(office: Office, request: web.Request) -> web.StreamResponse:
    """One POST to a response_url."""
    started_s = time.monotonic()
    fault = office.faults.take("response_url")
    if fault is not None:
        office.inspector.add("fault", "response_url", detail={"kind": fault.kind})
        if (instead := await stand_in(fault, request)) is not None:
            return instead
    body: Any = None
    try:
        body = await _body(request)
        hook = office.hooks.find(request.match_info["token"], strict=office.strict)
        _apply(office, hook, body)
        hook.uses += 1
        error = None
    except SlackError as refusal:
        error = refusal.error
        if refusal.violation:
            office.refused(refusal.violation, method="response_url", facts=refusal.answer)
    ms = (time.monotonic() - started_s) * 1000
    detail = {"body": body}
    office.inspector.add(
        "hook", "response_url", ok=error is None, error=error, ms=ms, detail=detail
    )
    if fault is not None and fault.kind == "lost_answer":
        return cut(request)
    if error is None:
        return web.Response(text="ok")
    return web.json_response({"ok": False, "error": error}, status=STATUS.get(error, 400))


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise SlackError("invalid_payload", violation="invalid_payload") from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload", violation="invalid_payload")
    return body


def _apply(office: Office, hook: Hook, body: Json) -> None:
    channel = office.space.channels.get(hook.channel_id)
    if channel is None:
        raise SlackError("channel_not_found")
    original = _original(office, channel, hook)
    if body.get("delete_original"):
        if original is None:
            raise SlackError("message_not_found", violation="message_not_found")
        posting.remove(office, channel, original)
        return
    draft = answer_draft(body)
    posting.check(office, draft, what="response_url")
    if body.get("replace_original") and original is not None:
        posting.rewrite(office, channel, original, draft)
        return
    say_back(office, channel, draft, user_id=hook.user_id, kind=body.get("response_type"))


def _original(office: Office, channel: Channel, hook: Hook) -> Message | None:
    """The bot's own message the action came from."""
    message = channel.messages.get(hook.message_ts or "")
    own = message is not None and message.body.get("bot_id") == office.space.bot_id
    return message if own else None


def answer_draft(body: Json) -> Draft:
    """The message in an ack or a response_url body."""
    blocks = body.get("blocks")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format", violation="invalid_blocks_format")
    return Draft(
        text=str(body.get("text") or ""),
        blocks=blocks,
        attachments=body.get("attachments"),
        thread_ts=body.get("thread_ts"),
    )


def say_back(
    office: Office, channel: Channel, draft: Draft, *, user_id: str, kind: str | None
) -> Message:
    """Ephemeral unless ``in_channel`` was asked for; works where the bot is no member."""
    if kind == "in_channel":
        return posting.post(office, channel, draft)
    return posting.whisper(office, channel, draft, user_id=user_id)
