"""The control API over HTTP: what the page uses."""

import aiohttp
import pytest

from tests.sandboxed import bare_bot, start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def page(sandbox):
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session


async def got(page, path, **query):
    answer = await page.get(f"/control/{path}", params=query)
    return answer.status, await answer.json()


async def sent(page, path, **body):
    answer = await page.post(f"/control/{path}", json=body)
    return answer.status, await answer.json()


async def test_the_state_shows_only_what_that_person_sees(page):
    _, ana = await got(page, "state", **{"as": "ana"})
    _, lena = await got(page, "state", **{"as": "U0LENA"})
    names = [channel["name"] for channel in ana["channels"]]
    assert names == ["standup", "ml-alerts", "random", "vision", "assay"]
    assert {"ml-leads", "vision-leads"} <= {channel["name"] for channel in lena["channels"]}
    assert [c["id"] for c in ana["channels"] if c["kind"] == "im"] == ["D0ANA"]
    assert len(ana["members"]) == 10
    assert [m["name"] for m in ana["members"] if m["is_lead_hint"]] == ["lena", "kenji"]
    assert ana["me"]["tz"] == "America/Los_Angeles"
    assert ana["bot"] == {
        "user_id": "U0ASSAY",
        "name": "assay",
        "connected": False,
        "transport": "socket",
    }


async def test_saying_reading_and_unread_counts(page):
    async with page.post("/control/say", json={"as": "ana", "channel": "#standup", "text": "hi"}):
        pass
    _, state = await got(page, "state", **{"as": "ben"})
    unread = {channel["name"]: channel["unread"] for channel in state["channels"]}
    assert unread == {"standup": 1, "ml-alerts": 0, "random": 0, "vision": 0, "assay": 0}
    _, found = await got(page, "messages", **{"as": "ben", "channel": "C0STANDUP"})
    assert [m["text"] for m in found["messages"]] == ["hi"]
    _, state = await got(page, "state", **{"as": "ben"})
    assert state["channels"][0]["unread"] == 0


async def test_a_thread_is_read_with_its_parent(page):
    _, parent = await sent(page, "say", **{"as": "ana", "channel": "#standup", "text": "p"})
    body = {"as": "ben", "channel": "#standup", "text": "r", "thread_ts": parent["ts"]}
    await sent(page, "say", **body)
    where = {"as": "ana", "channel": "#standup"}
    _, top = await got(page, "messages", **where)
    assert [(m["text"], m.get("reply_count")) for m in top["messages"]] == [("p", 1)]
    _, thread = await got(page, "messages", **where, thread_ts=parent["ts"])
    assert [m["text"] for m in thread["messages"]] == ["p", "r"]


async def test_a_command_a_view_and_its_submission(sandbox, page):
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "T"},
        "submit": {"type": "plain_text", "text": "Go"},
        "blocks": [
            {"type": "input", "block_id": "a", "label": {"type": "plain_text", "text": "A"},
             "element": {"type": "plain_text_input", "action_id": "t"}}
        ],
    }  # fmt: skip
    async with bare_bot(sandbox), web_client(sandbox) as client:
        body = {"as": "ana", "channel": "#standup", "command": "/exp", "text": "new"}
        status, told = await sent(page, "command", **body)
        assert (status, told["delivery"]["ok"], told["opened_view"]) == (200, True, None)
        trigger = sandbox.office.triggers.issue("U0ANA")
        await client.views_open(trigger_id=trigger.id, view=view)
        _, views = await got(page, "views", **{"as": "ana"})
        (shown,) = views["views"]
        assert shown["values"]["a"]["t"]["value"] is None
        typed = {"as": "ana", "view_id": shown["id"], "values": {"a": "x"}}
        assert await sent(page, "type", **typed) == (200, {})
        _, told = await sent(page, "submit", **typed)
        assert told["closed"] is True
        _, told = await sent(page, "home_opened", **{"as": "ana", "tab": "home"})
        assert told == {"delivery": told["delivery"], "view": None}


