"""`assay run` around real trainings, as processes of their own, against a running door."""

import asyncio
import gzip
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.decisions.kill import Killed
from models import db
from models.board.gpu_usage import UsageRecord
from models.experiments.experiment import Experiment
from models.outbox import Outbox
from models.tracking.beat import RunBeat
from models.tracking.run import Run
from sandbox.play import free_port
from services.decisions import kill, running
from services.decisions.kill import Order
from tests import databases
from tests.conversation import TEAM
from tests.pushing import ROOT, Served, serving
from tests.sandboxed import until
from tests.tickets import experiment as ticket
from tests.tickets import person, stored

LEARNED = "The curve bends at rank 32, more data will not help."
SLOW = "import time\nprint('step 1 loss 2.5', flush=True)\nwhile True: time.sleep(0.05)"


@pytest.fixture
def engine(tmp_path) -> Engine:
    engine = db.open_engine(databases.file(tmp_path / "run.db"))
    yield engine
    engine.dispose()


@pytest_asyncio.fixture
async def door(engine) -> Served:
    stored(engine, ticket(box_ends=None))
    person(engine, "UANA", name="Ana", role="lead")
    async with serving(engine) as served:
        yield served


@dataclass
class Started:
    """A runner in a process of its own, and what it spools."""

    process: asyncio.subprocess.Process
    folder: Path

    async def over(self) -> tuple[int, bytes, str]:
        """Exit code, output, and what was said beside it."""
        out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, out, err.decode()


@pytest.fixture
def start(tmp_path, door) -> Callable:
    async def begin(script: str, *options: str, url: str = "", **env: str) -> Started:
        known = {**os.environ, "ASSAY_URL": url or door.url, "ASSAY_TOKEN": door.token.secret,
                 "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": "0,1"}  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "EXP-042", "--every", "0.05", "--grace", "5",
            "--spool", str(tmp_path / "spool"), *options, "--", sys.executable, "-c", script,
            env=known | env, cwd=tmp_path, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        return Started(process, tmp_path / "spool")

    return begin


def _runs(engine: Engine) -> list[Run]:
    with Session(engine) as session:
        return list(session.exec(select(Run).order_by(Run.id)))


def _posts(engine: Engine, key: str) -> list[str]:
    with Session(engine) as session:
        return [row.payload["text"] for row in session.exec(select(Outbox)) if key in row.key]


async def test_a_training_is_told_and_its_exit_code_and_output_are_its_own(door, start, engine):
    script = (
        "import sys\nprint('step 1 loss 2.5')\nprint({'eval_accuracy': 0.81, 'epoch': 1.0})\n"
        "sys.stdout.buffer.write(bytes([0, 255, 10]))\nsys.exit(3)"
    )
    code, out, err = await (await start(script)).over()
    assert code == 3, err
    assert (out[-3:], err) == (b"\0\xff\n", "")
    (run,) = _runs(engine)
    assert (run.status, run.gpus, run.hours_known, run.metric) == (
        "failed",
        2,
        "measured",
        "eval_accuracy",
    )
    with Session(engine) as session:
        kept = session.exec(select(UsageRecord)).one()
    assert kept.gpu_hours == run.gpu_hours > 0


async def _alive(started: Started) -> int:
    """The training's process, once there is one."""
    mine = Path(f"/proc/{started.process.pid}/task/{started.process.pid}/children")

    def found() -> int:
        for pid in mine.read_text().split():
            if Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:2] == [b"-c"]:
                return int(pid)
        return 0

    return await until(found, 20)


def _ends(door: Served) -> Killed:
    return kill.kill(door.lab, TEAM, Order(42, "UANA", LEARNED))


async def test_a_kill_ends_the_training_and_the_public_line_says_so(door, start, engine):
    running.choose(door.lab, TEAM, "stop", by="UANA")
    started = await start(SLOW, "--stop-on-kill")
    await until(lambda: _runs(engine), 20)
    killed = _ends(door)
    code, _, err = await started.over()
    assert code == 143
    assert "EXP-042 was killed by Ana: ending the training." in err
    (run,) = _runs(engine)
    assert run.status == "stopped"
    (line,) = _posts(engine, f"edit:decision:EXP-042:{killed.change_id}")
    assert "run python stopped after" in line
    assert "24 GPU-hours saved" in line


async def test_without_its_leave_a_training_goes_on_and_the_line_says_where(door, start, engine):
    running.choose(door.lab, TEAM, "stop", by="UANA")
    started = await start(SLOW)
    await until(lambda: _runs(engine), 20)
    killed = _ends(door)
    told = f"edit:decision:EXP-042:{killed.change_id}"
    await until(lambda: _posts(engine, told), 20)
    assert "still running on" in _posts(engine, told)[0]
    with Session(engine) as session:
        seq = session.exec(select(RunBeat)).one().seq
        assert session.exec(select(RunBeat).where(RunBeat.seq > seq)).first() is None
    pid = await _alive(started)
    started.process.send_signal(signal.SIGINT)
    assert (await started.over())[0] == 130
    assert not Path(f"/proc/{pid}").exists()


