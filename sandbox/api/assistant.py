"""assistant.threads.*, as far as an app with agent_view uses it."""

from __future__ import annotations

from typing import Any

from sandbox.api.args import Args
from sandbox.api.method import TIER_4, Method
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.manifest import MOST_PROMPTS


def suggest(office: Office, args: Args) -> Json:
    """assistant.threads.setSuggestedPrompts: chips above the composer of a person's DM."""
    channel = office.space.find_channel(args.needed("channel_id", "channel_not_found"))
    if channel is None or channel.kind != "im":
        raise SlackError("channel_not_found", violation="channel_not_found")
    prompts = args.json("prompts", "invalid_arguments")
    if not _are_prompts(prompts):
        raise SlackError("invalid_arguments", violation="invalid_arguments")
    if args.text("thread_ts"):  # "will cause the call to silently fail" with agent_view
        office.refused("ignored_thread_ts", thread_ts=args.text("thread_ts"))
        return {}
    channel.suggested = prompts
    office.changes.note("message", channel.id)
    return {}


def _are_prompts(prompts: Any) -> bool:
    if not isinstance(prompts, list) or not 0 < len(prompts) <= MOST_PROMPTS:
        return False
    return all(
        isinstance(one, dict)
        and set(one) == {"title", "message"}
        and all(isinstance(said, str) and said for said in one.values())
        for one in prompts
    )


METHODS = {
    "assistant.threads.setSuggestedPrompts": Method(
        suggest,
        "assistant:write",
        TIER_4,
        takes=frozenset(("channel_id", "prompts", "thread_ts", "title")),
    ),
}