async def test_the_clock_moves_and_reset_empties_the_workspace(sandbox, page):
    _, before = await got(page, "clock")
    _, after = await sent(page, "clock", preset="+1d")
    assert after["now"] - before["now"] >= 86400
    assert after["offset"] == before["offset"] + 86400
    assert (await sent(page, "clock", advance=-5))[0] == 400
    await sent(page, "say", **{"as": "ana", "channel": "#standup", "text": "x"})
    assert await sent(page, "reset") == (200, {})
    assert sandbox.messages("ana", "#standup") == []
    assert sandbox.clock.offset_s == after["offset"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("say", {"as": "nobody", "channel": "#standup", "text": "x"}, 404, "no person"),
        ("say", {"channel": "#standup", "text": "x"}, 400, "'as'"),
        ("say", {"as": "ana", "channel": "#ml-leads", "text": "x"}, 404, "sees no channel"),
        ("click", {"as": "ana", "action_id": "go"}, 400, "Say where"),
        ("fault", {"method": "*", "kind": "explode"}, 400, "A fault is one of"),
        ("disconnect", {"reason": "boredom"}, 400, "A reason is one of"),
        ("channel", {"op": "create", "name": "standup"}, 409, "name_taken"),
        ("channel", {"op": "create", "name": "No Spaces"}, 400, "lower-case"),
        ("channel", {"op": "invite", "channel": "#random", "user": "ana"}, 409, "already"),
        ("user", {"id": "ana", "salary": 1}, 400, "no salary"),
        ("clock", {"preset": "friday 16:00", "tz": "Mars/Base"}, 400, "no time zone"),
        ("strict", {}, 400, "'on'"),
    ],
)
async def test_errors_are_sentences_with_4xx(page, path, body, status, words):
    code, answer = await sent(page, path, **body)
    assert code == status
    assert words in answer["error"]


async def test_a_body_that_is_no_json_object_is_refused(page):
    for body in (b"broken", b"[1]"):
        answer = await page.post("/control/say", data=body)
        assert (answer.status, "error" in await answer.json()) == (400, True)


async def test_strictness_can_be_switched_off(sandbox, page):
    await sent(page, "strict", on=False)
    async with web_client(sandbox) as client:
        for _ in range(10):
            await client.chat_postMessage(channel="C0STANDUP", text="a < b")
    assert sandbox.violations == []


async def test_the_inspector_shows_calls_counts_and_violations(sandbox, page):
    async with web_client(sandbox) as client:
        await client.chat_postMessage(channel="C0STANDUP", text="a < b")
    _, shown = await got(page, "inspector")
    (call,) = [entry for entry in shown["entries"] if entry["kind"] == "api"]
    assert (call["name"], call["ok"], call["detail"]["answer"]["ok"]) == (
        "chat.postMessage",
        True,
        True,
    )
    assert sandbox.bot_token not in str(shown)
    assert shown["counts"]["api:chat.postMessage"] == 1
    assert [violation["name"] for violation in shown["violations"]] == ["unescaped_text"]
    _, later = await got(page, "inspector", after=shown["entries"][-1]["seq"])
    assert later["entries"] == []


async def test_the_stream_tells_what_changed_but_not_what_is_hidden(sandbox, page):
    async with page.ws_connect("/control/stream?as=ana") as stream:
        await sandbox.say("lena", "#ml-leads", "secret")
        await sandbox.say("ben", "#standup", "open")
        heard = [await stream.receive_json(timeout=5)]
        while heard[-1]["what"] != "message":
            heard.append(await stream.receive_json(timeout=5))
    assert heard[-1]["channel"] == "C0STANDUP"
    assert all(frame["type"] == "changed" for frame in heard)
    assert not any(frame.get("channel") == "C0LEADS" for frame in heard)


async def test_other_sites_and_other_names_are_turned_away(page):
    answer = await page.get("/control/state", headers={"Origin": "https://evil.example"})
    assert answer.status == 403
    answer = await page.get("/control/state", headers={"Host": "evil.example"})
    assert answer.status == 403


async def test_the_page_serves_no_file_outside_its_folder(page):
    assert (await page.get("/page/%2e%2e/server.py")).status == 404
    assert (await page.get("/page/..%2fserver.py")).status == 404


async def test_the_clock_file_is_written_for_the_bot(tmp_path):
    async with start_sandbox(clock_file=tmp_path / "clock") as sandbox:
        before = float((tmp_path / "clock").read_text())
        await sandbox.move_clock(advance=90)
        assert float((tmp_path / "clock").read_text()) == before + 90
