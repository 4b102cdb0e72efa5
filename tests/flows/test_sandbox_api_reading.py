"""The Web API as the real slack_sdk client sees it: reading, people, files, faults."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.flows.sandbox_parts import manifest, refused
from tests.sandboxed import start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


async def test_the_date_header_follows_the_sandbox_clock(sandbox, client):
    sandbox.clock.advance(86400 * 400)
    answer = await client.auth_test()
    assert str(sandbox.clock.now().year) in answer.headers["Date"]


async def test_json_form_and_query_arguments_are_all_read(sandbox, client):
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    message = {"channel": "C0STANDUP", "text": "hi"}
    async with aiohttp.ClientSession(headers=headers) as session:
        address = f"{sandbox.api_url}chat.postMessage"
        for sent in ({"json": message}, {"data": message}, {"params": message}):
            answer = await session.post(address, **sent)
            assert (await answer.json())["ok"]
    assert [m["text"] for m in sandbox.messages("ana", "#standup")] == ["hi"] * 3


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
            "vision",
            "vision-leads",
        ]
        answer = await refused(client.conversations_list(types="im"))
        assert answer["needed"] == "im:read"


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


async def test_ephemerals_are_seen_by_their_addressee_alone(sandbox, client):
    await client.chat_postEphemeral(channel="C0STANDUP", user="U0ANA", text="for you")
    assert sandbox.messages("ana", "#standup")[0]["ephemeral"] is True
    assert sandbox.messages("ben", "#standup") == []
    assert (await client.conversations_history(channel="C0STANDUP"))["messages"] == []
    answer = await refused(client.chat_postEphemeral(channel="C0LEADS", user="U0ANA", text="x"))
    assert answer["error"] == "user_not_in_channel"


async def test_people_and_groups_are_listed(sandbox, client):
    everyone = (await client.users_list())["members"]
    assert len(everyone) == 10
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
