"""Block Kit as plain dicts: escaping and Slack's limits in one place."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from core.text import is_program

Block = dict[str, Any]
# The beginning of a mention, date or link whose end was cut off.
_HALF = re.compile(r"<(?:[@#!][^<>]{0,300}|[hm][^<>\s]{0,300})?\Z")


class Message(NamedTuple):
    """What is said in Slack: the text that stands alone, and the blocks."""

    text: str
    blocks: list[Block]


def escape(text: str, limit: int = 3000) -> str:
    """Foreign text made safe for mrkdwn: no mention, link or channel ping survives."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clip(safe, limit)


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is (`ML engineering`)."""
    return text[:1].upper() + text[1:]


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, ended by … when something was cut; entities, mentions, links
    and dates stay whole.
    """
    if len(text) <= limit:
        return text
    cut = _HALF.sub("", text[: limit - 1])
    entity = cut.rfind("&", max(0, len(cut) - 5))
    if entity >= 0 and ";" not in cut[entity:]:
        cut = cut[:entity]
    return cut + "…"


def plain(text: str, limit: int = 3000) -> Block:
    """A plain_text object; foreign text needs no escaping in it."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": True}


def mrkdwn(text: str, limit: int = 3000) -> Block:
    """A mrkdwn object of text that is ours or went through escape()."""
    return {"type": "mrkdwn", "text": clip(text, limit) or " ", "verbatim": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn, with a button or menu beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block | ({"accessory": accessory} if accessory else {})


def fields(pairs: Sequence[tuple[str, str]]) -> Block:
    """Up to ten label/value pairs (mrkdwn) in two columns."""
    texts = [mrkdwn(f"*{label}*\n{value}", 2000) for label, value in pairs[:10]]
    return {"type": "section", "fields": texts}


def header(text: str) -> Block:
    """A heading of plain text, at most 150 characters."""
    return {"type": "header", "text": plain(text, 150)}


def context(*texts: str) -> Block:
    """Small grey lines of mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text, 2000) for text in texts[:10]]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def prose(text: str) -> Block:
    """Foreign prose, line breaks kept, as rich_text: nothing in it is interpreted."""
    element = {"type": "text", "text": clip(text, 3000) or " "}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [element]}],
    }


def quote(text: str) -> Block:
    """Foreign words as a quotation; nothing in them is interpreted."""
    element = {"type": "text", "text": clip(text, 3000) or " "}
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [element]}]}


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str = "",
    confirm: Block | None = None,
) -> Block:
    """A button; style is "", primary or danger."""
    block: Block = {"type": "button", "text": plain(label, 75), "action_id": action_id}
    extras = {"value": value[:2000], "style": style, "confirm": confirm}
    return block | {name: extra for name, extra in extras.items() if extra}


def confirm(title: str, text: str, yes: str) -> Block:
    """A confirmation dialog; its button says the verb."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain("Cancel", 30),
    }


def actions(*elements: Block, block_id: str = "") -> Block:
    """A row of at most 25 buttons or menus."""
    block: Block = {"type": "actions", "elements": list(elements[:25])}
    return block | ({"block_id": block_id} if block_id else {})


def option(text: str, value: str) -> Block:
    """One choice of a menu."""
    return {"text": plain(text, 75), "value": value[:150]}


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    """A form field. The element's action_id is always "it"; answers are read by block id."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element | {"action_id": "it"},
        "optional": optional,
    }
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def text_input(initial: str = "", *, lines: bool = False, placeholder: str = "") -> Block:
    """A text field of one or several lines."""
    block: Block = {"type": "plain_text_input", "multiline": lines}
    extras = {
        "initial_value": clip(initial, 3000),
        "placeholder": plain(placeholder, 150) if placeholder else None,
    }
    return block | {name: extra for name, extra in extras.items() if extra}


def choice(options: Sequence[Block], initial: str = "", *, radio: bool = False) -> Block:
    """One of several options (a menu, or radio buttons up to 10)."""
    block: Block = {
        "type": "radio_buttons" if radio else "static_select",
        "options": list(options[: 10 if radio else 100]),
    }
    chosen = [o for o in options if o["value"] == initial]
    return block | ({"initial_option": chosen[0]} if chosen else {})


def choices(options: Sequence[Block], initial: Sequence[str] = ()) -> Block:
    """Any of up to ten options, as checkboxes."""
    block: Block = {"type": "checkboxes", "options": list(options[:10])}
    chosen = [o for o in options if o["value"] in initial]
    return block | ({"initial_options": chosen} if chosen else {})


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    meta: Mapping[str, Any] | None = None,
) -> Block:
    """A modal. Without `submit` it only shows. A form tells us when it is closed (drafts)."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain("Cancel" if submit else "Close", 24),
        "blocks": list(blocks[:100]),
        "private_metadata": json.dumps(meta or {}, separators=(",", ":")),
        "notify_on_close": bool(submit),
    }
    return view | ({"submit": plain(submit, 24)} if submit else {})


def of_team(blocks: Sequence[Block], team_id: int, start: int = 0) -> list[Block]:
    """The same blocks, whose buttons and menus say which team they are of. start: the place of the
    first in its message, where blocks of several teams stand below each other.
    """
    return [
        block | {"block_id": f"team{team_id}.{n}"}
        if "block_id" not in block and (block["type"] == "actions" or "accessory" in block)
        else block
        for n, block in enumerate(blocks, start)
    ]


def person(user_id: str) -> str:
    """A mention of somebody; a program (`runner for Ana`) by its name."""
    if is_program(user_id):
        return escape(user_id, 100)
    return f"<@{user_id}>" if user_id else "nobody"


def closed(place: str, error: str) -> str:
    """Slack took no post for that channel or person: where, its word for why, what to do."""
    where = f"<@{place}>" if place.startswith(("U", "W")) else f"<#{place}>"
    remedy = {
        "not_in_channel": "Invite me there with `/invite @Assay`.",
        "channel_not_found": "If it is private, invite me there with `/invite @Assay`; else "
        "choose it again with `/exp setup`.",
        "is_archived": "The channel is archived; choose another one with `/exp setup`.",
    }.get(error, "An admin can run `assay doctor` for the reason.")
    return f"I could not post to {where} ({error}). {remedy}"


def moment(at: datetime, style: str = "{date_short_pretty} at {time}") -> str:
    """An instant in each reader's own zone, with UTC as fallback."""
    utc = at.astimezone(UTC)
    return f"<!date^{int(utc.timestamp())}^{style}|{utc:%Y-%m-%d %H:%M} UTC>"


def day(on: date) -> str:
    """A calendar day, the same for every reader: `Fri 27 Nov`."""
    return f"{on:%a} {on.day} {on:%b}"


def table(rows: Sequence[Sequence[str]]) -> Block:
    """A table of plain text, the heading first; nothing foreign in it is interpreted."""
    cells = [[{"type": "raw_text", "text": text or "–"} for text in row] for row in rows]
    return {"type": "table", "rows": cells}


def bar(share: float, width: int = 10) -> str:
    """`▓▓▓▓░░░░░░` for 0.4; full above 1."""
    filled = min(width, max(0, round(share * width)))
    return "▓" * filled + "░" * (width - filled)
