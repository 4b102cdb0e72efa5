"""Webhooks over real HTTP: signed, tried again, never to a private address, off when they fail."""

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from sqlmodel import Session, select

from bot.courier import Courier
from core.workspace.webhook import Added, NewWebhook
from ingest.body import is_signed, may_be_signed
from ingest.remote import reach
from models import db
from models.experiments.experiment import Change
from models.outbox import Outbox
from models.webhook import HookEvent
from sandbox.play import free_port
from services.decisions import kill
from services.decisions.kill import Order
from services.ports import Lab, Policy
from services.workspace import webhook
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.pushing import NOW
from tests.tickets import experiment as ticket
from tests.tickets import person, stored

LOCAL = ("127.0.0.0/8", "::1/128")


@dataclass
class Receiver:
    """Another program, on loopback: what it is sent, and what it answers."""

    url: str
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers=self.headers)


@dataclass
class Sending:
    """A team with one webhook, and the time that passes."""

    lab: Lab
    receiver: Receiver
    hook: Added
    now: list = field(default_factory=lambda: [NOW])

    async def drain(self, **later: float) -> int:
        self.now[0] += timedelta(**later)
        return await Courier(self.lab).drain()

    def rows(self) -> list[HookEvent]:
        with Session(self.lab.engine) as session:
            return list(session.exec(select(HookEvent).order_by(HookEvent.id)))

    def known(self):
        return webhook.listed(self.lab, TEAM, by="UANA")[0]

    def told(self) -> list[str]:
        with Session(self.lab.engine) as session:
            rows = session.exec(select(Outbox)).all()
        return [row.payload["text"] for row in rows if "switched off" in str(row.payload)]


@asynccontextmanager
async def _receiver() -> AsyncIterator[Receiver]:
    port = free_port()
    receiver = Receiver(f"http://127.0.0.1:{port}/hook")
    server = web.Application()
    server.router.add_route("*", "/{rest:.*}", receiver.take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield receiver
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture
async def sending(tmp_path) -> AsyncIterator[Sending]:
    engine = db.open_engine(databases.file(tmp_path / "hooks.db"))
    stored(engine, ticket((0.7,)), leads_channel="CLEADS")
    person(engine, "UANA", name="Ana", role="lead")
    now = [NOW]
    lab = Lab(engine, lambda: now[0], PlainTestWriter(), Policy(webhook_nets=LOCAL))
    async with _receiver() as receiver:
        hook = webhook.add(lab, TEAM, NewWebhook(receiver.url, ("decided", "gate")), by="UANA")
        yield Sending(lab, receiver, hook, now)
    engine.dispose()


def _kill(sending: Sending) -> None:
    kill.kill(sending.lab, TEAM, Order(42, "UANA", "Rank 32 overfits <on> 2,000 examples"))


async def test_a_decision_arrives_once_signed_as_standard_webhooks(sending):
    _kill(sending)
    assert await sending.drain() == 1
    assert await sending.drain() == 0
    [(headers, body)] = sending.receiver.got
    lower = {name.lower(): value for name, value in headers.items()}
    key = sending.hook.secret.removeprefix("whsec_")
    assert may_be_signed(lower, now=NOW)
    assert is_signed(lower, body, [base64.b64decode(key)])
    assert not is_signed(lower, body + b" ", [base64.b64decode(key)])
    told = json.loads(body)
    assert told["type"] == "experiment.decided"
    assert told["timestamp"] == told["data"]["at"] == NOW.isoformat()
    assert told["data"]["experiment"] == "EXP-042"
    assert (told["data"]["decision"], told["data"]["by"]) == ("killed", "Ana")
    assert told["data"]["learnings"] == "Rank 32 overfits <on> 2,000 examples"


async def test_a_host_that_has_a_name_is_reached(sending):
    named = sending.receiver.url.replace("127.0.0.1", "localhost")
    webhook.remove(sending.lab, TEAM, 1, by="UANA")
    webhook.add(sending.lab, TEAM, NewWebhook(named, ("decided",)), by="UANA")
    _kill(sending)
    assert await sending.drain() == 1
    assert [row.state for row in sending.rows()] == ["sent"]


async def test_what_is_undone_is_told_as_open_again(sending):
    _kill(sending)
    with Session(sending.lab.engine) as session:
        made = session.exec(select(Change).where(Change.action == "killed")).one()
    kill.undo(sending.lab, TEAM, made.id, by="UANA")
    await sending.drain()
    said = [json.loads(body)["data"]["decision"] for _, body in sending.receiver.got]
    assert said == ["killed", "reopened"]


async def test_what_is_not_taken_is_tried_again_with_its_id_and_then_given_up(sending):
    sending.receiver.status = 500
    _kill(sending)
    await sending.drain()
    assert await sending.drain(seconds=4) == 0
    for later in (1, 300, 1800, 7200, 18_000, 36_000, 50_400):
        assert await sending.drain(seconds=later) == 1
    assert len({headers["webhook-id"] for headers, _ in sending.receiver.got}) == 1
    assert [row.state for row in sending.rows()] == ["dead"]
    sending.receiver.status = 200
    webhook.try_out(sending.lab, TEAM, 1, by="UANA")
    await sending.drain()
    assert (sending.known().failures, sending.known().off_since) == (0, None)


async def test_after_fifteen_failures_it_is_off_the_leads_hear_once_and_one_press_goes_on(sending):
    sending.receiver.status = 503
    for _ in range(20):
        webhook.try_out(sending.lab, TEAM, 1, by="UANA")
    await sending.drain()
    assert sending.known().why == "it answered 503"
    [line] = sending.told()
    assert line.startswith("Webhook 1 to 127.0.0.1 is switched off: it answered 503 (15 times)")
    seen = len(sending.receiver.got)
    assert await sending.drain(hours=1) == 0
    sending.receiver.status = 200
    webhook.switch_on(sending.lab, TEAM, 1, by="UANA")
    await sending.drain()
    assert len(sending.receiver.got) == seen + 20
    assert {row.state for row in sending.rows()} == {"sent"}


@pytest.mark.parametrize(
    ("status", "why"), [(302, "it answered 302, a redirect, which I don't follow"), (410, "gone")]
)
async def test_a_redirect_is_not_followed_and_gone_is_the_end(sending, status, why):
    sending.receiver.status = status
    sending.receiver.headers = {"Location": sending.receiver.url + "/elsewhere"}
    _kill(sending)
    await sending.drain()
    assert len(sending.receiver.got) == 1
    assert (sending.known().off_since is not None) == (status == 410)
    assert status != 410 or why in sending.known().why


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1"])
async def test_a_name_that_leads_to_a_private_address_is_not_called(sending, monkeypatch, address):
    lab = replace(sending.lab, policy=Policy())
    url = sending.receiver.url.replace("http://127.0.0.1", "https://hooks.example")
    webhook.add(lab, TEAM, NewWebhook(url, ("decided",)), by="UANA")
    webhook.remove(lab, TEAM, 1, by="UANA")

    async def rebound(_loop, host, port, **_more):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        both = [("93.184.216.34", socket.AF_INET), (address, family)]
        return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for one, kind in both]

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(type(loop), "getaddrinfo", rebound)
    _kill(sending)
    await Courier(lab).drain()
    assert sending.receiver.got == []
    assert "private" in sending.known().why


