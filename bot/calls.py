"""The Slack calls behind each kind of outbox row."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import signature, typed
from bot.refusals import KEEPS, error_of
from bot.upload import fetch
from handlers.workspace.profiles import profile_of
from ingest.aside import aside
from services import team
from services.outbox import Call
from services.ports import Lab
from services.say import LINK
from services.standups import pictures

log = logging.getLogger(__name__)

EVENT_TYPE = "assay_outbox"
_MARGIN = timedelta(hours=1)  # for clocks that were set right in the meantime


def message(call: Call) -> dict[str, Any]:
    """The arguments every message has: text always, blocks when there are any, no unfurling."""
    thread = bool(call.thread_ts)
    blocks = typed.shown(call.payload.get("blocks") or None, thread=thread)
    return {"text": typed.words(call.payload["text"], thread=thread), "blocks": blocks}


async def post(client: AsyncWebClient, lab: Lab, call: Call) -> dict[str, str]:
    """chat.postMessage, marked with our nonce so that it can be found again."""
    signed = await signature.of(client, call)
    answer = await client.chat_postMessage(
        channel=call.channel,
        thread_ts=call.thread_ts or None,
        unfurl_links=False,
        unfurl_media=False,
        metadata={"event_type": EVENT_TYPE, "event_payload": {"outbox_id": call.nonce}},
        **message(call),
        **signed,
    )
    if signature.was_left_out(signed, answer):
        await aside(lab, lambda: pictures.ignored(lab, call.team_id))
    return {"channel": answer["channel"], "ts": answer["ts"]}


async def picture(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """The charts of the row, drawn in a thread and uploaded as one message.

    The files' names carry our nonce so that they can be found again. A chart that cannot be drawn
    is left out: it would not draw the next time either.
    """
    specs = call.payload.get("charts") or [call.payload["chart"]]
    drawn = await asyncio.to_thread(_drawn, specs)
    files = [
        {"filename": picture_name(call, n), "content": content, "title": spec["title"],
         "alt_txt": spec["alt"]}
        for n, (spec, content) in enumerate(drawn)
    ]  # fmt: skip
    if files:
        await client.files_upload_v2(
            channel=await _place(client, call),
            thread_ts=call.thread_ts or None,
            file_uploads=files,
        )
    return {}


def picture_name(call: Call, number: int = 0) -> str:
    """The file name under which a chart of the row stands in Slack."""
    return f"chart-{number}-{call.nonce}.png" if number else f"chart-{call.nonce}.png"


def _drawn(specs: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bytes]]:
    from views import charts

    found = []
    for spec in specs:
        try:
            found.append((spec, charts.draw(spec)))
        except Exception:
            log.exception("a chart of kind %s could not be drawn", spec["kind"])
    return found


async def update(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """chat.update of the post it names; a link to another post is looked up first."""
    said = message(call)
    if "link_to" in call.payload:
        said = with_link(said, await _address(client, call.payload["link_to"]))
    await client.chat_update(channel=call.channel, ts=call.target_ts, **said)
    return {}


async def delete(client: AsyncWebClient, lab: Lab, call: Call) -> dict[str, str]:
    """chat.delete of the post it names; where that is not allowed it says what the row says."""
    try:
        await client.chat_delete(channel=call.channel, ts=call.target_ts)
    except SlackApiError as refused:
        if error_of(refused) not in KEEPS:
            raise
        await update(client, lab, call)
    return {}


def with_link(said: dict[str, Any], address: str) -> dict[str, Any]:
    """The message with that address in the place of LINK; without one its link is plain words."""
    plain = json.dumps(said)
    if address:
        return dict(json.loads(plain.replace(LINK, address)))
    return dict(json.loads(re.sub(rf"<{LINK}\|([^<>]*)>", r"\1", plain)))


async def _address(client: AsyncWebClient, place: list[str]) -> str:
    if not place:
        return ""
    answer = await client.chat_getPermalink(channel=place[0], message_ts=place[1])
    return str(answer["permalink"])


async def ephemeral(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """chat.postEphemeral."""
    await client.chat_postEphemeral(
        channel=call.channel,
        user=call.payload["user"],
        thread_ts=call.thread_ts or None,
        **message(call),
    )
    return {}


async def react(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """reactions.add."""
    await client.reactions_add(
        channel=call.channel, timestamp=call.payload["ts"], name=call.payload["name"]
    )
    return {}


async def home(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """views.publish."""
    await client.views_publish(user_id=call.channel, view=typed.shown(call.payload["view"]))
    return {}


async def unfurl(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """chat.unfurl."""
    unfurls = call.payload["unfurls"]
    await client.chat_unfurl(channel=call.channel, ts=call.payload["ts"], unfurls=unfurls)
    return {}


async def prompts(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """assistant.threads.setSuggestedPrompts, for the DM as a whole.

    With a thread_ts it fails silently in an app that has agent_view (its page in docs.slack.dev),
    so the SDK's method, which asks for one, is not used.
    """
    wanted = [{"title": title, "message": said} for title, said in call.payload["prompts"]]
    arguments = {"channel_id": call.payload["channel"], "prompts": wanted}
    await client.api_call("assistant.threads.setSuggestedPrompts", json=arguments)
    return {}


async def profile(client: AsyncWebClient, lab: Lab, call: Call) -> dict[str, str]:
    """users.info, kept by services/team."""
    answer = await client.users_info(user=call.channel)
    found = profile_of(answer["user"])
    await aside(lab, lambda: team.record_profile(lab, call.workspace, found))
    return {}


async def group(client: AsyncWebClient, lab: Lab, call: Call) -> dict[str, str]:
    """usergroups.users.list, kept by services/team."""
    answer = await client.usergroups_users_list(usergroup=call.channel)
    await aside(lab, lambda: team.record_group(lab, call.workspace, call.channel, answer["users"]))
    return {}


async def look(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """conversations.info, refused where we may not write."""
    answer = await client.conversations_info(channel=call.channel)
    if answer["channel"].get("is_archived"):  # which it tells without a refusal
        answer.data = {"ok": False, "error": "is_archived"}
        raise SlackApiError("archived", answer)  # type: ignore[no-untyped-call]
    return {}


async def upload(client: AsyncWebClient, _lab: Lab, call: Call) -> dict[str, str]:
    """A text file by direct message; its name is its own, so that it can be found again."""
    await client.files_upload_v2(
        channel=await _place(client, call),
        filename=call.payload["name"],
        content=call.payload["content"],
        initial_comment=call.payload["text"],
    )
    return {}


async def find_posted(client: AsyncWebClient, call: Call) -> dict[str, str] | None:
    """Where an uncertain post, picture or file stands in Slack, None when it never arrived.

    Slack's own clock says how far to look back: ours may be wrong.
    """
    channel = await _place(client, call)
    options: dict[str, Any] = {"channel": channel, "limit": 200, "include_all_metadata": True}
    read: Callable[..., Awaitable[AsyncSlackResponse]] = client.conversations_history
    if call.thread_ts:
        read, options["ts"] = client.conversations_replies, call.thread_ts
    while True:
        answer = await read(**options)
        for said in answer["messages"]:
            if _is_ours(said, call):
                return {"channel": channel, "ts": said["ts"]}
        options["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
        is_past = not call.thread_ts and _is_before(answer, call)  # a thread begins at its oldest
        if not options["cursor"] or is_past:
            return None


def _is_before(answer: AsyncSlackResponse, call: Call) -> bool:
    """True when that page of the history, newest first, ends before the row was written."""
    date = answer.headers.get("Date")
    if not date or not answer["messages"]:
        return False
    since = parsedate_to_datetime(date) - max(call.age, timedelta()) - _MARGIN
    return float(answer["messages"][-1]["ts"]) < since.timestamp()


async def _place(client: AsyncWebClient, call: Call) -> str:
    """The channel itself, or the person's DM."""
    if not call.channel.startswith(("U", "W")):
        return call.channel
    opened = await client.conversations_open(users=call.channel)
    return str(opened["channel"]["id"])


def _is_ours(said: dict[str, Any], call: Call) -> bool:
    if call.kind in {"picture", "upload"}:  # a file takes no metadata
        name = picture_name(call) if call.kind == "picture" else call.payload["name"]
        return any(file.get("name") == name for file in said.get("files") or ())
    payload = (said.get("metadata") or {}).get("event_payload") or {}
    return bool(payload.get("outbox_id") == call.nonce)


CALLS: dict[str, Callable[[AsyncWebClient, Lab, Call], Awaitable[dict[str, str]]]] = {
    "post": post,
    "picture": picture,
    "upload": upload,
    "update": update,
    "delete": delete,
    "ephemeral": ephemeral,
    "react": react,
    "home": home,
    "profile": profile,
    "prompts": prompts,
    "unfurl": unfurl,
    "group": group,
    "look": look,
    "file": fetch,
}
