"""Whose input waits for whom, and what is said when an ack cannot wait for its outcome."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.app import Edge
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.table import merge
from models import db
from models.inbox import Inbox
from models.team import Team
from services import team
from services.ports import Lab
from tests.conversation import PlainTestWriter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Desk:
    """A command that waits until the test lets it go on, and one that only reads."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.order: list[str] = []

    def slow(self, lab: Lab, ask: Ask) -> Reply:
        self.begun.set()
        assert self.go_on.wait(30)
        self.order.append(ask.text)
        return Reply(text=f"done {ask.text}")

    def read(self, lab: Lab, ask: Ask) -> Reply:
        with lab.begin() as session:
            return Reply(text=session.get_one(Team, ask.team_id).name or "a team")

    def table(self) -> Any:
        verbs = [("/x", "slow", self.slow), ("/exp", "", self.read)]
        return merge([Routes(verbs=[Verb(name, verb, "", "", run) for name, verb, run in verbs])])


@pytest.fixture
def lab(tmp_path):
    engine = db.open_engine(f"sqlite:///{tmp_path}/edge.db")
    db.migrate(engine)
    lab = Lab(engine=engine, clock=lambda: NOW, writer=PlainTestWriter())
    with lab.begin() as session:
        team.begin(session, "T1", now=NOW)
    yield lab
    engine.dispose()


async def _say(door: Edge, line: str, by: str, url: str = "", client: Any = None) -> str:
    command, _, text = line.partition(" ")
    body = {
        "command": command, "text": text, "team_id": "T1", "user_id": by, "channel_id": "C1",
        "trigger_id": f"{by}{line}", "response_url": url,
    }  # fmt: skip
    heard: list[str] = []

    async def ack(text: str = "", **_: Any) -> None:
        heard.append(text)

    await door.listen(body, ack, client, {})
    return heard[0]


async def test_one_person_is_served_in_order_and_a_reader_does_not_wait_for_a_writer(lab):
    desk = Desk()
    door = Edge(lab, desk.table(), lambda: None)
    first = asyncio.ensure_future(_say(door, "/x slow one", "UA"))
    await asyncio.to_thread(desk.begun.wait, 30)  # it holds the database now
    second = asyncio.ensure_future(_say(door, "/x slow two", "UA"))
    assert await _say(door, "/exp", "UB") == "a team"
    assert not first.done()
    desk.go_on.set()
    assert [await first, await second] == ["done one", "done two"]
    assert desk.order == ["one", "two"]


async def test_what_only_reads_leaves_no_row_behind_and_is_read_again_when_sent_again(lab):
    door = Edge(lab, Desk().table(), lambda: None)
    assert [await _say(door, "/exp", "UA") for _ in range(2)] == ["a team"] * 2
    with Session(lab.engine) as session:
        assert session.exec(select(Inbox)).all() == []


async def test_an_outcome_too_late_for_the_ack_is_said_where_the_command_was_typed(lab):
    desk, told = Desk(), []

    async def take(request: web.Request) -> web.Response:
        told.append((await request.json())["text"])
        return web.Response()

    server = web.Application()
    server.router.add_post("/later", take)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/later"
    async with aiohttp.ClientSession() as http:
        door = Edge(lab, desk.table(), lambda: None)
        door.wait_s = 0
        client = AsyncWebClient(session=http)
        heard = await _say(door, "/x slow one", "UA", url, client)
        assert heard.startswith("Assay's database is slow just now.")
        desk.go_on.set()
        await door.settle()
    await runner.cleanup()
    assert told == ["done one"]


def test_when_no_time_is_left_the_database_is_not_even_tried(lab):
    spent = Lab(engine=lab.engine, clock=lab.clock, writer=lab.writer, patience=lambda: 0.0)
    with pytest.raises(db.OperationalError), spent.begin():
        raise AssertionError("nothing may run here")


@contextmanager
def _locked(engine: Engine) -> Iterator[None]:
    """Another process has the database, or its table of inputs, to itself."""
    other = db.open_engine(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:  # SQLite: BEGIN IMMEDIATE
        if not db.is_sqlite(other):
            connection.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        else:
            connection.exec_driver_sql("SELECT 1")
        yield
    other.dispose()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_while_another_process_holds_the_database_all_hear_so_and_nothing_is_kept(
    kind, request, lab
):
    if kind == "postgres":
        lab = replace(lab, engine=request.getfixturevalue("postgres_engine"))
    desk = Desk()
    desk.go_on.set()
    door = Edge(lab, desk.table(), lambda: None)
    door.patience_s, door.wait_s = 0.2, 60.0  # what is told, not how fast this machine is
    lines = [(f"/x slow {n}", by) for n, by in enumerate(["UA", "UA", "UA", "UB", "UC"])]
    with _locked(lab.engine):
        heard = await asyncio.gather(*(_say(door, line, by) for line, by in lines))
    assert all(text.startswith("Assay's database is busy. Nothing was recorded") for text in heard)
    assert desk.order == []
    with Session(lab.engine) as session:
        assert session.exec(select(Inbox)).all() == []
    door.patience_s = db.PATIENCE
    assert [await _say(door, *lines[0]) for _ in range(2)] == ["done 0"] * 2
    assert desk.order == ["0"]
