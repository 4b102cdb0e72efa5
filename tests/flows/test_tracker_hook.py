"""MLflow's own webhooks, as the real server sends them: they make a sweep come sooner, no more."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from core.workspace.tracker import Wish
from ingest import hooks
from models import db
from sandbox.play import free_port
from services.ports import Lab
from services.tracking import sweep, tracker
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import MONDAY, experiment, person, stored

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mlflow")]
SECRET = "a secret of twenty-four or more"


class Receiver:
    """Takes what MLflow sends, and has our own door beside it."""

    def __init__(self, lab: Lab) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.got: asyncio.Future[tuple[dict[str, str], bytes]] = asyncio.Future()
        server = web.Application()
        server.router.add_post("/catch", self._catch)
        hooks.mount(server, lab, "T0LAB", SECRET)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)

    async def _catch(self, request: web.Request) -> web.Response:
        if not self.got.done():
            self.got.set_result((dict(request.headers), await request.read()))
        return web.Response()

    async def send(self, headers: dict[str, str], body: bytes) -> int:
        kept = {name: value for name, value in headers.items() if name.startswith("X-MLflow")}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + hooks.MLFLOW, data=body, headers=kept) as answer,
        ):
            return answer.status


def _register(mlflow, url: str) -> None:
    created = {"entity": "MODEL_VERSION", "action": "CREATED"}
    mlflow.call("webhooks", name="assay", url=url, events=[created], secret=SECRET)
    mlflow.call("registered-models/create", name="support-bot")
    mlflow.call("model-versions/create", name="support-bot", source="s3://models/support")


async def test_a_new_model_version_makes_the_next_sweep_come_sooner(mlflow, tmp_path):
    engine, now = db.open_engine(databases.file(tmp_path / "hook.db")), [MONDAY]
    stored(engine, experiment())
    person(engine, "UANA", name="Ana", role="lead")
    lab = Lab(engine, lambda: now[0], PlainTestWriter())
    tracker.connect(lab, TEAM, Wish("mlflow", mlflow.url, ("a",)), by="UANA")
    receiver = Receiver(lab)
    await receiver.runner.setup()
    await web.TCPSite(receiver.runner, "127.0.0.1", int(receiver.url.rpartition(":")[2])).start()
    await asyncio.to_thread(_register, mlflow, f"{receiver.url}/catch")
    headers, body = await asyncio.wait_for(receiver.got, 60)
    now[0] = datetime.fromtimestamp(int(headers["X-MLflow-Timestamp"]), UTC)
    assert len(sweep.due(lab, now[0])) == 1  # as it was connected
    now[0] += timedelta(seconds=1)
    assert await receiver.send(headers, body + b" ") == 401
    assert await receiver.send({}, body) == 401
    assert sweep.due(lab, now[0] + timedelta(seconds=60)) == []
    for _ in range(3):  # however often it is said
        assert await receiver.send(headers, body) == 202
    assert sweep.due(lab, now[0]) == []
    [errand] = sweep.due(lab, now[0] + timedelta(seconds=30))
    assert errand.everything
    assert sweep.due(lab, now[0] + timedelta(seconds=60)) == []
    now[0] += timedelta(minutes=6)
    assert await receiver.send(headers, body) == 401  # too old
    await receiver.runner.cleanup()
    engine.dispose()
