"""Webhooks of trackers: who has the secret makes a sweep come sooner, no more."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from core.workspace.tracker import Wish
from ingest import hooks
from models import db
from services.ports import Lab
from services.tracking import sweep, tracker
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import MONDAY, experiment, person, stored

SECRET = "a secret of twenty-four or more"
BODY = b'{"event_type": "RUN_STATE", "project_name": "support"}'
SIGNED = hmac.new(SECRET.encode(), BODY, hashlib.sha256)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Wandb-Signature": SIGNED.hexdigest()}, 202),
        ({"X-Wandb-Signature": base64.b64encode(SIGNED.digest()).decode()}, 202),
        ({"X-Wandb-Signature": "sha256=" + SIGNED.hexdigest()}, 202),
        ({"Authorization": f"Bearer {SECRET}"}, 202),
        ({"Authorization": f"Bearer {SECRET}", "X-Wandb-Signature": "0" * 64}, 401),
        ({"X-Wandb-Signature": hashlib.sha256(BODY).hexdigest()}, 401),
        ({"Authorization": "Bearer é"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({}, 401),
    ],
)
async def test_wandbs_automations_poke_its_trackers_and_no_others(tmp_path, headers, status):
    engine, now = db.open_engine(databases.file(tmp_path / "hook.db")), [MONDAY]
    stored(engine, experiment())
    person(engine, "UANA", name="Ana", role="lead")
    lab = Lab(engine, lambda: now[0], PlainTestWriter())
    for kind in ("mlflow", "wandb"):
        wish = Wish(kind, f"https://{kind}.example", ("lab/support",))
        tracker.connect(lab, TEAM, wish, by="UANA")
    assert len(sweep.due(lab, now[0])) == 2  # as they were connected
    server = web.Application()
    hooks.mount(server, lab, "T0LAB", SECRET)
    async with TestClient(TestServer(server)) as client:
        now[0] += timedelta(seconds=60)
        answer = await client.post(hooks.WANDB, data=BODY, headers=headers)
        assert answer.status == status
        due = sweep.due(lab, now[0])
    assert [one.kind for one in due] == (["wandb"] if status == 202 else [])
    engine.dispose()


async def test_without_a_secret_there_is_no_door(tmp_path):
    engine = db.open_engine(databases.file(tmp_path / "hook.db"))
    server = web.Application()
    hooks.mount(server, Lab(engine, lambda: MONDAY, PlainTestWriter()), "T0LAB", "")
    async with TestClient(TestServer(server)) as client:
        for path in (hooks.WANDB, hooks.MLFLOW):
            answer = await client.post(path, headers={"Authorization": "Bearer "})
            assert answer.status == 404
    engine.dispose()
