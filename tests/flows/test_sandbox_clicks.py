"""What people do with the app: commands, buttons, selects, shortcuts, the Home tab."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.shapes import ControlError
from tests.flows.sandbox_parts import (
    PICK,
    Script,
    button,
    names,
    option,
    posted,
)
from tests.sandboxed import bare_bot, start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


async def test_a_button_press_carries_message_value_and_response_url(sandbox, client):
    ts = await posted(client, button(value="17"))
    async with bare_bot(sandbox) as bot:
        told = await sandbox.click("ana", "go", channel="#standup", ts=ts)
    assert told["delivery"]["ok"]
    (payload,) = bot.payloads("interactive")
    assert payload["actions"][0]["value"] == "17"
    assert payload["message"]["ts"] == ts
    assert payload["container"]["is_ephemeral"] is False
    assert payload["response_url"].startswith(sandbox.url)


async def test_what_was_chosen_in_a_message_stays_in_its_state(sandbox, client):
    ts = await posted(client, PICK, button())
    async with bare_bot(sandbox) as bot:
        await sandbox.click("ana", "p", channel="#standup", ts=ts, value="b")
        await sandbox.click("ana", "go", channel="#standup", ts=ts)
        await sandbox.click("ben", "go", channel="#standup", ts=ts)
    first, second, third = bot.payloads("interactive")
    assert first["actions"][0]["selected_option"]["value"] == "b"
    assert second["state"]["values"]["row"]["p"]["selected_option"]["value"] == "b"
    assert third["state"]["values"]["row"]["p"]["selected_option"] is None


@pytest.mark.parametrize(
    ("element", "value", "key", "found"),
    [
        ({"type": "overflow", "action_id": "e", "options": [option("a"), option("b")]}, "b",
         "selected_option", option("b")),
        ({"type": "overflow", "action_id": "e", "options": [option("a"), option("b")]},
         {"selected_option": option("b")}, "selected_option", option("b")),
        ({"type": "timepicker", "action_id": "e", "timezone": "Asia/Tokyo"}, "10:00",
         "timezone", "Asia/Tokyo"),
        ({"type": "users_select", "action_id": "e"}, "U0BEN", "selected_user", "U0BEN"),
        ({"type": "datepicker", "action_id": "e"}, "2026-12-01", "selected_date", "2026-12-01"),
        ({"type": "checkboxes", "action_id": "e", "options": [option("a")]}, ["a"],
         "selected_options", [option("a")]),
        ({"type": "radio_buttons", "action_id": "e", "options": [option("a")]}, "a",
         "selected_option", option("a")),
    ],
)  # fmt: skip
async def test_every_element_reports_in_its_own_field(sandbox, client, element, value, key, found):
    ts = await posted(client, element)
    async with bare_bot(sandbox) as bot:
        await sandbox.click("ana", "e", channel="#standup", ts=ts, value=value)
    assert bot.payloads("interactive")[0]["actions"][0][key] == found


async def test_an_ephemeral_click_has_no_message_and_can_replace_or_delete_it(sandbox, client):
    blocks = [{"type": "actions", "elements": [button()]}]
    sent = await client.chat_postEphemeral(
        channel="C0STANDUP", user="U0ANA", text="x", blocks=blocks
    )
    async with bare_bot(sandbox) as bot:
        await sandbox.click("ana", "go", channel="#standup", ts=sent["message_ts"])
        with pytest.raises(ControlError):
            await sandbox.click("ben", "go", channel="#standup", ts=sent["message_ts"])
    (payload,) = bot.payloads("interactive")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    async with aiohttp.ClientSession() as session:
        await session.post(
            payload["response_url"], json={"replace_original": True, "text": "changed"}
        )
        (message,) = sandbox.messages("ana", "#standup")
        assert (message["text"], "blocks" in message) == ("changed", False)
        await session.post(payload["response_url"], json={"delete_original": True})
    assert sandbox.messages("ana", "#standup") == []


async def test_a_response_url_speaks_in_the_channel_even_where_the_bot_is_not(sandbox):
    async with bare_bot(sandbox) as bot:
        await sandbox.command("ana", "#random", "/kill")
    address = bot.payloads("slash_commands")[0]["response_url"]
    async with aiohttp.ClientSession() as session:
        for body in ({"text": "for ana"}, {"text": "for all", "response_type": "in_channel"}):
            assert (await session.post(address, json=body)).status == 200
        assert (await session.post(address, json={})).status == 400
        assert (await session.post(address, data=b"broken")).status == 400
        for _ in range(3):
            await session.post(address, json={"text": "x"})
        answer = await session.post(address, json={"text": "x"})
        assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
    assert [m["text"] for m in sandbox.messages("ben", "#random")] == ["for all"]
    assert names(sandbox) == ["no_text", "invalid_payload", "used_url"]


async def test_a_command_may_answer_in_the_channel_with_its_echo(sandbox):
    answer = {"response_type": "in_channel", "text": "killed"}
    async with bare_bot(sandbox, Script(answer)):
        await sandbox.command("ana", "#standup", "/kill", "EXP-1")
    (message,) = sandbox.messages("ben", "#standup")
    assert message["text"] == "killed"
    assert message["slash_command"] == {"user": "U0ANA", "text": "/kill EXP-1"}


async def test_a_broken_command_answer_is_shown_as_slack_does(sandbox):
    async with bare_bot(sandbox, Script({"text": "x", "blocks": [{"type": "nope"}]})):
        told = await sandbox.command("ana", "#standup", "/kill")
    assert told["response"] is None
    assert "invalid_blocks" in sandbox.messages("ana", "#standup")[0]["text"]
    assert names(sandbox) == ["invalid_blocks"]


async def test_the_home_tab_is_published_updated_and_clicked(sandbox, client):
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button()]}]}
    async with bare_bot(sandbox) as bot:
        assert (await sandbox.home_opened("ana"))["view"] is None
        first = (await client.views_publish(user_id="U0ANA", view=home))["view"]
        await client.views_publish(user_id="U0ANA", view=home, hash=first["hash"])
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await client.views_publish(user_id="U0ANA", view=home, hash=first["hash"])
        told = await sandbox.home_opened("ana")
        assert told["view"]["id"] == first["id"]
        await sandbox.click("ana", "go", home=True)
    opened_first, opened_second = bot.events("app_home_opened")
    assert ("view" in opened_first, "view" in opened_second) == (False, True)
    (payload,) = bot.payloads("interactive")
    assert payload["container"] == {"type": "view", "view_id": first["id"]}
    assert "response_url" not in payload
    assert sandbox.home("ben") is None


async def test_shortcuts_are_global_or_on_a_message(sandbox):
    ts = (await sandbox.say("ana", "#standup", "LoRA wins"))["ts"]
    async with bare_bot(sandbox) as bot:
        await sandbox.until(lambda: bot.events())
        await sandbox.shortcut("ben", "new_experiment")
        await sandbox.shortcut("ben", "learn", channel="#standup", ts=ts)
    alone, on_message = bot.payloads("interactive")
    assert (alone["type"], "channel" in alone) == ("shortcut", False)
    assert (on_message["type"], on_message["message"]["text"]) == ("message_action", "LoRA wins")


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s: s.command("nobody", "#standup", "/kill"), "no person called 'nobody'"),
        (lambda s: s.command("ana", "#nowhere", "/kill"), "sees no channel"),
        (lambda s: s.command("ana", "#ml-leads", "/kill"), "sees no channel"),
        (lambda s: s.click("ana", "go"), "Say where"),
        (lambda s: s.click("ana", "go", channel="#standup", ts="1.0"), "sees no message"),
        (lambda s: s.click("ana", "go", home=True), "Home tab is empty"),
        (lambda s: s.submit("ana", "V9", {}), "not open any more"),
        (lambda s: s.say("ana", "#standup", "  "), "empty message"),
    ],
)  # fmt: skip
async def test_senseless_acts_are_refused_with_a_sentence(sandbox, act, sentence):
    with pytest.raises(ControlError) as caught:
        await act(sandbox)
    assert sentence in caught.value.message


async def test_an_unknown_command_or_shortcut_of_the_manifest_is_refused():
    manifest = {
        "features": {"slash_commands": [{"command": "/kill", "should_escape": False}]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
    }
    async with start_sandbox(manifest) as sandbox, bare_bot(sandbox) as bot:
        with pytest.raises(ControlError, match="not a valid command"):
            await sandbox.command("ana", "#standup", "/exp")
        with pytest.raises(ControlError, match="no global shortcut"):
            await sandbox.shortcut("ana", "new")
        await sandbox.command("ana", "#standup", "/kill", "@ana")
    assert bot.payloads("slash_commands")[0]["text"] == "@ana"


async def test_feedback_buttons_report_the_side_that_was_pressed(sandbox, client):
    side = {"text": {"type": "plain_text", "text": "x"}}
    element = {
        "type": "feedback_buttons",
        "action_id": "f",
        "positive_button": {**side, "value": "up"},
        "negative_button": {**side, "value": "down"},
    }
    blocks = [{"type": "context_actions", "elements": [element]}]
    ts = (await client.chat_postMessage(channel="C0STANDUP", text="x", blocks=blocks))["ts"]
    async with bare_bot(sandbox) as bot:
        for value in ("up", "down"):
            await sandbox.click("ana", "f", channel="#standup", ts=ts, value=value, selected={})
    pressed = [payload["actions"][0]["value"] for payload in bot.payloads("interactive")]
    assert pressed == ["up", "down"]
