"""A real /kill (transaction, audit, outbox) beside a no-op Bolt command on the same transport."""

import statistics
from pathlib import Path

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from models import team as teams
from models.experiments.experiment import Experiment
from sandbox.play import Play
from sandbox.server import Sandbox
from tests.sandboxed import opened, start_sandbox

COUNT = 300
LEARNT = "no lift after three seeds, the labels are the limit"


async def measure(folder: Path) -> list[str]:
    """p50 and p99 of both, in milliseconds from the frame's sending to its ack."""
    kill, noop = await _kills(folder), await _noops()
    return [
        f"/kill EXP-nnn with learnings: {_told(kill)}",
        f"no-op command (Bolt, ack only): {_told(noop)}",
        f"a kill costs {statistics.median(kill) - statistics.median(noop):.2f} ms more; "
        "Slack waits 3000 ms",
    ]


def _told(times: list[float]) -> str:
    cut = statistics.quantiles(times, n=100)
    return f"p50 {statistics.median(times):.2f} ms, p99 {cut[98]:.2f} ms (n={len(times)})"


async def _kills(folder: Path) -> list[float]:
    async with opened(folder) as play:
        await play.sandbox.set_strict(False)
        await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
        _seed(play)
        return [
            await _timed(play.sandbox, "/kill", f"EXP-{n} {LEARNT}") for n in range(1, COUNT + 1)
        ]


def _seed(play: Play) -> None:
    now = play.sandbox.clock.now()
    with play.assay.lab.begin() as session:
        team = teams.of_workspace(session, "T0ASSAY")[0]
        assert team.id is not None
        for number in range(1, COUNT + 1):
            ticket = Experiment(
                team_id=team.id, number=number, title=f"Idea {number}", owner="U0LENA",
                target=0.9, gpu_budget=10, stage="experiment",
                stage_since=now, created_at=now, progress_at=now,
            )  # fmt: skip
            session.add(ticket)


async def _noops() -> list[float]:
    async with start_sandbox() as sandbox:
        await sandbox.set_strict(False)
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        app = AsyncApp(client=client, process_before_response=True)

        @app.command("/noop")
        async def noop(ack) -> None:
            await ack("done")

        handler = AsyncSocketModeHandler(app, sandbox.app_token)
        await handler.connect_async()
        await sandbox.bot_connected()
        times = [await _timed(sandbox, "/noop", LEARNT) for _ in range(COUNT)]
        await handler.close_async()
        return times


async def _timed(sandbox: Sandbox, command: str, text: str) -> float:
    told = await sandbox.command("lena", "#standup", command, text)
    assert told["delivery"]["ok"], told
    return float(told["delivery"]["ms"])
