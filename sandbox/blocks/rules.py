"""Block Kit as Slack enforces it: every block's fields and limits, per message and per view.

Limits: docs.slack.dev/reference/block-kit (the figures are listed in docs/sandbox.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sandbox.blocks.composition import plain
from sandbox.blocks.forms import elements
from sandbox.blocks.schema import Fields, Needed, Report, anything, flag, shape, string, typed
from sandbox.blocks.tables import BLOCKS, SURFACE_BLOCKS
from sandbox.shapes import Json

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
VIEW_BYTES = 250_000
MESSAGE_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000
TABLE_CHARACTERS = 10_000
CHARTS_PER_MESSAGE = 2

VIEW_FIELDS: Fields = {
    "blocks": Needed(anything),
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEW = typed(
    {
        "modal": shape(
            VIEW_FIELDS,
            {
                "title": Needed(plain(24)),
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
        ),
        "home": shape(VIEW_FIELDS, {"title": plain(24)}),
    }
)


def message_errors(blocks: Any, file_ids: frozenset[str] = frozenset()) -> list[str]:
    """What Slack would complain about in a message's blocks; empty when it takes them."""
    report = Report(surface="message", file_ids=file_ids)
    _check_blocks(blocks, "/blocks", report, most=MESSAGE_BLOCKS)
    if not report.messages:
        _check_message_sums(blocks, report)
    return report.messages


def view_errors(view: Any, *, kind: str, file_ids: frozenset[str] = frozenset()) -> list[str]:
    """What Slack would complain about in a view; ``kind`` is modal or home."""
    report = Report(surface=kind, file_ids=file_ids)
    VIEW(view, "/view", report)
    if not report.messages and view["type"] != kind:
        report.error("/view/type", f"must be a valid enum value: {kind}")
    if report.messages:
        return report.messages
    _check_blocks(view["blocks"], "/view/blocks", report, most=VIEW_BLOCKS)
    if not report.messages:
        _check_form(view, report)
    return report.messages


def view_too_large(view: Json) -> bool:
    """Whether the view is beyond 250 kB of JSON."""
    return len(json.dumps(view).encode()) > VIEW_BYTES


def characters(value: Any) -> int:
    """Characters of readable text in blocks (what counts against a message's size)."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(inner) for inner in value.values())
    if isinstance(value, list):
        return sum(characters(inner) for inner in value)
    return 0


def _check_blocks(blocks: Any, at: str, report: Report, *, most: int) -> None:
    if not isinstance(blocks, list):
        report.error(at, "must be an array")
        return
    if len(blocks) > most:
        report.error(at, f"no more than {most} items allowed")
    check = typed(BLOCKS, SURFACE_BLOCKS[report.surface])
    for index, block in enumerate(blocks):
        check(block, f"{at}/{index}", report)
    if not report.messages:
        _check_ids(blocks, at, report)


def _check_ids(blocks: list[Json], at: str, report: Report) -> None:
    """Block ids once a surface, action ids once a block, focus once a surface."""
    seen: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            report.error(f"{at}/{index}/block_id", f"`block_id` already exists: {block_id}")
        if block_id:
            seen.add(block_id)
        found = list(elements(block))
        actions = [e["action_id"] for e in found if "action_id" in e]
        if len(set(actions)) != len(actions):
            report.error(f"{at}/{index}/elements", "`action_id` already exists in this block")
        focused += sum(bool(element.get("focus_on_load")) for element in found)
    if focused > 1:
        report.error(at, "only one element may have focus_on_load")


def _check_message_sums(blocks: list[Json], report: Report) -> None:
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_CHARACTERS:
        report.error("/blocks", f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters")
    tables = [block for block in blocks if block["type"] in ("table", "data_table")]
    if sum(characters(table) for table in tables) > TABLE_CHARACTERS:
        report.error("/blocks", f"tables must be less than {TABLE_CHARACTERS + 1} characters")
    charts = sum(block["type"] == "data_visualization" for block in blocks)
    if charts > CHARTS_PER_MESSAGE:
        report.error("/blocks", f"no more than {CHARTS_PER_MESSAGE} data_visualization allowed")


def _check_form(view: Json, report: Report) -> None:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and view["type"] == "modal" and "submit" not in view:
        report.error("/view", "missing required field: submit")


def mrkdwn_texts(value: Any) -> Iterator[str]:
    """Every text in blocks that Slack reads as mrkdwn."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from mrkdwn_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mrkdwn_texts(inner)
