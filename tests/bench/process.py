"""Cold start, memory and idle CPU of `assay run`, beside a bare Python with Bolt imported."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.sandboxed import start_sandbox

ROOT = Path(__file__).parent.parent.parent
IDLE_S = 10
BARE = "import slack_bolt.app.async_app, aiohttp, sqlmodel, time; time.sleep(60)"


async def measure(folder: Path) -> list[str]:
    """Three lines: start, memory, CPU."""
    async with start_sandbox() as sandbox:
        env = os.environ | {
            "SLACK_BOT_TOKEN": sandbox.bot_token, "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url, "DATABASE_URL": f"sqlite:///{folder}/process.db",
            "TMPDIR": str(folder),
        }  # fmt: skip
        began = time.perf_counter()
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
        )
        await sandbox.bot_connected(60)
        start = time.perf_counter() - began
        await asyncio.sleep(2)
        cpu = _cpu_seconds(bot.pid)
        await asyncio.sleep(IDLE_S)
        idle = (_cpu_seconds(bot.pid) - cpu) / IDLE_S
        memory = _rss_mib(bot.pid)
        bot.terminate()
        bot.wait()
    return [
        f"cold start to connected (empty database migrated): {start:.2f} s",
        f"resident memory: {memory:.0f} MiB; Python with Bolt, aiohttp and SQLModel imported: "
        f"{_bare_mib():.0f} MiB",
        f"idle CPU: {idle:.1%} of one core over {IDLE_S} s",
    ]


def _bare_mib() -> float:
    bare = subprocess.Popen([sys.executable, "-c", BARE])
    time.sleep(4)
    memory = _rss_mib(bare.pid)
    bare.kill()
    bare.wait()
    return memory


def _rss_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
