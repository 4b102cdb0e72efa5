"""`assay track start` and how `assay run` begins: what a training is told, what is refused."""

import asyncio
import json
import sys

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.__main__ import main
from bot.runner import started
from models import db
from tests import databases
from tests.pushing import Served, serving
from tests.tickets import experiment as ticket
from tests.tickets import stored

SHOW = (
    "import os, json; print(json.dumps({k: v for k, v in os.environ.items() "
    "if k.startswith(('MLFLOW', 'WANDB'))}))"
)


@pytest.fixture
def engine(tmp_path) -> Engine:
    engine = db.open_engine(databases.file(tmp_path / "run.db"))
    yield engine
    engine.dispose()


@pytest_asyncio.fixture
async def door(engine) -> Served:
    stored(engine, ticket(kill_criteria="no gain by run 3", trained_on="DATA-003@v2"))
    stored(engine, ticket(number=7, stage="killed", outcome="killed", learnings="no"))
    async with serving(engine) as served:
        yield served


async def test_the_loggers_of_a_training_find_what_its_ticket_says(door):
    words = ("track", "start", "EXP-042", "--name", "lora", "--model-type", "llama 3", "--")
    code, told = await door.cli(*words, sys.executable, "-c", SHOW, WANDB_TAGS="mine")
    assert code == 0, told
    env = json.loads(told)
    tags = json.loads(env["MLFLOW_RUN_CONTEXT"])
    assert (tags["mlflow.runName"], tags["exp_id"]) == ("EXP-042 lora", "EXP-042")
    assert tags["compute_budget_hrs"] == "24"
    assert (tags["kill_criteria"], tags["dataset_version"]) == ("no gain by run 3", "DATA-003@v2")
    assert tags["sprint_id"].startswith("sprint-")
    assert {"hypothesis", "started_at", "model_type", "commit"} <= set(tags)
    assert env["WANDB_TAGS"].split(",") == ["mine", "EXP-042", tags["sprint_id"], "llama-3"]
    assert "hypothesis: Fine-tuning lifts accuracy" in env["WANDB_NOTES"]


@pytest.mark.parametrize(
    ("words", "env", "code", "said"),
    [
        (("run", "EXP-007"), {}, 2, "EXP-007 was killed"),
        (("track", "start", "EXP-007"), {}, 2, "A lead can bring it back with `/exp reopen"),
        (("run", "EXP-099"), {}, 2, "There is no EXP-099."),
        (("run", "EXP-042"), {"ASSAY_TOKEN": "assay_wrong"}, 4, "This token is unknown"),
    ],
)
async def test_what_is_not_to_be_started_is_not(door, monkeypatch, capfd, words, env, code, said):
    for name, value in ({"ASSAY_URL": door.url, "ASSAY_TOKEN": door.token.secret} | env).items():
        monkeypatch.setenv(name, value)
    given = await asyncio.to_thread(main, [*words, "--", "/bin/echo", "it ran"])
    told = "".join(capfd.readouterr())
    assert (given, "it ran" in told, said in told) == (code, False, True), told


async def test_a_token_in_the_command_line_is_told(door):
    secret = f"TOKEN={door.token.secret}"
    _, told = await door.cli("track", "start", "EXP-042", "--", "/usr/bin/env", secret, "true")
    assert "a token stands in the command line" in told


def test_what_people_set_themselves_stands():
    known = {"MLFLOW_RUN_CONTEXT": '{"exp_id": "EXP-001"}', "WANDB_NAME": "mine"}
    made = started.environment(known, {"exp_id": "EXP-042"}, name="x", run="r-1")
    assert json.loads(made["MLFLOW_RUN_CONTEXT"]) == {
        "mlflow.runName": "x", "exp_id": "EXP-001", "assay_run": "r-1", "tags": "EXP-042",
    }  # fmt: skip
    assert made["WANDB_NAME"] == "mine"
