"""Parts of the sandbox's flow tests: manifests, views, elements, scripted answers."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.workspace.manifest import EVERY_SCOPE


def manifest(*without, events=()):
    scopes = sorted(EVERY_SCOPE - set(without))
    return {
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
        "features": {"app_home": {"home_tab_enabled": True}},
    }


def names(sandbox):
    return [violation["name"] for violation in sandbox.violations]


async def refused(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


class Script:
    """A bot's answers to the payloads it will get, in order."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def __call__(self, frame):
        if frame["type"] == "events_api" or not self.answers:
            return None
        return self.answers.pop(0)


def plain(text):
    return {"type": "plain_text", "text": text}


def option(value):
    return {"text": {**plain(value.title()), "emoji": True}, "value": value}


def field(block_id, element, **more):
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        **more,
    }


TEXT = {"type": "plain_text_input", "action_id": "t"}
PICK = {"type": "static_select", "action_id": "p", "options": [option("a"), option("b")]}


def modal(*blocks, **more):
    base = {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Go")}
    return {**base, "blocks": list(blocks), **more}


def button(action_id="go", **more):
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


async def opened(sandbox, client, view, who="ana"):
    """Open ``view`` for somebody, with a trigger of their own."""
    trigger = sandbox.office.triggers.issue(sandbox.office.space.person(who).id)
    return (await client.views_open(trigger_id=trigger.id, view=view))["view"]


async def posted(client, *elements, channel="C0STANDUP", **more):
    blocks = [{"type": "actions", "block_id": "row", "elements": list(elements)}]
    return (await client.chat_postMessage(channel=channel, text="x", blocks=blocks, **more))["ts"]
