"""Slack's payloads as Asks: pure reading, no decisions."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.permalink import permalink
from core.text import storable
from handlers.ask import Ask

Body = Mapping[str, Any]

_MESSAGE_PARTS = {"message_changed": "message", "message_deleted": "previous_message"}
_OF_TEAM = re.compile(r"team([0-9]{1,9})\.")
_WRITTEN = {None, "", "file_share", "thread_broadcast"}  # subtypes of what people write


def read(body: Body, *, now: datetime, bot: str = "") -> Ask | None:
    """The Ask in a payload; None for what concerns nobody (bots' messages, unknown types).

    bot: our own user, for payloads that do not tell.
    """
    body = storable(body)
    if "command" in body:
        return _command(body, now)
    readers = {
        "block_actions": _action,
        "view_submission": _view,
        "view_closed": _view,
        "shortcut": _shortcut,
        "message_action": _shortcut,
        "block_suggestion": _suggestion,
        "event_callback": _event,
    }
    reader = readers.get(str(body.get("type")))
    ask = reader(body, now) if reader else None
    return replace(ask, bot=ask.bot or bot) if ask else None


def _command(body: Body, now: datetime) -> Ask:
    return Ask(
        kind="command",
        name=str(body["command"]),
        workspace=str(body["team_id"]),
        user=str(body["user_id"]),
        now=now,
        key=f"trig:{body['trigger_id']}",
        channel=str(body.get("channel_id", "")),
        text=str(body.get("text", "")),
        trigger=str(body["trigger_id"]),
        response_url=str(body.get("response_url", "")),
    )


def _common(body: Body, now: datetime) -> dict[str, Any]:
    user = body.get("user") or {}
    home = (body.get("team") or {}).get("id") or user.get("team_id", "")
    return {
        "workspace": str(home),
        "user": str(user.get("id", "")),
        "now": now,
        "key": f"trig:{body.get('trigger_id')}",
        "trigger": str(body.get("trigger_id", "")),
        "response_url": str(body.get("response_url", "")),
        "channel": str((body.get("channel") or {}).get("id", "")),
        "foreign": bool(home and user.get("team_id") and user["team_id"] != home),
    }


def _action(body: Body, now: datetime) -> Ask:
    action = body["actions"][0]
    container, view = body.get("container") or {}, body.get("view") or {}
    state = view.get("state") or body.get("state") or {}
    return Ask(
        kind="action",
        name=str(action["action_id"]),
        value=_as_text(state_value(action)),
        values=values_of(state),
        meta=_meta(view),
        view_id=str(view.get("id", "")),
        view_type=str(view.get("type", "")),
        message_ts=str(container.get("message_ts", "")),
        thread_ts=str(container.get("thread_ts", "")),
        team_id=_team(_meta(view), str(action.get("block_id", ""))),
        **_common(body, now),
    )


def _view(body: Body, now: datetime) -> Ask:
    view = body["view"]
    common = _common(body, now)
    kind = "submit" if body["type"] == "view_submission" else "closed"
    place = f"{view['id']}:{view.get('hash', '')}"
    once = f"view:{place}" if kind == "submit" else ""
    if kind == "closed":
        common["key"] = f"closed:{place}"
    return Ask(
        kind=kind,
        name=str(view.get("callback_id", "")),
        values=values_of(view.get("state") or {}),
        meta=_meta(view),
        team_id=_team(_meta(view)),
        view_id=str(view["id"]),
        view_type=str(view.get("type", "")),
        once=once,
        **common,
    )


def _shortcut(body: Body, now: datetime) -> Ask:
    message, common = body.get("message") or {}, _common(body, now)
    ts = str(body.get("message_ts", ""))
    thread = str(message.get("thread_ts", ""))
    domain = str((body.get("team") or {}).get("domain", ""))
    return Ask(
        kind="shortcut",
        name=str(body["callback_id"]),
        text=str(message.get("text", "")),
        message_ts=ts,
        thread_ts=thread if thread != ts else "",
        event=message,
        link=permalink(domain, common["channel"], ts, thread),
        **common,
    )


def _suggestion(body: Body, now: datetime) -> Ask:
    return Ask(
        kind="suggest",
        name=str(body["action_id"]),
        text=str(body.get("value", "")),
        meta=_meta(body.get("view") or {}),
        team_id=_team(_meta(body.get("view") or {}), str(body.get("block_id", ""))),
        **_common(body, now),
    )


def _event(body: Body, now: datetime) -> Ask | None:
    event = body.get("event") or {}
    inner = _inner(event)
    if inner.get("bot_id") or event.get("subtype") == "bot_message":
        return None  # also what another app says to us: nobody talks in circles
    user = inner.get("user")
    user_id = user.get("id", "") if isinstance(user, Mapping) else str(user or "")
    workspace = str(body.get("team_id", ""))
    home = str(event.get("user_team") or inner.get("team") or workspace)
    return Ask(
        kind="event",
        name=str(event.get("type", "")),
        workspace=workspace,
        user=user_id,
        now=now,
        key=f"event:{body.get('event_id')}",
        channel=str(event.get("channel", "")) if isinstance(event.get("channel"), str) else "",
        text=str(inner.get("text", "")),
        message_ts=str(inner.get("ts", "")),
        event=event,
        foreign=home != workspace,
        bot=_own_user(body),
        **message_parts(event),
    )


def _own_user(body: Body) -> str:
    """Our user in the workspace that the event is delivered for."""
    seen = body.get("authorizations") or [{}]
    return str(seen[0].get("user_id") or "") if seen[0].get("is_bot") else ""


def message_parts(event: Body) -> dict[str, Any]:
    """What an event says about a person's message: fields of Ask."""
    inner = _inner(event)
    thread = str(inner.get("thread_ts", ""))
    thread = thread if thread != inner.get("ts") else ""
    direct = event.get("channel_type") == "im"
    # Below their own message in the DM (agent_view makes each the head of a thread) people go on
    # with what they say; below one of ours they answer it.
    own = direct and bool(thread) and inner.get("parent_user_id") == inner.get("user")
    return {
        "message": _became(event, inner) if event.get("type") == "message" else "",
        "is_direct": direct,
        "thread_ts": "" if own else thread,
        "shown_in": thread if own else "",
    }


def _inner(event: Body) -> Body:
    return event.get(_MESSAGE_PARTS.get(str(event.get("subtype")), ""), event) or event


def _became(event: Body, inner: Body) -> str:
    subtype = event.get("subtype")
    # A deleted message with replies below it stays as a tombstone, which arrives as an edit.
    if subtype == "message_deleted" or inner.get("subtype") == "tombstone":
        return "gone"
    if subtype == "message_changed":
        return "changed"
    return "new" if subtype in _WRITTEN and not inner.get("bot_id") else ""


def _meta(view: Body) -> Mapping[str, Any]:
    try:
        meta = storable(json.loads(view.get("private_metadata") or "{}"))
    except json.JSONDecodeError:
        return {}
    return meta if isinstance(meta, dict) else {}


def _team(meta: Mapping[str, Any], block_id: str = "") -> int:
    """Which team the buttons, else the form, are of (views/kit.of_team); 0 when none is said."""
    said = meta.get("team")
    found = _OF_TEAM.match(block_id)
    return int(found[1]) if found else said if isinstance(said, int) else 0


def values_of(state: Body) -> dict[str, Any]:
    """Form fields by block id as plain values: text, id, date, list, or None when empty."""
    return {
        block_id: state_value(next(iter(elements.values()), {}))
        for block_id, elements in (state.get("values") or {}).items()
    }


def state_value(element: Body) -> Any:
    """The plain value of one element's state, whatever its type."""
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or []]
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    if "rich_text_value" in element:
        return _rich_text(element["rich_text_value"] or {})
    for name in element:
        if name.startswith("selected_"):
            return element[name]
    return element.get("value", element.get("files"))


def _rich_text(value: Body) -> str:
    parts = [part.get("elements", []) for part in value.get("elements", [])]
    return "\n".join("".join(str(inline.get("text", "")) for inline in part) for part in parts)


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(item) for item in value)
    return "" if value is None else str(value)
