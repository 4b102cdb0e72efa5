"""What people do: modals, buttons, selects, response_urls, the Home tab, shortcuts."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.shapes import ControlError
from tests.sandboxed import bare_bot, start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox(ack_s=0.5) as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


class Script:
    """A bot's answers to the payloads it will get, in order."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def __call__(self, frame):
        if frame["type"] == "events_api" or not self.answers:
            return None
        return self.answers.pop(0)


def names(sandbox):
    return [violation["name"] for violation in sandbox.violations]


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


async def opened(sandbox, client, view, who="ana"):
    """Open ``view`` for somebody, with a trigger of their own."""
    trigger = sandbox.office.triggers.issue(sandbox.office.space.person(who).id)
    return (await client.views_open(trigger_id=trigger.id, view=view))["view"]


async def posted(client, *elements, channel="C0STANDUP", **more):
    blocks = [{"type": "actions", "block_id": "row", "elements": list(elements)}]
    return (await client.chat_postMessage(channel=channel, text="x", blocks=blocks, **more))["ts"]


def button(action_id="go", **more):
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


async def test_a_trigger_opens_one_view_within_three_seconds(sandbox, client):
    trigger = sandbox.office.triggers.issue("U0ANA")
    await client.views_open(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    late = sandbox.office.triggers.issue("U0ANA")
    late.issued_s -= 4
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late.id, view=modal(field("a", TEXT)))
    assert names(sandbox) == ["exchanged_trigger_id", "expired_trigger_id"]


async def test_an_empty_ack_closes_the_modal(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT), field("pick", PICK)))
    async with bare_bot(sandbox) as bot:
        told = await sandbox.submit("ana", view["id"], {"why": "no lift", "pick": "b"})
    assert (told["closed"], told["view"], sandbox.views("ana")) == (True, None, [])
    (payload,) = bot.payloads("interactive")
    values = payload["view"]["state"]["values"]
    assert values["why"]["t"] == {"type": "plain_text_input", "value": "no lift"}
    assert values["pick"]["p"]["selected_option"]["value"] == "b"


async def test_a_form_with_an_empty_required_field_is_not_sent(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    async with bare_bot(sandbox) as bot:
        told = await sandbox.submit("ana", view["id"], {})
        assert (told["delivery"]["sent"], list(told["errors"])) == (0, ["why"])
        assert bot.frames == []


async def test_errors_keep_the_form_and_what_was_typed(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    answer = {"response_action": "errors", "errors": {"why": "Say more."}}
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.submit("ana", view["id"], {"why": "typed"})
    assert told["errors"] == {"why": "Say more."}
    assert told["view"]["values"]["why"]["t"]["value"] == "typed"
    assert sandbox.violations == []


@pytest.mark.parametrize(
    ("answer", "violation"),
    [
        ({"response_action": "errors", "errors": {"nope": "x"}}, "invalid_response_errors"),
        ({"response_action": "errors"}, "invalid_response_errors"),
        ({"response_action": "dance"}, "invalid_response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
async def test_answers_slack_does_not_understand_are_violations(
    sandbox, client, answer, violation
):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.submit("ana", view["id"], {"why": "x"})
    assert (told["closed"], names(sandbox)) == (False, [violation])


async def test_update_push_and_clear_move_through_the_stack(sandbox, client):
    view = await opened(sandbox, client, modal(field("one", TEXT)))
    script = Script(
        {"response_action": "update", "view": modal(field("two", TEXT))},
        {"response_action": "push", "view": modal(field("three", TEXT))},
        None,
        {"response_action": "clear"},
    )
    async with bare_bot(sandbox, script):
        told = await sandbox.submit("ana", view["id"], {"one": "x"})
        assert told["view"]["id"] == view["id"]
        assert told["view"]["hash"] != view["hash"]
        told = await sandbox.submit("ana", view["id"], {"two": "x"})
        top = told["view"]
        assert (top["previous_view_id"], top["root_view_id"]) == (view["id"], view["id"])
        with pytest.raises(ControlError, match="on top"):
            await sandbox.submit("ana", view["id"], {"two": "x"})
        assert (await sandbox.submit("ana", top["id"], {"three": "x"}))["closed"]
        assert [v["id"] for v in sandbox.views("ana")] == [view["id"]]
        told = await sandbox.submit("ana", view["id"], {"two": "x"})
        assert (told["response_action"], sandbox.views("ana")) == ("clear", [])


async def test_a_lost_submission_keeps_the_form(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    told = await sandbox.submit("ana", view["id"], {"why": "kept"})
    assert told["delivery"]["error"] == "dispatch_failed"
    assert sandbox.views("ana")[0]["values"]["why"]["t"]["value"] == "kept"


async def test_views_update_keeps_typed_values_and_watches_the_hash(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    await sandbox.type_in("ana", view["id"], {"why": "half"})
    wider = modal(field("why", TEXT), field("more", TEXT))
    await client.views_update(view_id=view["id"], view=wider, hash=view["hash"])
    assert sandbox.views("ana")[0]["values"]["why"]["t"]["value"] == "half"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], view=wider, hash=view["hash"])
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id="V9", view=wider)
    assert sandbox.violations == []


async def test_views_are_found_by_their_external_id_which_is_unique(sandbox, client):
    await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"))
    await client.views_update(external_id="mine", view=modal(field("b", TEXT)))
    assert sandbox.views("ana")[0]["blocks"][0]["block_id"] == "b"
    await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"), who="ben")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"), who="zoe")


async def test_an_invalid_modal_is_refused_with_pointers(sandbox, client):
    with pytest.raises(SlackApiError) as caught:
        await opened(sandbox, client, modal(field("a", TEXT), title=plain("x" * 25)))
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert names(sandbox) == ["invalid_blocks"]


async def test_push_needs_a_trigger_from_a_modal_and_stops_at_three(sandbox, client):
    trigger = sandbox.office.triggers.issue("U0ANA")
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    view = await opened(sandbox, client, modal(field("a", TEXT)))
    for _ in range(2):
        fresh = sandbox.office.triggers.issue("U0ANA", view["id"])
        await client.views_push(trigger_id=fresh.id, view=modal(field("a", TEXT)))
    fresh = sandbox.office.triggers.issue("U0ANA", view["id"])
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=fresh.id, view=modal(field("a", TEXT)))


async def test_closing_tells_the_bot_what_was_half_typed_when_it_asked(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT), notify_on_close=True))
    await sandbox.type_in("ana", view["id"], {"why": "half"})
    async with bare_bot(sandbox) as bot:
        assert (await sandbox.close_view("ana", view["id"]))["delivery"]["sent"] == 1
    (payload,) = bot.payloads("interactive")
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert payload["view"]["state"]["values"]["why"]["t"]["value"] == "half"
    quiet = await opened(sandbox, client, modal(field("why", TEXT)))
    assert (await sandbox.close_view("ana", quiet["id"]))["delivery"]["sent"] == 0


