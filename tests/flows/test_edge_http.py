"""Signed HTTP at the edge: what is verified, what is refused, and that nothing else is a 404."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.signature import SignatureVerifier

from bot.clock import clock
from sandbox.play import SIGNING_SECRET, Play
from tests.sandboxed import opened

SAMPLES = sorted((Path(__file__).parents[1] / "data" / "slack_payloads").glob("*.json"))
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def play(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Play]:
    """Assay behind signed HTTP."""
    async with opened(tmp_path_factory.mktemp("http"), transport="http") as running:
        yield running


def _wire(name: str, payload: dict) -> tuple[str, str]:
    """Body and content type as Slack sends that payload."""
    if name == "slash_command":
        return urlencode(payload), "application/x-www-form-urlencoded"
    if name.startswith(("event", "url_", "app_rate")):
        return json.dumps(payload), "application/json"
    return urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"


async def _send(play: Play, body: str, kind: str, *, ago: float = 0, secret=SIGNING_SECRET):
    stamp = str(int(clock("0")().timestamp() - ago))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
    }
    url = f"http://127.0.0.1:{play.assay.config.port}/slack/events"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
async def test_every_kind_of_payload_is_answered_with_200(play, path):
    body, kind = _wire(path.stem, json.loads(path.read_text()))
    status, _text = await _send(play, body, kind)
    assert status == 200


async def test_the_challenge_is_answered(play):
    payload = {"type": "url_verification", "challenge": "c0ffee"}
    status, text = await _send(play, json.dumps(payload), "application/json")
    assert status == 200
    assert "c0ffee" in text


async def test_a_wrong_signature_is_refused(play):
    body, kind = _wire("slash_command", json.loads(SAMPLES[-4].read_text()))
    status, _text = await _send(play, body, kind, secret="f" * 32)
    assert status == 401


@pytest.mark.parametrize(("ago", "status"), [(290, 200), (310, 401), (-310, 401)])
async def test_a_request_is_good_for_five_minutes(play, ago, status):
    body, kind = _wire("event", {"type": "event_callback", "event_id": f"E{ago}", "event": {}})
    assert (await _send(play, body, kind, ago=ago))[0] == status


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Slack-Request-Timestamp": "abc"}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "9" * 400}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=\u00e9"}, b"{}", 401),
        ({}, b"\xff\xfe{}", 400),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"{}", mtime=0), 400),
        ({}, b"{no json", 400),
        ({}, b"[1]", 400),
        ({"Content-Type": "application/json; charset=nonsense"}, b"{}", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"payload={no", 400),
    ],
)
async def test_what_slack_never_sends_is_refused_in_silence(play, caplog, headers, body, status):
    url = f"http://127.0.0.1:{play.assay.config.port}/slack/events"
    usual = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=usual | headers) as answer,
    ):
        assert (answer.status, await answer.text()) == (status, "")
    assert "Traceback" not in caplog.text


async def test_the_health_page_answers(play):
    url = f"http://127.0.0.1:{play.assay.config.port}/healthz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert await answer.json() == {"ok": True}
