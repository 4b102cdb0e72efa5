"""The Web API as the real slack_sdk client sees it: tokens, scopes, posting."""

import aiohttp
import pytest

from tests.flows.sandbox_parts import manifest, names, refused
from tests.sandboxed import start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


async def test_auth_test_tells_who_the_bot_is_and_its_scopes(client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (
        "U0ASSAY",
        "B0ASSAY",
        "T0ASSAY",
    )
    assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("xapp-sandbox", "chat.postMessage", "not_allowed_token_type"),
        ("xoxb-sandbox", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-sandbox", "chat.scheduleMessage", "unknown_method"),
    ],
)
async def test_wrong_tokens_and_methods_are_refused(sandbox, token, method, error):
    async with web_client(sandbox, token) as client:
        assert (await refused(client.api_call(method)))["error"] == error


async def test_no_token_is_not_authed(sandbox):
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{sandbox.api_url}auth.test")
        assert (await answer.json())["error"] == "not_authed"


async def test_a_missing_scope_names_what_is_needed():
    async with start_sandbox(manifest("chat:write")) as sandbox, web_client(sandbox) as client:
        answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x"))
        assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
        assert "users:read" in answer["provided"]
        assert names(sandbox) == ["missing_scope"]


async def test_posting_into_a_person_opens_their_dm(sandbox, client):
    answer = await client.chat_postMessage(channel="U0ANA", text="psst")
    assert answer["channel"] == "D0ANA"
    assert [m["text"] for m in sandbox.messages("ana", "D0ANA")] == ["psst"]
    assert (await refused(client.conversations_history(channel="C0NONE")))["error"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0NONE", "channel_not_found"), ("U0NOBODY", "channel_not_found"),
     ("U0ASSAY", "cannot_dm_bot"), ("#nowhere", "channel_not_found")],
)  # fmt: skip
async def test_nowhere_to_post(client, sandbox, channel, error):
    answer = await refused(client.chat_postMessage(channel=channel, text="x"))
    assert answer["error"] == error
    assert names(sandbox) == [error]


async def test_a_public_channel_needs_membership_or_the_public_scope(sandbox, client):
    assert (await client.chat_postMessage(channel="#random", text="x"))["ok"]
    async with (
        start_sandbox(manifest("chat:write.public")) as strict,
        web_client(strict) as outsider,
    ):
        answer = await refused(outsider.chat_postMessage(channel="#random", text="x"))
        assert answer["error"] == "not_in_channel"
        await outsider.conversations_join(channel="C0RANDOM")
        assert (await outsider.chat_postMessage(channel="#random", text="x"))["ok"]


async def test_a_private_channel_without_the_bot_does_not_exist_for_it(sandbox, client):
    made = await sandbox.channel("create", name="secret", is_private=True)
    answer = await refused(client.chat_postMessage(channel=made["channel"]["id"], text="x"))
    assert answer["error"] == "channel_not_found"


async def test_archived_channels_and_deactivated_people_get_nothing(sandbox, client):
    await sandbox.channel("archive", channel="#ml-alerts")
    answer = await refused(client.chat_postMessage(channel="C0ALERTS", text="x"))
    assert answer["error"] == "is_archived"
    await sandbox.user("ben", deleted=True)
    answer = await refused(client.chat_postMessage(channel="U0BEN", text="x"))
    assert answer["error"] == "user_disabled"


async def test_a_fourth_message_a_second_is_rate_limited_until_the_clock_moves(sandbox, client):
    for _ in range(3):
        await client.chat_postMessage(channel="C0STANDUP", text="x")
    answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x"))
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    assert sandbox.seen.counts["violation:ratelimited"] == 1
    sandbox.clock.advance(1)
    assert (await client.chat_postMessage(channel="C0STANDUP", text="x"))["ok"]
    await sandbox.set_strict(False)
    for _ in range(5):
        await client.chat_postMessage(channel="C0STANDUP", text="x")


async def test_invalid_blocks_come_with_pointers(sandbox, client):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert names(sandbox) == ["invalid_blocks"]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": '{"no": "list"}'}, "invalid_blocks_format"),
        ({"text": "x", "blocks": "[broken"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "section",
          "text": {"type": "mrkdwn", "text": "y" * 2900}}] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ],
)  # fmt: skip
async def test_messages_slack_would_refuse(sandbox, client, message, error):
    sent = client.api_call("chat.postMessage", json={"channel": "C0STANDUP", **message})
    assert (await refused(sent))["error"] == error
    assert names(sandbox) == [error]


async def test_a_message_without_top_level_text_passes_but_counts_as_a_violation(sandbox, client):
    answer = await client.api_call(
        "chat.postMessage", json={"channel": "C0STANDUP", "blocks": [{"type": "divider"}]}
    )
    assert answer["warning"] == "missing_text_in_message"
    assert names(sandbox) == ["missing_text"]


async def test_unescaped_text_is_noticed(sandbox, client):
    await client.chat_postMessage(channel="C0STANDUP", text="a & b")
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "<!evil>"}}
    await client.chat_postMessage(channel="C0STANDUP", text="fine &amp; good", blocks=[block])
    assert names(sandbox) == ["unescaped_text"] * 2


async def test_updating_and_deleting_own_messages_only(sandbox, client):
    mine = (await client.chat_postMessage(channel="C0STANDUP", text="one"))["ts"]
    theirs = (await sandbox.say("ana", "#standup", "mine"))["ts"]
    await client.chat_update(channel="C0STANDUP", ts=mine, text="two")
    assert [m["text"] for m in sandbox.messages("ana", "#standup")] == ["two", "mine"]
    answer = await refused(client.chat_update(channel="C0STANDUP", ts=theirs, text="x"))
    assert answer["error"] == "cant_update_message"
    answer = await refused(client.chat_delete(channel="C0STANDUP", ts=theirs))
    assert answer["error"] == "cant_delete_message"
    await client.chat_delete(channel="C0STANDUP", ts=mine)
    answer = await refused(client.chat_update(channel="C0STANDUP", ts=mine, text="x"))
    assert answer["error"] == "message_not_found"


async def test_an_update_with_text_alone_removes_the_blocks(sandbox, client):
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    sent = await client.chat_postMessage(channel="C0STANDUP", text="t", blocks=[block])
    await client.chat_update(channel="C0STANDUP", ts=sent["ts"], text="only text")
    (message,) = sandbox.messages("ana", "#standup")
    assert "blocks" not in message
    assert message["edited"]["user"] == "U0ASSAY"


async def test_threads_that_lose_messages_are_noticed(sandbox, client):
    await client.chat_postMessage(channel="C0STANDUP", text="x", thread_ts="1.000000")
    parent = (await client.chat_postMessage(channel="C0ALERTS", text="p"))["ts"]
    reply = await client.chat_postMessage(channel="C0ALERTS", text="r", thread_ts=parent)
    await client.chat_postMessage(channel="C0ALERTS", text="rr", thread_ts=reply["ts"])
    assert names(sandbox) == ["unknown_thread", "thread_of_a_reply"]
