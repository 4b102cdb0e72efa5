"""Posts under a person's name and picture (docs.slack.dev, chat.postMessage, authorship).

Slack takes them with the scope chat:write.customize and silently leaves them out without it; a
message keeps them for good, chat.update cannot change them.
"""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from services.outbox import Call

_NAME = 80


async def of(client: AsyncWebClient, call: Call) -> dict[str, Any]:
    """The arguments that make it that person's, as their profile is now; {} for our own posts."""
    author = call.payload.get("author")
    if not author:
        return {}
    user = (await client.users_info(user=author))["user"]
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or ""
    shown = {"username": name[:_NAME]} if name else {}
    picture = profile.get("image_72") or ""
    return shown | ({"icon_url": picture} if picture.startswith("https://") else {})


def was_left_out(wanted: dict[str, Any], answer: AsyncSlackResponse) -> bool:
    """True when Slack has posted it under our own name."""
    said = answer.get("message") or {}
    return "username" in wanted and said.get("username") != wanted["username"]
