"""HTTP delivery: signed, in Slack's body formats, repeated with headers."""

import json
import socket

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from sandbox.delivery.signed_http import sign
from tests.sandboxed import MORNING, bolt_app, over_http, start_sandbox


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def target(port):
    return {"transport": "http", "http_target": f"http://127.0.0.1:{port}/slack/events"}


class Listener:
    """A request URL that keeps what it hears and answers as told."""

    def __init__(self):
        self.heard = []
        self.answer = {"status": 200}

    async def serve(self, request):
        self.heard.append((dict(request.headers), await request.text()))
        return web.Response(**self.answer)


@pytest.fixture
async def listener(port):
    listener = Listener()
    app = web.Application()
    app.router.add_post("/slack/events", listener.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield listener
    await runner.cleanup()


def test_the_signature_is_slacks_own_example():
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    assert sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == (
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )


def listen(app, heard):
    """A small app: a command that opens a form, a button, messages."""

    @app.command("/exp")
    async def exp(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack(text="opened", response_type="ephemeral")

    @app.view("form")
    async def form(ack, view):
        if view["state"]["values"]["why"]["w"]["value"] == "bad":
            await ack(response_action="errors", errors={"why": "Say more."})
        else:
            await ack()

    @app.action("go")
    async def go(ack, respond):
        await ack()
        await respond("done", replace_original=True)

    @app.event("message")
    async def message(event):
        heard.append(event["text"])


async def test_bolt_hears_commands_clicks_forms_and_events_over_http(port):
    heard = []
    async with start_sandbox(**target(port)) as sandbox, bolt_app(sandbox) as app:
        listen(app, heard)
        async with over_http(app, port):
            told = await sandbox.command("ana", "#standup", "/exp", "new")
            assert told["response"]["text"] == "opened"
            view_id = told["opened_view"]["id"]
            refused = await sandbox.submit("ana", view_id, {"why": "bad"})
            assert refused["errors"] == {"why": "Say more."}
            assert (await sandbox.submit("ana", view_id, {"why": "good"}))["closed"]
            await sandbox.say("ana", "#standup", "hello")
            assert heard == ["hello"]
            button = {"type": "button", "action_id": "go", "text": plain("Go")}
            posted = await app.client.chat_postMessage(
                channel="C0STANDUP", text="x", blocks=[{"type": "actions", "elements": [button]}]
            )
            await sandbox.click("ana", "go", channel="#standup", ts=posted["ts"])
            assert sandbox.messages("ben", "#standup")[-1]["text"] == "done"
            assert sandbox.violations == []


def plain(text):
    return {"type": "plain_text", "text": text}


MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("New"),
    "submit": plain("Save"),
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Why"),
            "element": {"type": "plain_text_input", "action_id": "w"},
        }
    ],
}


async def test_bodies_are_forms_and_json_as_slack_sends_them(port, listener):
    async with start_sandbox(**target(port)) as sandbox:
        await sandbox.command("ana", "#standup", "/kill", "EXP-1 a&b")
        await sandbox.shortcut("ana", "new")
        await sandbox.say("ana", "#standup", "hi")
        await sandbox.raw("events_api", {"type": "url_verification", "challenge": "c"})
    types = [headers["Content-Type"] for headers, _ in listener.heard]
    assert types == ["application/x-www-form-urlencoded"] * 2 + ["application/json"] * 2
    assert "text=EXP-1+a%26amp%3Bb" in listener.heard[0][1]
    assert listener.heard[1][1].startswith("payload=%7B")
    assert json.loads(listener.heard[2][1])["type"] == "event_callback"
    assert json.loads(listener.heard[3][1]) == {"type": "url_verification", "challenge": "c"}
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert all(verifier.is_valid_request(body, headers) for headers, body in listener.heard)


async def test_a_failing_request_url_gets_events_again_with_headers(port, listener):
    listener.answer = {"status": 500}
    async with start_sandbox(**target(port)) as sandbox:
        told = await sandbox.say("ana", "#standup", "hi")
        assert told["delivery"]["error"] == "dispatch_failed"
        for attempt, wait_s in enumerate([0, 60, 300], start=1):
            sandbox.clock.advance(wait_s)
            await sandbox.until(lambda n=attempt: sandbox.seen.counts["http_in"] == n + 1)
            await sandbox.settled()
    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in listener.heard]
    assert numbers == [None, "1", "2", "3"]
    assert listener.heard[1][0]["X-Slack-Retry-Reason"] == "http_error"


async def test_no_retry_stops_the_repeats(port, listener):
    listener.answer = {"status": 500, "headers": {"X-Slack-No-Retry": "1"}}
    async with start_sandbox(**target(port)) as sandbox:
        await sandbox.say("ana", "#standup", "hi")
        sandbox.clock.advance(3600)
        await sandbox.settled()
    assert len(listener.heard) == 1


async def test_a_command_to_a_dead_url_fails_in_front_of_the_person(port):
    async with start_sandbox(**target(port)) as sandbox:
        told = await sandbox.command("ana", "#standup", "/kill")
        assert told["delivery"]["error"] == "dispatch_failed"
        assert "dispatch_failed" in sandbox.messages("ana", "#standup")[0]["text"]


async def test_an_ack_that_is_no_json_is_a_violation(port, listener):
    listener.answer = {"text": "{broken", "content_type": "application/json"}
    async with start_sandbox(**target(port)) as sandbox:
        await sandbox.command("ana", "#standup", "/kill")
        assert [v["name"] for v in sandbox.violations] == ["bad_ack"]


async def test_a_plain_text_ack_is_shown(port, listener):
    listener.answer = {"text": "noted"}
    async with start_sandbox(**target(port)) as sandbox:
        told = await sandbox.command("ana", "#standup", "/kill")
        assert told["response"]["text"] == "noted"


def test_http_without_a_target_is_refused():
    from sandbox.server import Sandbox

    with pytest.raises(ValueError, match="http_target"):
        Sandbox(transport="http", at=MORNING)
