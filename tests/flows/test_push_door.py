"""Who may push, and where the door is: signatures, and the ports of both modes."""

import base64
import hashlib
import hmac
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot import run
from ingest import http
from ingest.body import Room, raw_of
from ingest.problem import Problem
from models import db
from sandbox.play import free_port
from services.experiments import experiment
from tests import databases
from tests.conversation import TEAM
from tests.pushing import NOW, Served, serving
from tests.sandboxed import opened
from tests.tickets import experiment as ticket
from tests.tickets import stored

KEY = b"k" * 32
USAGE = "experiment,source,source_id,gpu_hours\nEXP-042,slurm,7,6.5\n"


@pytest.fixture
def files(tmp_path) -> Engine:
    engine = db.open_engine(databases.file(tmp_path / "push.db"))
    yield engine
    engine.dispose()


@pytest_asyncio.fixture
async def door(files) -> Served:
    stored(files, ticket())
    async with serving(files, keys=[KEY]) as served:
        yield served


def _used(served: Served, number: int = 42) -> float:
    return experiment.seen(served.lab, TEAM, number).ticket.gpu_used


def _signed(body: bytes, *, key: bytes = KEY, at: float = NOW.timestamp()) -> dict[str, str]:
    stamp = str(int(at))
    made = hmac.new(key, f"msg_1.{stamp}.".encode() + body, hashlib.sha256).digest()
    signature = (
        f"v1a,xx v1,{base64.b64encode(b'old').decode()} v1,{base64.b64encode(made).decode()}"
    )
    return {"webhook_id": "msg_1", "webhook_timestamp": stamp, "webhook_signature": signature,
            "Authorization": ""}  # fmt: skip


async def test_a_signature_of_the_body_opens_too_and_its_id_is_the_key(door):
    body = USAGE.encode()
    first = await door.send("POST", "/v1/usage", body, **_signed(body))
    again = await door.send("POST", "/v1/usage", body, **_signed(body))
    assert (first[0], again[2].get("Idempotent-Replay")) == (200, "true")


@pytest.mark.parametrize(
    "headers",
    [
        _signed(b"another body"),
        _signed(USAGE.encode(), key=b"x" * 32),
        _signed(USAGE.encode(), at=NOW.timestamp() - 301),
        _signed(USAGE.encode(), at=NOW.timestamp() + 301),
        _signed(USAGE.encode()) | {"webhook_timestamp": "soon"},
        _signed(USAGE.encode()) | {"webhook_signature": "v1,!!!"},
    ],
)
async def test_a_signature_that_does_not_fit_is_refused(door, headers):
    assert (await door.send("POST", "/v1/usage", USAGE, **headers))[0] == 401
    assert _used(door) == 0


async def test_a_captured_signed_push_reaches_nothing_else(door):
    body = USAGE.encode()
    first = await door.send("POST", "/v1/usage", body, **_signed(body))
    for key in ("attacker-1", ""):
        headers = _signed(body) | ({"Idempotency_Key": key} if key else {})
        again = await door.send("POST", "/v1/usage?to=elsewhere", body, **headers)
        assert (first[0], again[0]) == (200, 422)
    assert _used(door) == 6.5


async def test_what_cannot_be_signed_is_refused_before_a_byte_is_read(door, monkeypatch):
    read = []

    async def counted(request, take):
        read.append(request.path)
        return await raw_of(request, take)

    monkeypatch.setattr(http, "raw_of", counted)
    for headers in (
        _signed(USAGE.encode()) | {"webhook_signature": "v1,!!!"},
        _signed(USAGE.encode()) | {"webhook_id": ""},
        _signed(USAGE.encode(), at=NOW.timestamp() - 301),
    ):
        assert (await door.send("POST", "/v1/usage", USAGE, **headers))[0] == 401
    assert read == []


def test_bodies_have_room_together_and_give_it_back():
    room = Room(100)
    with room.held() as take:
        take(60)
        with room.held() as more:
            more(30)
            with pytest.raises(Problem, match="Push again"):
                more(30)
        with room.held() as more:
            more(40)
    with room.held() as take:
        take(100)


async def _asked(port: int, path: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}{path}", data=USAGE) as answer,
    ):
        return answer.status


async def test_in_http_mode_pushes_are_taken_beside_slacks_events(tmp_path):
    async with opened(tmp_path, transport="http") as play:
        assert await _asked(play.assay.config.port, "/v1/usage") == 401
        assert await _asked(play.assay.config.port, "/slack/events") == 401


async def test_in_socket_mode_they_have_a_port_of_their_own_when_one_is_set(tmp_path):
    async with opened(tmp_path) as play:
        port = free_port()
        assay = replace(play.assay, config=replace(play.assay.config, push_port=port))
        close = await run.connect(assay)
        assert await _asked(port, "/v1/usage") == 401
        await close()
        with pytest.raises(aiohttp.ClientError):
            await _asked(port, "/v1/usage")