async def test_an_address_without_tls_is_called_only_where_the_operator_said_so(sending):
    lab = replace(sending.lab, policy=Policy(webhook_nets=("10.0.0.0/8",)))
    _kill(sending)
    await Courier(lab).drain()
    assert sending.receiver.got == []
    assert "private" in sending.known().why


async def test_nobody_there_is_a_failure_and_no_more(sending, monkeypatch):
    async def nobody(_url, _nets):
        raise aiohttp.ClientConnectionError("refused")

    monkeypatch.setattr(reach, "looked_at", nobody)
    _kill(sending)
    await sending.drain()
    assert [(row.state, row.tries) for row in sending.rows()] == [("pending", 1)]


async def test_what_was_being_sent_when_the_process_died_is_sent_again(sending):
    _kill(sending)
    [parcel] = webhook.due(sending.lab, NOW)
    assert webhook.due(sending.lab, NOW) == []  # another process leaves it alone
    assert await sending.drain(seconds=61) == 1
    assert sending.receiver.got[0][0]["webhook-id"] == parcel.name


async def test_two_processes_send_each_event_once_on_both_databases(engine):
    stored(engine, ticket())
    person(engine, "UANA", name="Ana", role="lead")
    lab = Lab(engine, lambda: NOW, PlainTestWriter(), Policy(webhook_nets=LOCAL))
    async with _receiver() as receiver:
        webhook.add(lab, TEAM, NewWebhook(receiver.url, ("decided",)), by="UANA")
        for _ in range(8):
            webhook.try_out(lab, TEAM, 1, by="UANA")
        await asyncio.gather(Courier(lab).drain(), Courier(lab).drain())
        ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert len(set(ids)) == len(ids) == 8


async def test_what_is_old_is_forgotten(sending):
    _kill(sending)
    assert webhook.prune_daily(sending.lab, NOW + timedelta(days=6)) == 0
    assert webhook.prune_daily(sending.lab, NOW + timedelta(days=8)) == 1
