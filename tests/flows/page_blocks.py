"""One of every block and element of Block Kit, for the page's tests."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def options(*values: str) -> list[Json]:
    """Options whose text is the value with a capital letter."""
    return [{"text": plain(value.capitalize()), "value": value} for value in values]


def text_blocks(at: int) -> list[Json]:
    """Blocks that show text; ``at`` is the moment of the date tokens."""
    return [
        {"type": "header", "text": plain("EXP-042 is running :rocket:")},
        {
            "type": "section",
            "block_id": "words",
            "text": mrkdwn(
                "*Hypothesis* _shorter chunks_ ~longer chunks~ `recall@10`\n"
                "> Quote of a finding\n• first point\n• second point\n"
                "```raw <b>not bold</b> &amp; plain```\n"
                "By <@U0ANA> in <#C0STANDUP|standup>, <!here> please; "
                f"due <!date^{at}^{{date_short_pretty}} at {{time}}|later>, "
                "see <https://example.com/a?b=1&amp;c=2|the paper> "
                ":white_check_mark: :unknown_one:"
            ),
        },
        {
            "type": "section",
            "fields": [mrkdwn("*Owner*\nAna Ruiz"), mrkdwn("*Budget*\n40 GPU h")],
        },
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Fold 3 of 5"), plain("seed 7")]},
        {
            "type": "image",
            "image_url": "https://example.com/none.png",
            "alt_text": "A curve that rises",
            "title": plain("Recall by day"),
        },
        rich_text(at),
    ]


def rich_text(at: int) -> Json:
    """A rich_text block with every kind of part."""
    item = lambda text: {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}  # noqa: E731
    return {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Bold words", "style": {"bold": True}},
                    {"type": "text", "text": " and "},
                    {"type": "text", "text": "code", "style": {"code": True}},
                    {"type": "link", "url": "https://example.com", "text": " a link "},
                    {"type": "user", "user_id": "U0LENA"},
                    {"type": "usergroup", "usergroup_id": "S0LEADS"},
                    {"type": "channel", "channel_id": "C0STANDUP"},
                    {"type": "emoji", "name": "tada"},
                    {"type": "broadcast", "range": "here"},
                    {"type": "date", "timestamp": at, "format": "{date_long}", "fallback": "x"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [item("one"), item("two")],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [item("deeper")],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    }


def table_blocks() -> list[Json]:
    """A table, a data table with two pages, and a markdown text."""
    raw = lambda text: {"type": "raw_text", "text": text}  # noqa: E731
    number = lambda value: {"type": "raw_number", "value": value, "text": str(value)}  # noqa: E731
    return [
        {
            "type": "table",
            "column_settings": [{"is_wrapped": True}, {"align": "right"}],
            "rows": [[raw("Arm"), raw("Recall")], [raw("control"), raw("0.71")]],
        },
        {
            "type": "markdown",
            "text": "## What we saw\n\n- **bold** finding\n- [paper](https://example.com)\n\n"
            "| arm | n |\n|---|---|\n| a | 3 |\n\n```\ncode\n```",
        },
        {
            "type": "data_table",
            "caption": "Runs",
            "page_size": 2,
            "rows": [
                [raw("Run"), raw("Score")],
                *([raw(f"run {n}"), number(value)] for n, value in enumerate((3, 10, 2))),
            ],
        },
    ]


def button(action_id: str, label: str, **more: object) -> Json:
    """A button; its value is ``p1`` unless told."""
    base = {"type": "button", "action_id": action_id, "text": plain(label), "value": "p1"}
    return base | more


def kill_button() -> Json:
    """A red button that asks first."""
    confirm = {
        "title": plain("Kill EXP-042?"),
        "text": mrkdwn("It *stops* for good."),
        "confirm": plain("Kill it"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return button("kill", "Kill", style="danger", value="EXP-042", confirm=confirm)


def accessory(block_id: str, text: str, element: Json) -> Json:
    """A section with an element at its side."""
    return {"type": "section", "block_id": block_id, "text": mrkdwn(text), "accessory": element}


def action_blocks() -> list[Json]:
    """Interactive elements of a message."""
    elements = [
        button("plain", "Plain"),
        button("go", "Open the form", style="primary"),
        kill_button(),
        {
            "type": "static_select",
            "action_id": "pick",
            "placeholder": plain("Pick a state"),
            "options": options("running", "parked", "killed"),
        },
        {"type": "overflow", "action_id": "more", "options": options("extend", "archive")},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-27"},
        {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
    ]
    person = {
        "type": "users_select",
        "action_id": "owner",
        "placeholder": plain("Choose a person"),
    }
    ticks = {"type": "checkboxes", "action_id": "tick", "options": options("data", "code")}
    return [
        {"type": "actions", "block_id": "acts", "elements": elements},
        accessory("who", "Who takes over?", person),
        accessory("checks", "Checklist", ticks),
    ]


def evil_blocks() -> list[Json]:
    """Markup and scripts where text belongs."""
    escaped = EVIL.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return [
        {"type": "header", "text": plain(EVIL[:140])},
        {"type": "section", "text": mrkdwn(f"{escaped} <javascript:window.hacked=1|click me>")},
        {"type": "markdown", "text": f"{EVIL} [go](javascript:window.hacked=1)"},
    ]
