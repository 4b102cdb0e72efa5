"""A Reply on the wire: ack bodies, forms, and what is shown after the ack."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.ask import Ask, Reply

log = logging.getLogger(__name__)

_TRIES = 5  # before the last one, where Slack says that we post too fast
_TOO_LATE = "The form could not be opened in time. Nothing is lost; please try once more."


async def open_form(client: AsyncWebClient, ask: Ask, reply: Reply) -> str:
    """Open, stack or update the reply's form; a sentence for the person when Slack refused."""
    try:
        if reply.modal and ask.trigger:
            stacked = ask.kind == "action" and ask.view_type == "modal"
            opener = client.views_push if stacked else client.views_open
            await asyncio.wait_for(opener(trigger_id=ask.trigger, view=reply.modal), 2.5)
        if reply.update and ask.view_id:
            await client.views_update(view_id=ask.view_id, view=reply.update)
    except SlackApiError as refused:
        log.warning("form not opened: %s", refused.response.get("error"))
        return _TOO_LATE
    except Exception as lost:  # noqa: BLE001 - whatever the network did, the person is told
        log.warning("form not opened: %s", type(lost).__name__)
        return _TOO_LATE
    return ""


def in_thread(ask: Ask) -> bool:
    """True when the answer is shown in a thread, where Slack takes no commands."""
    below = (ask.thread_ts or ask.shown_in) not in ("", ask.message_ts)
    return below and ask.kind in ("action", "event")


def command_answer(reply: Reply) -> dict[str, Any]:
    """The ack of a slash command: its ephemeral answer, or empty."""
    if not reply.text:
        return {}
    answer: dict[str, Any] = {"text": reply.text, "response_type": "ephemeral"}
    return answer | ({"blocks": list(reply.blocks)} if reply.blocks else {})


def form_answer(reply: Reply, view: dict[str, Any]) -> dict[str, Any]:
    """The ack of a submitted form: errors under fields, the next form, or close."""
    if reply.errors:
        return {"response_action": "errors", "errors": _by_field(reply.errors, view)}
    if reply.update:
        return {"response_action": "update", "view": reply.update}
    if reply.modal:
        return {"response_action": "push", "view": reply.modal}
    return {}


def _by_field(errors: Mapping[str, str], view: dict[str, Any]) -> dict[str, str]:
    """Each sentence under its field; what is about none of them under the first."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    found: dict[str, str] = {}
    for name, text in errors.items():
        place = name if name in fields else fields[0]
        found[place] = f"{found[place]} {text}" if place in found else text
    return found


async def late(client: AsyncWebClient, ask: Ask, reply: Reply) -> None:
    """What came of an input whose ack had to go before it was done; no form opens any more."""
    if reply.home:
        await client.views_publish(user_id=ask.user, view=reply.home)
    text = _TOO_LATE if reply.modal or reply.update else reply.text
    if text and ask.response_url:
        said = {"text": text, "blocks": list(reply.blocks) or None}
        await _respond(client, ask, said | {"replace_original": reply.replace})
    elif text:
        await _whisper(client, ask, {"text": text, "blocks": list(reply.blocks) or None})


async def rest(client: AsyncWebClient, ask: Ask, reply: Reply) -> None:
    """What is shown after the ack."""
    if reply.home:
        await client.views_publish(user_id=ask.user, view=reply.home)
    if not reply.text or ask.kind in {"command", "suggest"} or reply.errors:
        return
    said: dict[str, Any] = {"text": reply.text, "blocks": list(reply.blocks) or None}
    if ask.kind == "action" and ask.thread_ts != ask.message_ts:  # answered where it stands
        said["thread_ts"] = ask.thread_ts or None
    if ask.response_url and ask.kind == "action":
        await _respond(client, ask, said | {"replace_original": reply.replace})
    elif ask.kind == "event" and ask.channel and not ask.channel.startswith("D"):
        said["thread_ts"] = ask.thread_ts or None
        await _patiently(
            lambda: client.chat_postEphemeral(channel=ask.channel, user=ask.user, **said)
        )
    else:
        thread = (ask.thread_ts or ask.shown_in) if ask.kind == "event" else ""
        below = {"thread_ts": thread} if thread else {}
        await _whisper(client, ask, said | below)


async def _whisper(client: AsyncWebClient, ask: Ask, said: dict[str, Any]) -> None:
    """To the channel the form was opened from, seen by one person; else as a DM."""
    channel = str(ask.meta.get("channel", ""))
    if channel and not channel.startswith("D"):
        try:
            await client.chat_postEphemeral(channel=channel, user=ask.user, **said)
        except SlackApiError:
            log.info("no ephemeral there, sending a DM")
        else:
            return
    whole: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, **said}
    await _patiently(lambda: client.chat_postMessage(channel=ask.user, **whole))


async def _patiently(post: Callable[[], Awaitable[Any]]) -> None:
    """Who writes faster than Slack lets us post in one place is answered all the same, later."""
    for _ in range(_TRIES):
        try:
            await post()
        except SlackApiError as refused:
            if refused.response.get("error") != "ratelimited":
                raise
            await asyncio.sleep(float(refused.response.headers.get("Retry-After", 1)))
        else:
            return
    await post()


async def _respond(client: AsyncWebClient, ask: Ask, said: dict[str, Any]) -> None:
    body = {name: value for name, value in said.items() if value is not None}
    body |= {} if said["replace_original"] else {"response_type": "ephemeral"}
    session = client.session
    assert session is not None
    async with session.post(ask.response_url, json=body) as answer:
        if answer.status != 200:
            log.warning("response_url answered %s", answer.status)
