"""Socket Mode: hello, acks, one payload to one connection, disconnects, redelivery."""

import asyncio

import aiohttp
import pytest

from tests.sandboxed import SILENT, bare_bot, bolt_app, over_socket, start_sandbox, web_client

ACK_S = 0.15


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def hasty():
    """A sandbox that gives up waiting for an ack early: for bots that stay silent."""
    async with start_sandbox(ack_s=ACK_S) as sandbox:
        yield sandbox


def names(sandbox):
    return [violation["name"] for violation in sandbox.violations]


async def test_bolt_answers_a_command_over_the_sdks_own_socket_client(sandbox):
    async with bolt_app(sandbox) as app:

        @app.command("/kill")
        async def kill(ack, command):
            await ack(f"killed {command['text']}")

        async with over_socket(sandbox, app):
            told = await sandbox.command("ana", "#standup", "/kill", "EXP-042")
    assert told["delivery"]["ok"]
    assert told["response"]["text"] == "killed EXP-042"
    (message,) = sandbox.messages("ana", "#standup")
    assert (message["text"], message["ephemeral"]) == ("killed EXP-042", True)
    assert sandbox.messages("ben", "#standup") == []


async def test_bolt_reconnects_after_refresh_requested_and_after_a_drop(sandbox):
    async with bolt_app(sandbox) as app:

        @app.command("/ping")
        async def ping(ack):
            await ack("pong")

        async with over_socket(sandbox, app):
            for number, reason in enumerate(["refresh_requested", "warning", "drop"], start=2):
                await sandbox.disconnect(reason)
                await sandbox.until(
                    lambda n=number: [c.number for c in sandbox.office.sockets.connections] == [n]
                )
                told = await sandbox.command("ana", "#standup", "/ping")
                assert told["response"]["text"] == "pong"


async def test_a_ticket_opens_one_connection_only(sandbox):
    async with web_client(sandbox, sandbox.app_token) as client:
        address = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address) as socket:
            hello = await socket.receive_json()
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


async def test_each_payload_goes_to_exactly_one_of_several_connections(sandbox):
    async with bare_bot(sandbox) as one, bare_bot(sandbox) as two:
        for number in range(6):
            await sandbox.command("ana", "#standup", "/kill", str(number))
    heard = [len(one.payloads("slash_commands")), len(two.payloads("slash_commands"))]
    assert heard == [3, 3]


async def test_the_eleventh_connection_is_turned_away(sandbox):
    async with (
        web_client(sandbox, sandbox.app_token) as client,
        aiohttp.ClientSession() as session,
    ):
        sockets = []
        for _ in range(11):
            address = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
            sockets.append(await session.ws_connect(address))
        frame = await sockets[-1].receive_json()
        assert frame["reason"] == "too_many_websockets"
        for socket in sockets:
            await socket.close()


async def test_a_command_without_a_connection_fails_in_front_of_the_person(sandbox):
    told = await sandbox.command("ana", "#standup", "/kill", "EXP-1")
    assert told["delivery"]["error"] == "dispatch_failed"
    (message,) = sandbox.messages("ana", "#standup")
    assert (message["user"], message["text"]) == ("USLACKBOT", '/kill failed: "dispatch_failed"')
    assert sandbox.messages("ben", "#standup") == []


async def test_a_late_ack_shows_operation_timeout_to_the_person(hasty):
    async with bare_bot(hasty, lambda _: SILENT) as bot:
        told = await hasty.command("ana", "#standup", "/kill", "EXP-1")
        assert told["delivery"]["error"] == "operation_timeout"
        assert told["delivery"]["ms"] >= ACK_S * 1000
        assert len(bot.frames) == 1
    assert "operation_timeout" in hasty.messages("ana", "#standup")[0]["text"]
    assert names(hasty) == ["no_ack"]


async def test_an_unhandled_command_in_bolt_is_not_acked(hasty):
    async with bolt_app(hasty) as app, over_socket(hasty, app):
        told = await hasty.command("ana", "#standup", "/unknown")
    assert told["delivery"]["error"] == "operation_timeout"


async def test_an_ack_after_the_deadline_is_noticed_as_late(hasty):
    async with (
        web_client(hasty, hasty.app_token) as client,
        aiohttp.ClientSession() as session,
    ):
        address = (await client.apps_connections_open(app_token=hasty.app_token))["url"]
        async with session.ws_connect(address) as socket:
            await socket.receive_json()
            telling = asyncio.create_task(hasty.command("ana", "#standup", "/kill"))
            frame = await socket.receive_json()
            await telling
            await socket.send_json({"envelope_id": frame["envelope_id"]})
            await hasty.until(lambda: "late_ack" in names(hasty))


async def test_events_wait_while_no_connection_is_there(sandbox):
    told = await sandbox.say("ana", "#standup", "anybody?")
    assert told["delivery"] == {"ok": False, "error": "dispatch_failed", "ms": 0.0, "sent": 1}
    async with bare_bot(sandbox) as bot:
        await sandbox.until(lambda: bot.frames)
    frame = bot.frames[0]
    assert frame["payload"]["event"]["text"] == "anybody?"
    assert (frame["retry_attempt"], frame["retry_reason"]) == (1, "connection_failed")