async def test_closing_everything_says_so(sandbox, client):
    view = await opened(
        sandbox, client, modal(field("a", TEXT), notify_on_close=True, clear_on_close=True)
    )
    async with bare_bot(sandbox) as bot:
        await sandbox.close_view("ana", view["id"])
    assert bot.payloads("interactive")[0]["is_cleared"] is True


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


async def test_an_external_select_is_filled_by_the_bot(sandbox, client):
    lookup = {"type": "external_select", "action_id": "x", "min_query_length": 2}
    view = await opened(sandbox, client, modal(field("exp", lookup)))
    async with bare_bot(sandbox, Script({"options": [option("exp-042")]})) as bot:
        at = {"view_id": view["id"], "block_id": "exp"}
        assert (await sandbox.suggest("ana", "x", **at, value="r"))["options"] == []
        told = await sandbox.suggest("ana", "x", **at, value="rag")
        assert [one["value"] for one in told["options"]] == ["exp-042"]
        assert (await sandbox.submit("ana", view["id"], {"exp": "exp-042"}))["closed"]
    suggestion, submission = bot.payloads("interactive")
    assert (suggestion["type"], suggestion["value"]) == ("block_suggestion", "rag")
    chosen = submission["view"]["state"]["values"]["exp"]["x"]["selected_option"]
    assert chosen["value"] == "exp-042"


async def test_too_many_options_are_a_violation(sandbox, client):
    lookup = {"type": "external_select", "action_id": "x", "min_query_length": 0}
    view = await opened(sandbox, client, modal(field("exp", lookup)))
    answer = {"options": [option(str(n)) for n in range(101)]}
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.suggest("ana", "x", view_id=view["id"], value="")
    assert (told["options"], names(sandbox)) == ([], ["invalid_options"])


async def test_an_input_without_dispatch_action_stays_quiet(sandbox, client):
    view = await opened(
        sandbox,
        client,
        modal(
            field("quiet", PICK), field("loud", {**PICK, "action_id": "q"}, dispatch_action=True)
        ),
    )
    async with bare_bot(sandbox) as bot:
        told = await sandbox.click("ana", "p", view_id=view["id"], value="a")
        assert told["delivery"]["sent"] == 0
        await sandbox.click("ana", "q", view_id=view["id"], value="b")
    (payload,) = bot.payloads("interactive")
    values = payload["view"]["state"]["values"]
    assert values["quiet"]["p"]["selected_option"]["value"] == "a"


async def test_a_select_with_response_url_enabled_brings_one(sandbox, client):
    where = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
    view = await opened(sandbox, client, modal(field("where", where)))
    async with bare_bot(sandbox) as bot:
        await sandbox.submit("ana", view["id"], {"where": "C0STANDUP"})
    (url,) = bot.payloads("interactive")[0]["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == ("C0STANDUP", "where", "c")


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
