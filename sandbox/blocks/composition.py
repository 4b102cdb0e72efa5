"""Block Kit composition objects: texts, options, confirmations, rich text."""

from __future__ import annotations

import re
from typing import Any

from sandbox.blocks.schema import (
    Check,
    Fields,
    Needed,
    Report,
    at_least_one,
    exactly_one,
    flag,
    items,
    one_of,
    shape,
    string,
    typed,
    whole,
)

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def plain(most: int) -> Check:
    """A plain_text object of at most ``most`` characters."""
    return typed({"plain_text": shape({"text": Needed(string(most)), "emoji": flag})})


def either(most: int) -> Check:
    """A plain_text or mrkdwn object of at most ``most`` characters."""
    return typed(
        {
            "plain_text": shape({"text": Needed(string(most)), "emoji": flag}),
            "mrkdwn": shape({"text": Needed(string(most)), "verbatim": flag}),
        }
    )


def address(value: Any, at: str, report: Report) -> None:
    """A URL of at most 3000 characters."""
    string(3000)(value, at, report)
    if isinstance(value, str) and not re.match(r"(https?|mailto|slack):", value):
        report.error(at, "must be a valid url")


def date_text(value: Any, at: str, report: Report) -> None:
    """YYYY-MM-DD."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        report.error(at, "must be a valid date: YYYY-MM-DD")


def time_text(value: Any, at: str, report: Report) -> None:
    """HH:mm, 24 hours."""
    if not isinstance(value, str) or not TIME.fullmatch(value):
        report.error(at, "must be a valid time: HH:mm")


CONFIRM = shape(
    {
        "title": Needed(plain(100)),
        "text": Needed(either(300)),
        "confirm": Needed(plain(30)),
        "deny": Needed(plain(30)),
        "style": one_of("primary", "danger"),
    }
)
OPTION_FIELDS: Fields = {"value": Needed(string(150)), "url": address}
OPTION = shape({"text": Needed(plain(75)), "description": plain(75), **OPTION_FIELDS})
RICH_OPTION = shape({"text": Needed(either(75)), "description": either(75), **OPTION_FIELDS})
OPTION_GROUP = shape({"label": Needed(plain(75)), "options": Needed(items(OPTION, 1, 100))})
DISPATCH = shape(
    {"trigger_actions_on": Needed(items(one_of("on_enter_pressed", "on_character_entered"), 1, 2))}
)
FILTER = shape(
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)


def _known_file(value: Any, at: str, report: Report) -> None:
    if "id" in value and value["id"] not in report.file_ids:
        report.error(at, "invalid slack file")


SLACK_FILE = shape({"id": string(255), "url": address}, exactly_one("id", "url"), _known_file)

# Rich text -----------------------------------------------------------------------------------
STYLE = shape(
    {
        name: flag
        for name in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    }
)
TEXT = Needed(string(40_000, 0))
INLINE = typed(
    {
        "text": shape({"text": TEXT, "style": STYLE}),
        "link": shape({"url": Needed(address), "text": string(3000), "style": STYLE}),
        "user": shape({"user_id": Needed(string(255)), "style": STYLE}),
        "usergroup": shape({"usergroup_id": Needed(string(255)), "style": STYLE}),
        "channel": shape({"channel_id": Needed(string(255)), "style": STYLE}),
        "emoji": shape({"name": Needed(string(255)), "unicode": string(255), "style": STYLE}),
        "broadcast": shape({"range": Needed(one_of("here", "channel", "everyone"))}),
        "color": shape({"value": Needed(string(255))}),
        "date": shape(
            {
                "timestamp": Needed(whole(0, 2**53)),
                "format": Needed(string(255)),
                "url": address,
                "fallback": string(3000),
                "style": STYLE,
            }
        ),
    }
)
INLINES = Needed(items(INLINE, 0, 10_000))
SECTION = shape({"elements": INLINES})
RICH_ELEMENT = typed(
    {
        "rich_text_section": SECTION,
        "rich_text_preformatted": shape(
            {"elements": INLINES, "border": whole(0, 1), "language": string(255)}
        ),
        "rich_text_quote": shape({"elements": INLINES, "border": whole(0, 1)}),
        "rich_text_list": shape(
            {
                "style": Needed(one_of("bullet", "ordered")),
                "elements": Needed(items(typed({"rich_text_section": SECTION}), 0, 10_000)),
                "indent": whole(0, 8),
                "offset": whole(0, 100_000),
                "border": whole(0, 1),
            }
        ),
    }
)
RICH_ELEMENTS = Needed(items(RICH_ELEMENT, 0, 1000))
RICH_TEXT = shape({"elements": RICH_ELEMENTS, "block_id": string(255)})
