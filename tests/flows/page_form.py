"""A modal with every input element, for the page's tests."""

from __future__ import annotations

from tests.flows.page_blocks import Json, mrkdwn, options, plain


def field(block_id: str, element: Json, label: str | None = None, **more: object) -> Json:
    """An input block; the element's action_id is the block_id with ``_in``."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label or block_id.capitalize()),
        "element": {"action_id": f"{block_id}_in", **element},
        **more,
    }


def learned() -> Json:
    """A required text of several lines."""
    text = {
        "type": "plain_text_input",
        "multiline": True,
        "min_length": 5,
        "max_length": 200,
        "placeholder": plain("One or two sentences"),
        "focus_on_load": True,
    }
    hint = plain("Future you will thank you.")
    return field("learned", text, "What did you learn?", hint=hint)


def every_input() -> list[Json]:
    """All of them; required without a value are learned, verdict, arm and tags."""
    return [
        {"type": "section", "text": mrkdwn("*EXP-042* ran for 9 days.")},
        learned(),
        field("name", {"type": "plain_text_input", "initial_value": "chunking"}),
        field("hours", {"type": "number_input", "is_decimal_allowed": True, "initial_value": "4"}),
        field("mail", {"type": "email_text_input"}, optional=True),
        field("link", {"type": "url_text_input"}, optional=True),
        field("story", {"type": "rich_text_input"}, optional=True),
        field("verdict", {"type": "radio_buttons", "options": options("good", "late")}),
        field(
            "flags",
            {"type": "checkboxes", "options": options("share", "archive")},
            optional=True,
        ),
        field("arm", {"type": "static_select", "options": options("a", "b", "c")}),
        field("tags", {"type": "multi_static_select", "options": options("rag", "lora", "eval")}),
        field("twin", {"type": "external_select", "min_query_length": 2}, optional=True),
        field("owner", {"type": "users_select", "initial_user": "U0ANA"}),
        field("helpers", {"type": "multi_users_select"}, optional=True),
        field("where", {"type": "channels_select"}, optional=True),
        field("place", {"type": "conversations_select"}, optional=True),
        field("day", {"type": "datepicker"}, optional=True),
        field("hour", {"type": "timepicker"}, optional=True),
        field("moment", {"type": "datetimepicker"}, optional=True),
        field(
            "proof", {"type": "file_input", "filetypes": ["txt"], "max_files": 1}, optional=True
        ),
    ]


def form(title: str = "Kill EXP-042", blocks: list[Json] | None = None) -> Json:
    """A modal; it tells when it is closed."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Kill it"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": blocks or every_input(),
    }