async def test_commands_save_and_free_before_the_training_hears_sigterm(door, start, tmp_path):
    running.choose(door.lab, TEAM, "stop", by="UANA")
    script = (
        "import signal, sys, time\n"
        "def end(*_):\n    open('order', 'a').write('term\\n')\n    sys.exit(9)\n"
        "signal.signal(signal.SIGTERM, end)\nprint('step 1 loss 2.5', flush=True)\n"
        "while True: time.sleep(0.05)"
    )
    started = await start(
        script, "--stop-on-kill", "--checkpoint", 'echo "saved $SLURM_JOB_ID" >> order; exit 4',
        "--on-kill", 'echo "freed $SLURM_JOB_ID" >> order', SLURM_JOB_ID="77",
    )  # fmt: skip
    await until(lambda: _runs(door.lab.engine), 20)
    _ends(door)
    code, _, err = await started.over()
    assert code == 9
    assert (tmp_path / "order").read_text().splitlines() == ["saved 77", "freed 77", "term"]
    assert "exit 4` ended with 4." in err


@asynccontextmanager
async def _listening(port: int) -> AsyncIterator[list[dict]]:
    """Somebody else's Assay on that port: keeps the beats it takes."""
    taken: list[dict] = []

    async def take(request: web.Request) -> web.Response:
        taken.append(json.loads(gzip.decompress(await request.read())))
        return web.json_response({"order": ""})

    server = web.Application()
    server.router.add_post("/v1/experiments/{id}/runs", take)
    # A body arrives as it was sent, packed.
    runner = web.AppRunner(server, auto_decompress=False, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield taken
    finally:
        await runner.cleanup()


async def test_while_assay_is_away_it_is_spooled_and_told_when_it_is_back(start, tmp_path):
    port, gate = free_port(), tmp_path / "gate"
    script = (
        "import pathlib, time\nprint('step 1 loss 2.5', flush=True)\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.02)"
    )
    started = await start(script, url=f"http://127.0.0.1:{port}")
    kept = await until(lambda: list(started.folder.glob("*.json")), 20)
    await until(lambda: json.loads(kept[0].read_text())["seq"] > 3, 20)
    async with _listening(port) as taken:
        first = await until(lambda: taken and taken[0], 20)
        assert first["seq"] > 3  # of those before it says everything
        assert [one[:2] for one in first["metrics"]["loss"]] == [[1, 2.5]]
        gate.write_text("")
        code, _, err = await started.over()
    assert code == 0
    assert err.count("does not answer") == 2  # at the start, and once for all beats
    assert (taken[-1]["state"], taken[-1]["gpus"]) == ("finished", 2)
    assert list(started.folder.iterdir()) == []


async def test_what_a_killed_runner_left_is_told_by_the_next(door, start, engine, tmp_path):
    started = await start(SLOW, url=f"http://127.0.0.1:{free_port()}")
    training = await _alive(started)
    (kept,) = await until(lambda: list(started.folder.glob("*.json")), 20)
    beside = _children(started.process.pid) - {training}
    for pid in (started.process.pid, *beside, training):
        with suppress(ProcessLookupError):  # it may hear that nobody reads what it prints
            os.kill(pid, signal.SIGKILL)
    await started.process.communicate()
    left = json.loads(kept.read_text())
    kept.write_text(json.dumps(left | {"url": door.url}))
    assert (await (await start("print('loss 1')")).over())[0] == 0
    found = {run.source_id: run for run in _runs(engine)}
    assert found[left["run"]].status == "stopped"
    assert found[left["run"]].gpu_hours == pytest.approx(left["seconds"] * 2 / 3600, abs=1e-6)
    assert list(started.folder.iterdir()) == []


def _children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(one) for one in listed.read_text().split()}


@pytest.mark.parametrize("which", ["waiting", "telling"])
async def test_killing_a_part_of_the_runner_loses_no_hours(door, start, engine, tmp_path, which):
    gate = tmp_path / "gate"
    script = (
        "import pathlib, time\nbegan = time.monotonic()\nprint('loss 2', flush=True)\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.02)\n"
        f"pathlib.Path({str(tmp_path / 'took')!r}).write_text(str(time.monotonic() - began))\n"
        "print('the end', flush=True)"
    )
    started = await start(script)
    training = await _alive(started)
    await until(lambda: _runs(engine), 20)
    (beside,) = _children(started.process.pid) - {training}
    os.kill(started.process.pid if which == "waiting" else beside, signal.SIGKILL)
    gate.write_text("")
    code, out, _ = await started.over()
    assert (code, out.split(b"\n")[-2]) == (-9 if which == "waiting" else 0, b"the end")
    run = await until(lambda: next((r for r in _runs(engine) if r.status != "running"), None), 20)
    took = float((tmp_path / "took").read_text())
    assert took * 2 / 3600 <= run.gpu_hours + 1e-6
    assert len(_runs(engine)) == 1
    with Session(engine) as session:
        used = session.exec(select(Experiment)).one().gpu_used
    assert used == pytest.approx(run.gpu_hours, abs=1e-6)
