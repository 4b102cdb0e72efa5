"""Servers of trackers that answer in a shape no such tracker has, or without an end."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from sqlmodel import Session, select

from bot.sweeper import Sweeper
from core.workspace.tracker import Wish
from models import db
from models.tracking import decision
from models.tracking.decision import RunDecision
from models.tracking.run import Run
from sandbox.play import free_port
from services.ports import Lab, Policy
from services.tracking import tracker
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import experiment, person, stored
from tests.tracked import NOW

Answers = Callable[[str, dict[str, Any]], dict[str, Any]]  # (path, question) → JSON


class Odd:
    """A server at url that answers what `answers` says."""

    def __init__(self) -> None:
        self.url, self.answers = f"http://127.0.0.1:{free_port()}", lambda *_: {}

    async def take(self, request: web.Request) -> web.Response:
        told = await request.json() if request.method == "POST" else dict(request.query)
        return web.json_response(self.answers(request.path, told))


@pytest_asyncio.fixture
async def odd() -> AsyncIterator[Odd]:
    made, server = Odd(), web.Application()
    server.router.add_route("*", "/{path:.*}", made.take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(made.url.rpartition(":")[2])).start()
    yield made
    await runner.cleanup()


@pytest.fixture
def lab(tmp_path):
    engine = db.open_engine(databases.file(tmp_path / "odd.db"))
    stored(engine, experiment((0.74,)), leads_channel="CLEADS", team_channel="CTEAM")
    person(engine, "UANA", name="Ana", role="lead")
    policy = Policy(tracker_nets=("127.0.0.0/8",))
    yield Lab(engine, lambda: NOW, PlainTestWriter(), policy)
    engine.dispose()


async def test_a_run_that_answers_nonsense_keeps_no_other_from_its_decision(odd, lab):
    source = tracker.connect(lab, TEAM, Wish("wandb", odd.url, ("lab/support",)), by="UANA")
    with lab.begin() as session:
        for name in ("lost", "good"):
            session.add(Run(tracker_id=source.number, experiment_id=1, status="finished",
                            source_id=f"lab/support/{name}", name=name, seen_at=NOW))  # fmt: skip
        session.flush()
        decision.tell(session, 1, {"decision": "killed"}, at=NOW)
    written = []

    def answers(_path: str, told: dict[str, Any]) -> dict[str, Any]:
        if "upsertBucket" in told["query"]:
            written.append(told["variables"]["i"])
        if told["variables"].get("n") == "good":
            return {"data": {"project": {"run": {"id": "r1", "summaryMetrics": "{}"}}}}
        return {"data": {"project": {"name": "support"}}}

    odd.answers = answers
    await Sweeper(lab, {}, lambda: None).drain()
    assert written == ["r1"]
    with Session(lab.engine) as session:
        rows = session.exec(select(RunDecision).order_by(RunDecision.id)).all()
        assert [(row.state, row.next_at) for row in rows] == [
            ("pending", NOW + timedelta(seconds=30)), ("sent", NOW + timedelta(seconds=120)),
        ]  # fmt: skip
