"""A tiny Bolt app that posts one of everything, for the page's tests."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.flows.page_blocks import Json, mrkdwn, plain
from tests.flows.page_form import field as input_block
from tests.flows.page_form import form
from tests.sandboxed import bolt_app, over_socket

ANY = re.compile(".*")
COMMANDS = (
    ("/kill", "Kill an experiment (leads)", "EXP-042 reason"),
    ("/form", "Open the form", ""),
    ("/whisper", "Say something only to you", ""),
    ("/deaf", "Never answers in time", ""),
)
SHORTCUTS = (
    ("Log a learning", "message", "learn_from_message"),
    ("New experiment", "global", "new_experiment"),
)
EVENTS = ["app_home_opened", "message.channels", "message.im", "message.groups", "reaction_added"]
SCOPES = [
    "channels:history", "groups:history", "im:history", "chat:write", "commands", "files:read",
    "files:write", "reactions:read", "users:read", "channels:read", "groups:read", "im:write",
]  # fmt: skip


def manifest() -> Json:
    """What the app declares."""
    return {
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Assay"},
            "slash_commands": [
                {"command": name, "description": text, "usage_hint": hint, "should_escape": True}
                for name, text, hint in COMMANDS
            ],
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": callback_id, "description": name}
                for name, kind, callback_id in SHORTCUTS
            ],
        },
        "oauth_config": {"scopes": {"bot": SCOPES}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS},
            "interactivity": {"is_enabled": True},
        },
    }


@dataclass
class Heard:
    """What reached the app, in order."""

    actions: list[Json] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    closed: list[Json] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)


def home_view(count: int) -> Json:
    """The Home tab, with how often it was opened."""
    button = {"type": "button", "action_id": "home_go", "text": plain("Open the form")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your experiments")},
            {"type": "section", "text": mrkdwn(f"Opened *{count}* times")},
            {"type": "actions", "block_id": "home_acts", "elements": [button]},
        ],
    }


def _listen_to_commands(app: AsyncApp, heard: Heard) -> None:
    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.commands.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async def whisper(ack: Any, body: Json) -> None:
        heard.commands.append(body)
        await ack(f"You said {body['text']}")

    async def kill(ack: Any, body: Json) -> None:
        heard.commands.append(body)
        await ack({"response_type": "in_channel", "text": f"Killed {body['text']}"})

    async def deaf(body: Json) -> None:
        heard.commands.append(body)

    for name, listener in (
        ("/form", open_form),
        ("/whisper", whisper),
        ("/kill", kill),
        ("/deaf", deaf),
    ):
        app.command(name)(listener)
    for _, _, callback_id in SHORTCUTS:
        app.shortcut(callback_id)(open_form)


def _listen_to_forms(app: AsyncApp, heard: Heard) -> None:
    async def acted(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.actions.append(body)
        if body["actions"][0]["action_id"] in ("go", "home_go"):
            await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async def shut(ack: Any, body: Json) -> None:
        heard.closed.append(body)
        await ack()

    async def suggest(ack: Any, body: Json) -> None:
        found = [{"text": plain(f"EXP-{body['value']}-{n}"), "value": f"x{n}"} for n in (1, 2)]
        await ack({"options": found})

    app.action({"action_id": ANY})(acted)
    app.view_closed("form")(shut)
    app.options("twin_in")(suggest)


def _listen_to_submissions(app: AsyncApp, heard: Heard) -> None:
    async def submitted(ack: Any, body: Json) -> None:
        heard.views.append(body)
        values = body["view"]["state"]["values"]
        learned = (values.get("learned") or {}).get("learned_in", {}).get("value") or ""
        if learned.startswith("deaf"):
            return
        if learned.startswith("n/a"):
            await ack(
                {"response_action": "errors", "errors": {"learned": "Say what you learned."}}
            )
        elif learned.startswith("push"):
            more = input_block("why", {"type": "plain_text_input"}, "Why?")
            await ack({"response_action": "push", "view": form("One more thing", [more])})
        else:
            await ack()

    app.view("form")(submitted)


def _listen_to_events(app: AsyncApp, heard: Heard) -> None:
    async def opened(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            heard.homes.append(event["user"])
            await client.views_publish(user_id=event["user"], view=home_view(len(heard.homes)))

    async def said(event: Json) -> None:
        heard.messages.append(event)

    async def reacted() -> None:
        """Nothing to do; the event is taken."""

    app.event("app_home_opened")(opened)
    app.event("message")(said)
    app.event("reaction_added")(reacted)


@asynccontextmanager
async def running(sandbox: Sandbox, heard: Heard) -> AsyncIterator[AsyncWebClient]:
    """The app connected to the sandbox; hands out its client."""
    async with bolt_app(sandbox) as app:
        _listen_to_commands(app, heard)
        _listen_to_forms(app, heard)
        _listen_to_submissions(app, heard)
        _listen_to_events(app, heard)
        async with over_socket(sandbox, app):
            yield app.client
