"""The Web API as the real slack_sdk client sees it."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.manifest import EVERY_SCOPE
from tests.sandboxed import start_sandbox, web_client


def manifest(*without, events=()):
    scopes = sorted(EVERY_SCOPE - set(without))
    return {
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
        "features": {"app_home": {"home_tab_enabled": True}},
    }


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


def names(sandbox):
    return [violation["name"] for violation in sandbox.violations]


async def refused(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_auth_test_tells_who_the_bot_is_and_its_scopes(client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (
        "U0ASSAY",
        "B0ASSAY",
        "T0ASSAY",
    )
    assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")


async def test_the_date_header_follows_the_sandbox_clock(sandbox, client):
    sandbox.clock.advance(86400 * 400)
    answer = await client.auth_test()
    assert str(sandbox.clock.now().year) in answer.headers["Date"]


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


async def test_json_form_and_query_arguments_are_all_read(sandbox, client):
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    message = {"channel": "C0STANDUP", "text": "hi"}
    async with aiohttp.ClientSession(headers=headers) as session:
        address = f"{sandbox.api_url}chat.postMessage"
        for sent in ({"json": message}, {"data": message}, {"params": message}):
            answer = await session.post(address, **sent)
            assert (await answer.json())["ok"]
    assert [m["text"] for m in sandbox.messages("ana", "#standup")] == ["hi"] * 3


async def test_a_missing_scope_names_what_is_needed():
    async with start_sandbox(manifest("chat:write")) as sandbox, web_client(sandbox) as client:
        answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x"))
        assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
        assert "users:read" in answer["provided"]
        assert names(sandbox) == ["missing_scope"]


async def test_reading_a_private_channel_needs_its_own_scope():
    async with (
        start_sandbox(manifest("groups:history")) as sandbox,
        web_client(sandbox) as client,
    ):
        assert (await client.conversations_history(channel="C0STANDUP"))["ok"]
        answer = await refused(client.conversations_history(channel="C0LEADS"))
        assert answer["needed"] == "groups:history"


async def test_listing_asks_a_scope_for_each_type():
    async with start_sandbox(manifest("im:read")) as sandbox, web_client(sandbox) as client:
        found = await client.conversations_list(types="public_channel,private_channel")
        assert [c["name"] for c in found["channels"]] == [
            "standup",
            "ml-alerts",
            "ml-leads",
            "exec-digest",
            "random",
        ]
        answer = await refused(client.conversations_list(types="im"))
        assert answer["needed"] == "im:read"


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


async def test_history_pages_newest_first_and_hides_metadata_unless_asked(sandbox, client):
    metadata = {"event_type": "outbox", "event_payload": {"id": "7"}}
    stamps = []
    for number in range(5):
        sandbox.clock.advance(10)
        sent = await client.chat_postMessage(
            channel="C0STANDUP", text=str(number), metadata=metadata
        )
        stamps.append(sent["ts"])
    page = await client.conversations_history(channel="C0STANDUP", limit=2)
    assert ([m["text"] for m in page["messages"]], page["has_more"]) == (["4", "3"], True)
    assert "metadata" not in page["messages"][0]
    cursor = page["response_metadata"]["next_cursor"]
    page = await client.conversations_history(channel="C0STANDUP", limit=2, cursor=cursor)
    assert [m["text"] for m in page["messages"]] == ["2", "1"]
    part = await client.conversations_history(
        channel="C0STANDUP", oldest=stamps[1], latest=stamps[3], include_all_metadata=True
    )
    assert [m["text"] for m in part["messages"]] == ["2"]
    assert part["messages"][0]["metadata"] == metadata
    part = await client.conversations_history(
        channel="C0STANDUP", oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [m["text"] for m in part["messages"]] == ["3", "2", "1"]


async def test_replies_sit_below_their_parent(sandbox, client):
    parent = (await client.chat_postMessage(channel="C0STANDUP", text="prompt"))["ts"]
    await sandbox.say("ana", "#standup", "answer", thread_ts=parent)
    await sandbox.say("ben", "#standup", "loud", thread_ts=parent, broadcast=True)
    thread = await client.conversations_replies(channel="C0STANDUP", ts=parent)
    assert [m["text"] for m in thread["messages"]] == ["prompt", "answer", "loud"]
    assert thread["messages"][0]["reply_users"] == ["U0ANA", "U0BEN"]
    top = await client.conversations_history(channel="C0STANDUP")
    assert [m["text"] for m in top["messages"]] == ["loud", "prompt"]
    answer = await refused(client.conversations_replies(channel="C0STANDUP", ts="1.000000"))
    assert answer["error"] == "thread_not_found"


async def test_threads_that_lose_messages_are_noticed(sandbox, client):
    await client.chat_postMessage(channel="C0STANDUP", text="x", thread_ts="1.000000")
    parent = (await client.chat_postMessage(channel="C0ALERTS", text="p"))["ts"]
    reply = await client.chat_postMessage(channel="C0ALERTS", text="r", thread_ts=parent)
    await client.chat_postMessage(channel="C0ALERTS", text="rr", thread_ts=reply["ts"])
    assert names(sandbox) == ["unknown_thread", "thread_of_a_reply"]


async def test_ephemerals_are_seen_by_their_addressee_alone(sandbox, client):
    await client.chat_postEphemeral(channel="C0STANDUP", user="U0ANA", text="for you")
    assert sandbox.messages("ana", "#standup")[0]["ephemeral"] is True
    assert sandbox.messages("ben", "#standup") == []
    assert (await client.conversations_history(channel="C0STANDUP"))["messages"] == []
    answer = await refused(client.chat_postEphemeral(channel="C0LEADS", user="U0ANA", text="x"))
    assert answer["error"] == "user_not_in_channel"


async def test_people_and_groups_are_listed(sandbox, client):
    everyone = (await client.users_list())["members"]
    assert len(everyone) == 9
    zones = {member["name"]: member["tz"] for member in everyone}
    assert zones["ana"] == "America/Los_Angeles"
    assert zones["mia"] == "Pacific/Auckland"
    assert (await client.users_info(user="U0KENJI"))["user"]["tz_offset"] == 9 * 3600
    assert (await client.users_lookupByEmail(email="ana@example.com"))["user"]["id"] == "U0ANA"
    missing = await refused(client.users_lookupByEmail(email="x@example.com"))
    assert missing["error"] == "users_not_found"
    assert (await refused(client.users_info(user="U9")))["error"] == "user_not_found"
    groups = (await client.usergroups_list(include_users=True))["usergroups"]
    assert (groups[0]["handle"], groups[0]["users"]) == ("ml-leads", ["U0LENA", "U0KENJI"])
    assert (await client.usergroups_users_list(usergroup="S0LEADS"))["users"] == [
        "U0LENA",
        "U0KENJI",
    ]
    night = await client.dnd_info(user="U0ANA")
    assert night["next_dnd_end_ts"] - night["next_dnd_start_ts"] == 10 * 3600
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert "random" not in [c["name"] for c in mine["channels"]]


async def test_addresses_need_their_scope():
    async with start_sandbox(manifest("users:read.email")) as sandbox, web_client(sandbox) as c:
        assert "email" not in (await c.users_info(user="U0ANA"))["user"]["profile"]


async def test_reactions_are_added_once(sandbox, client):
    ts = (await sandbox.say("ana", "#standup", "done"))["ts"]
    await client.reactions_add(channel="C0STANDUP", timestamp=ts, name="eyes")
    again = await refused(client.reactions_add(channel="C0STANDUP", timestamp=ts, name="eyes"))
    assert again["error"] == "already_reacted"
    assert sandbox.messages("ana", "#standup")[0]["reactions"] == [
        {"name": "eyes", "users": ["U0ASSAY"], "count": 1}
    ]
    await client.reactions_remove(channel="C0STANDUP", timestamp=ts, name="eyes")
    gone = await refused(client.reactions_remove(channel="C0STANDUP", timestamp=ts, name="eyes"))
    assert gone["error"] == "no_reaction"


async def test_a_file_goes_up_in_three_steps_and_comes_down_with_the_token(sandbox, client):
    await client.files_upload_v2(
        channel="C0STANDUP", content="a,b\n1,2\n", filename="runs.csv", initial_comment="results"
    )
    (message,) = sandbox.messages("ana", "#standup")
    shared = message["files"][0]
    assert (message["text"], shared["name"], shared["size"]) == ("results", "runs.csv", 8)
    async with aiohttp.ClientSession() as session:
        assert (await session.get(shared["url_private"])).status == 403
        headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
        answer = await session.get(shared["url_private"], headers=headers)
        assert await answer.text() == "a,b\n1,2\n"
        assert (await session.get(shared["url_private"] + "?as=ana")).status == 200


async def test_an_image_block_takes_only_a_finished_file(sandbox, client):
    up = await client.files_getUploadURLExternal(filename="a.png", length=3)
    image = {"type": "image", "slack_file": {"id": up["file_id"]}, "alt_text": "chart"}
    early = client.chat_postMessage(channel="C0STANDUP", text="x", blocks=[image])
    assert (await refused(early))["error"] == "invalid_blocks"
    async with aiohttp.ClientSession() as session:
        assert (await session.post(up["upload_url"], data=b"png")).status == 200
    await client.files_completeUploadExternal(files=[{"id": up["file_id"], "title": "Chart"}])
    assert (await client.chat_postMessage(channel="C0STANDUP", text="x", blocks=[image]))["ok"]
    assert (await client.files_info(file=up["file_id"]))["file"]["title"] == "Chart"


async def test_permalinks_name_channel_and_message(sandbox, client):
    ts = (await sandbox.say("ana", "#standup", "x"))["ts"]
    link = (await client.chat_getPermalink(channel="C0STANDUP", message_ts=ts))["permalink"]
    assert link.endswith(f"/archives/C0STANDUP/p{ts.replace('.', '')}")


async def test_timestamps_never_repeat_in_a_channel(sandbox, client):
    await sandbox.set_strict(False)
    stamps = [
        (await client.chat_postMessage(channel="C0STANDUP", text="x"))["ts"] for _ in range(20)
    ]
    assert stamps == sorted(set(stamps), key=float)


@pytest.mark.parametrize("kind", ["reset", "lost_answer"])
async def test_a_cut_connection_leaves_the_caller_in_the_dark(sandbox, client, kind):
    await sandbox.fault("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0STANDUP", text="x")
    happened = len(sandbox.messages("ana", "#standup"))
    assert happened == (1 if kind == "lost_answer" else 0)
    assert (await client.chat_postMessage(channel="C0STANDUP", text="y"))["ok"]


async def test_ordered_faults_answer_429_500_and_nonsense(sandbox, client):
    await sandbox.fault("chat.postMessage", "429", retry_after=7)
    await sandbox.fault("chat.postMessage", "500")
    await sandbox.fault("chat.postMessage", "malformed")
    await sandbox.fault("chat.postMessage", "slow", seconds=0.01)
    answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x"))
    assert answer.headers["Retry-After"] == "7"
    answer = await refused(client.chat_postMessage(channel="C0STANDUP", text="x"))
    assert (answer.status_code, answer["error"]) == (500, "internal_error")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0STANDUP", text="x")
    assert (await client.chat_postMessage(channel="C0STANDUP", text="x"))["ok"]
    assert len(sandbox.messages("ana", "#standup")) == 1
    assert sandbox.violations == []
