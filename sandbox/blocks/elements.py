"""Block Kit elements: what may be inside sections, actions, contexts and inputs."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.composition import (
    CONFIRM,
    DISPATCH,
    FILTER,
    OPTION,
    OPTION_GROUP,
    RICH_OPTION,
    RICH_TEXT,
    SLACK_FILE,
    address,
    date_text,
    either,
    plain,
    time_text,
)
from sandbox.blocks.schema import (
    Check,
    Fields,
    Needed,
    Report,
    exactly_one,
    flag,
    items,
    one_of,
    shape,
    string,
    typed,
    whole,
)

ACTION_ID: Fields = {"action_id": string(255)}
CONFIRMED: Fields = {**ACTION_ID, "confirm": CONFIRM}
PICKED: Fields = {**CONFIRMED, "placeholder": plain(150), "focus_on_load": flag}
SINGLE: Fields = PICKED
MULTI: Fields = {**PICKED, "max_selected_items": whole(1, 100)}
TYPED: Fields = {
    **ACTION_ID,
    "placeholder": plain(150),
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}
OPTIONS: Fields = {"options": items(OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)}
IDS = items(string(255), 0, 100)


def _numbers(value: Any, at: str, report: Report) -> None:
    string(255)(value, at, report)
    try:
        float(value)
    except (TypeError, ValueError):
        report.error(at, "must be a number in a string")


def _initial_offered(value: Any, at: str, report: Report) -> None:
    """initial_option(s) must be among the options, word for word."""
    groups = [option for group in value.get("option_groups", []) for option in group["options"]]
    offered = [*value.get("options", []), *groups]
    chosen = [value["initial_option"]] if "initial_option" in value else []
    for option in [*chosen, *value.get("initial_options", [])]:
        if option not in offered:
            report.error(at, "initial_option must exactly match an option")


def _lengths(value: Any, at: str, report: Report) -> None:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        report.error(at, "min_length must be at most max_length")


def _unique_values(value: Any, at: str, report: Report) -> None:
    values = [option.get("value") for option in value.get("options", [])]
    if len(set(values)) != len(values):
        report.error(f"{at}/options", "option values must be unique")


def _static(fields: Fields, initial: Fields) -> Check:
    rules = (exactly_one("options", "option_groups"), _initial_offered)
    return shape(fields, OPTIONS, initial, *rules)


def _boxes(initial: Fields) -> Check:
    fields: Fields = {
        **CONFIRMED,
        "options": Needed(items(RICH_OPTION, 1, 10)),
        "focus_on_load": flag,
    }
    return shape(fields, initial, _initial_offered, _unique_values)


def _external(fields: Fields, initial: Fields) -> Check:
    return shape(fields, {"min_query_length": whole(0, 3000)}, initial)


BUTTON = shape(
    CONFIRMED,
    {
        "text": Needed(plain(75)),
        "url": address,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
FEEDBACK = shape(
    {
        "text": Needed(plain(75)),
        "value": Needed(string(2000)),
        "accessibility_label": string(75),
    }
)
IMAGE = shape(
    {"image_url": address, "slack_file": SLACK_FILE, "alt_text": Needed(string(2000))},
    exactly_one("image_url", "slack_file"),
)
RESPONSE_URL: Fields = {"response_url_enabled": flag}
CONVERSATIONS: Fields = {"default_to_current_conversation": flag, "filter": FILTER}
TEXT_OBJECTS: dict[str, Check] = {"plain_text": either(3000), "mrkdwn": either(3000)}

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "image": IMAGE,
    "overflow": shape(CONFIRMED, {"options": Needed(items(OPTION, 1, 5))}, _unique_values),
    "checkboxes": _boxes({"initial_options": items(RICH_OPTION, 0, 10)}),
    "radio_buttons": _boxes({"initial_option": RICH_OPTION}),
    "static_select": _static(SINGLE, {"initial_option": OPTION}),
    "multi_static_select": _static(MULTI, {"initial_options": items(OPTION, 0, 100)}),
    "external_select": _external(SINGLE, {"initial_option": OPTION}),
    "multi_external_select": _external(MULTI, {"initial_options": items(OPTION, 0, 100)}),
    "users_select": shape(SINGLE, {"initial_user": string(255)}),
    "multi_users_select": shape(MULTI, {"initial_users": IDS}),
    "channels_select": shape(SINGLE, RESPONSE_URL, {"initial_channel": string(255)}),
    "multi_channels_select": shape(MULTI, {"initial_channels": IDS}),
    "conversations_select": shape(
        SINGLE, RESPONSE_URL, CONVERSATIONS, {"initial_conversation": string(255)}
    ),
    "multi_conversations_select": shape(MULTI, CONVERSATIONS, {"initial_conversations": IDS}),
    "datepicker": shape(PICKED, {"initial_date": date_text}),
    "timepicker": shape(PICKED, {"initial_time": time_text, "timezone": string(255)}),
    "datetimepicker": shape(
        CONFIRMED, {"initial_date_time": whole(10**9, 10**10 - 1), "focus_on_load": flag}
    ),
    "plain_text_input": shape(
        TYPED,
        {
            "initial_value": string(3000, 0),
            "multiline": flag,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        _lengths,
    ),
    "number_input": shape(
        TYPED,
        {
            "is_decimal_allowed": Needed(flag),
            "initial_value": _numbers,
            "min_value": _numbers,
            "max_value": _numbers,
        },
    ),
    "email_text_input": shape(TYPED, {"initial_value": string(3000, 0)}),
    "url_text_input": shape(TYPED, {"initial_value": string(3000, 0)}),
    "rich_text_input": shape(
        {"action_id": Needed(string(255))},
        {name: check for name, check in TYPED.items() if name != "action_id"},
        {
            "initial_value": typed({"rich_text": RICH_TEXT}),
            "min_lines": whole(1, 100),
            "max_lines": whole(1, 100),
        },
    ),
    "file_input": shape(ACTION_ID, {"filetypes": IDS, "max_files": whole(1, 10)}),
    "feedback_buttons": shape(
        ACTION_ID, {"positive_button": Needed(FEEDBACK), "negative_button": Needed(FEEDBACK)}
    ),
    "icon_button": shape(
        CONFIRMED,
        {
            "icon": Needed(one_of("trash")),
            "text": Needed(plain(75)),
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": IDS,
        },
    ),
}
PICKERS = frozenset(name for name in ELEMENTS if name.endswith(("_select", "picker")))
SECTION_ACCESSORIES = PICKERS - {"datetimepicker"} | {
    "button",
    "image",
    "overflow",
    "checkboxes",
    "radio_buttons",
}
ACTION_ELEMENTS = frozenset(PICKERS) | {"button", "overflow", "checkboxes", "radio_buttons"}
INPUT_ELEMENTS = frozenset(PICKERS) | {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "checkboxes",
    "radio_buttons",
    "file_input",
}
