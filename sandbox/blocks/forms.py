"""What people fill in: element states, their starting values, and Slack's own form checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.shapes import ControlError, Json

# element type -> (key of its state, key of its initial value)
STATEFUL: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
PLURAL_KEYS = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
)
REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def elements(block: Json) -> Iterator[Json]:
    """The interactive elements inside a block."""
    if block.get("type") == "input":
        yield block["element"]
    elif block.get("type") == "section" and isinstance(block.get("accessory"), dict):
        yield block["accessory"]
    elif block.get("type") in ("actions", "context_actions"):
        yield from block.get("elements", [])
    elif block.get("type") == "card":
        yield from block.get("actions", [])
    for child in _children(block):
        yield from elements(child)


def _children(block: Json) -> list[Json]:
    if block.get("type") == "container":
        return list(block.get("child_blocks", []))
    return list(block.get("elements", [])) if block.get("type") == "carousel" else []


def state_of(element: Json, value: Any) -> Json:
    """The state of ``element`` once ``value`` is chosen; a plain value or a whole state."""
    kind = element["type"]
    key = STATEFUL[kind][0]
    zone = _zone(element, value)
    if isinstance(value, Mapping) and (key in value or "type" in value):
        value = value.get(key)
    if key in ("selected_option", "selected_options"):
        value = _chosen(element, value, plural=key == "selected_options")
    elif key in PLURAL_KEYS:
        value = _listed(value)
    elif value is not None:
        value = _written(kind, value)
    return {"type": kind, key: value, **zone}


def _zone(element: Json, value: Any) -> Json:
    """A time picker also tells the zone its time is meant in."""
    if element["type"] != "timepicker":
        return {}
    zone = value.get("timezone") if isinstance(value, Mapping) else None
    zone = zone or element.get("timezone")
    return {"timezone": zone} if zone else {}


def _written(kind: str, value: Any) -> Any:
    """A typed value as its element reports it."""
    if kind == "datetimepicker":
        return int(value)
    if kind == "rich_text_input" and isinstance(value, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [section]}
    if kind == "rich_text_input":
        return value
    return str(value) or None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _chosen(element: Json, value: Any, *, plural: bool) -> Any:
    """The option object(s) for a value, refusing what is not on the list."""
    if not plural:
        return None if value in (None, "") else option_of(element, value)
    if value is True:
        return options_of(element)
    return [option_of(element, one) for one in _listed(value if value is not False else None)]


def options_of(element: Json) -> list[Json]:
    """All options of a select, groups flattened."""
    groups = [group["options"] for group in element.get("option_groups", [])]
    return list(element.get("options", [])) + [option for group in groups for option in group]


def option_of(element: Json, value: Any) -> Json:
    """The option a person means: by its value, its text, itself, or {"selected_option": …}."""
    if isinstance(value, Mapping):
        value = value.get("selected_option", value)
    wanted = value.get("value") if isinstance(value, Mapping) else str(value)
    for option in options_of(element):
        if wanted in (option["value"], option["text"]["text"]):
            return dict(option)
    if "external" in element["type"] and isinstance(value, Mapping):
        return dict(value)
    raise ControlError(f"{element.get('action_id')} has no option {wanted!r}.")


def starting_state(blocks: list[Json]) -> dict[str, Json]:
    """The state of a fresh form: initial values where the bot gave some, else empty."""
    state: dict[str, Json] = {}
    for block in blocks:
        for element in elements(block):
            if element.get("type") in STATEFUL and element.get("action_id"):
                key, initial = STATEFUL[element["type"]]
                empty: Any = [] if key in PLURAL_KEYS else None
                value = element.get(initial, empty) if initial else empty
                chosen = {"type": element["type"], key: value}
                state.setdefault(block["block_id"], {})[element["action_id"]] = chosen
    return state


def keep_typed(fresh: dict[str, Json], before: dict[str, Json]) -> dict[str, Json]:
    """``fresh`` with the values of ``before`` where block, action and type are the same."""
    for block_id, actions in fresh.items():
        for action_id, state in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == state["type"]:
                actions[action_id] = old
    return fresh


def filled(blocks: list[Json], state: dict[str, Json], values: Json) -> dict[str, Json]:
    """``state`` with ``values`` typed in: {block_id: value} or {block_id: {action_id: state}}."""
    result = {block_id: dict(actions) for block_id, actions in state.items()}
    by_id = {block["block_id"]: block for block in blocks}
    for block_id, value in values.items():
        if block_id not in by_id:
            raise ControlError(f"The form has no block {block_id!r}; it has {', '.join(by_id)}.")
        for element, chosen in _pairs(by_id[block_id], value):
            result.setdefault(block_id, {})[element["action_id"]] = state_of(element, chosen)
    return result


def _pairs(block: Json, value: Any) -> Iterator[tuple[Json, Any]]:
    """Each stateful element of the block with the value meant for it."""
    found = {e["action_id"]: e for e in elements(block) if e.get("type") in STATEFUL}
    if not found:
        raise ControlError(f"Nothing can be typed into the block {block['block_id']!r}.")
    if isinstance(value, Mapping) and any(action_id in found for action_id in value):
        yield from ((found[action_id], value[action_id]) for action_id in value)
        return
    yield next(iter(found.values())), value


def form_errors(blocks: list[Json], state: dict[str, Json]) -> dict[str, str]:
    """What Slack itself would mark before anything is sent to the app: {block_id: sentence}."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        typed = state.get(block["block_id"], {}).get(element.get("action_id", ""), {})
        value = typed.get(STATEFUL.get(element["type"], ("value", ""))[0])
        if value in (None, "", []):
            if not block.get("optional", False):
                errors[block["block_id"]] = REQUIRED
        elif problem := _problem(element, value):
            errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "number_input":
        return _number_problem(element, str(value))
    if kind == "email_text_input" and not EMAIL.fullmatch(str(value)):
        return "This needs to be an email address."
    if kind == "url_text_input" and not URL.fullmatch(str(value)):
        return "This needs to be a URL."
    if kind == "plain_text_input" and len(value) > element.get("max_length", 3000):
        return f"At most {element.get('max_length', 3000)} characters."
    if kind == "plain_text_input" and len(value) < element.get("min_length", 0):
        return f"At least {element['min_length']} characters."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    if not NUMBER.fullmatch(value):
        return "This needs to be a number."
    if "." in value and not element.get("is_decimal_allowed"):
        return "This needs to be a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"This needs to be at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"This needs to be at most {element['max_value']}."
    return None
