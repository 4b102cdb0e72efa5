"""Blocks as Slack stores and gives them back: ids and defaults filled in."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from sandbox.shapes import Json

# What Slack adds when the app left it out.
DEFAULTS: dict[str, Json] = {
    "plain_text": {"emoji": True},
    "mrkdwn": {"verbatim": False},
    "input": {"optional": False, "dispatch_action": False},
}


def stored(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and element has an id and every default is written out."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)[:5]
        for index, element in enumerate(_actionable(block)):
            element.setdefault("action_id", f"{block['block_id']}{index}")
    with_defaults(kept)
    return kept


def with_defaults(value: Any) -> None:
    """Write Slack's defaults into texts and inputs, in place."""
    if isinstance(value, dict):
        for name, default in DEFAULTS.get(str(value.get("type")), {}).items():
            value.setdefault(name, default)
        for inner in value.values():
            with_defaults(inner)
    elif isinstance(value, list):
        for inner in value:
            with_defaults(inner)


def _actionable(block: Json) -> list[Json]:
    """Elements that get an action_id when the app gave none."""
    if block["type"] == "input":
        return [block["element"]]
    if block["type"] == "actions":
        return list(block["elements"])
    accessory = block.get("accessory")
    return [accessory] if isinstance(accessory, dict) and accessory["type"] != "image" else []