async def test_an_unacked_event_comes_again_at_once_after_a_minute_and_after_five(hasty):
    async with bare_bot(hasty, lambda _: SILENT) as bot:
        await hasty.say("ana", "#standup", "hello?")
        for attempt, (wait_s, left) in enumerate([(0, 2), (60, 1), (300, 0)], start=1):
            hasty.clock.advance(wait_s)
            await hasty.until(lambda n=attempt: len(bot.frames) == n + 1)
            await hasty.until(lambda n=attempt: len(names(hasty)) == n + 1)
            assert left == 3 - attempt
        await hasty.settled()
        hasty.clock.advance(3600)
        await hasty.settled()
    attempts = [frame["retry_attempt"] for frame in bot.frames]
    assert attempts == [0, 1, 2, 3]
    assert [frame["retry_reason"] for frame in bot.frames] == ["", "timeout", "timeout", "timeout"]
    assert len({frame["payload"]["event_id"] for frame in bot.frames}) == 1
    assert len({frame["envelope_id"] for frame in bot.frames}) == 4


async def test_an_event_acked_at_the_second_try_comes_no_third_time():
    async with (
        start_sandbox(ack_s=0.5) as sandbox,
        bare_bot(sandbox, lambda frame: None if frame["retry_attempt"] else SILENT) as bot,
    ):
        await sandbox.say("ana", "#standup", "hello?")
        await sandbox.until(lambda: len(bot.frames) == 2)
        await sandbox.settled()
        sandbox.clock.advance(3600)
        await sandbox.settled()
        assert len(bot.frames) == 2


async def test_an_ack_may_come_over_another_connection(sandbox):
    async with (
        web_client(sandbox, sandbox.app_token) as client,
        aiohttp.ClientSession() as session,
    ):
        sockets = []
        for _ in range(2):
            address = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
            sockets.append(await session.ws_connect(address))
            await sockets[-1].receive_json()
        telling = asyncio.create_task(sandbox.command("ana", "#standup", "/kill"))
        frame = await sockets[0].receive_json()
        await sockets[1].send_json({"envelope_id": frame["envelope_id"]})
        assert (await telling)["delivery"]["ok"]
        for socket in sockets:
            await socket.close()


async def test_link_disabled_ends_socket_mode(sandbox):
    async with bare_bot(sandbox):
        await sandbox.disconnect("link_disabled")
        await sandbox.until(lambda: not sandbox.connected)
        assert sandbox.seen.counts["frame_out:disconnect/link_disabled"] == 1
    with pytest.raises(Exception, match="socket_mode_not_enabled"):
        async with bare_bot(sandbox):
            pass


async def test_the_same_payload_can_be_delivered_once_more(sandbox):
    async with bare_bot(sandbox) as bot:
        await sandbox.command("ana", "#standup", "/kill", "EXP-1")
        assert (await sandbox.redeliver("last"))["delivery"]["ok"]
        first, second = bot.payloads("slash_commands")
        assert first["trigger_id"] == second["trigger_id"]
        assert bot.frames[0]["envelope_id"] != bot.frames[1]["envelope_id"]
        assert (await sandbox.redeliver(bot.frames[0]["envelope_id"]))["delivery"]["ok"]


async def test_events_without_a_subscription_or_membership_are_not_sent():
    manifest = {
        "oauth_config": {"scopes": {"bot": ["channels:history", "chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
    }
    async with start_sandbox(manifest) as sandbox, bare_bot(sandbox) as bot:
        assert (await sandbox.say("ana", "#standup", "a"))["delivery"]["sent"] == 1
        assert (await sandbox.say("ana", "#random", "b"))["delivery"]["sent"] == 0
        assert (await sandbox.say("lena", "#ml-leads", "c"))["delivery"]["sent"] == 0
        ts = sandbox.messages("ana", "#standup")[0]["ts"]
        assert (await sandbox.react("ana", "#standup", ts, "eyes"))["delivery"]["sent"] == 0
        assert [event["text"] for event in bot.events()] == ["a"]


async def test_the_bots_own_posts_come_back_as_events(sandbox):
    async with bare_bot(sandbox) as bot, web_client(sandbox) as client:
        sent = await client.chat_postMessage(channel="C0STANDUP", text="one")
        await client.chat_update(channel="C0STANDUP", ts=sent["ts"], text="two")
        await client.chat_delete(channel="C0STANDUP", ts=sent["ts"])
        await sandbox.settled()
    kinds = [(event.get("subtype"), event["channel"]) for event in bot.events("message")]
    assert kinds == [
        (None, "C0STANDUP"),
        ("message_changed", "C0STANDUP"),
        ("message_deleted", "C0STANDUP"),
    ]
    assert bot.events()[0]["bot_id"] == "B0ASSAY"
    assert bot.events()[1]["previous_message"]["text"] == "one"
