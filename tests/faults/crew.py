"""A bot in a process of its own that is killed and started again, beside a sandbox."""

import asyncio
import multiprocessing
import os
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sandbox.server import Sandbox
from sandbox.shapes import Json

# Each bot is forked from a process that has read the code and done nothing yet: a bot that is
# killed thirty times reads it once, not thirty times.
FORKED = multiprocessing.get_context("forkserver")
PATIENCE_S = 240.0  # a loaded machine takes ten seconds for a start, and kills come in rows


def run(environment: dict[str, str], log: Path) -> None:
    """`assay run` in the process that calls, with that environment; what it says goes there."""
    from bot.__main__ import main

    os.environ.update(environment)
    tempfile.tempdir = None  # so that TMPDIR is read anew
    with log.open("ab") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    sys.exit(main(["run"]))


async def ended(process: ForkServerProcess) -> None:
    """Wait for its end, however it ends."""
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, end.set)
    try:
        await end.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


@dataclass
class Crew:
    """Runs `assay run`; kills it with SIGKILL at random moments of its traffic."""

    sandbox: Sandbox
    folder: Path
    dice: random.Random
    kills_left: int = 0
    killed_at: list[str] = field(default_factory=list)
    _process: ForkServerProcess | None = None
    _supervising: asyncio.Task[None] | None = None
    _until_kill: int = 0

    async def start(self) -> None:
        """Start the bot and the one who starts it again."""
        self._until_kill = self.dice.randint(8, 28)
        self.sandbox.office.inspector.listeners.append(self._saw)
        self._supervising = asyncio.create_task(self._supervise())
        await self.sandbox.bot_connected(PATIENCE_S)

    async def stop(self) -> None:
        """Stop both."""
        self.kills_left = 0
        if self._supervising is not None:
            self._supervising.cancel()
            await asyncio.gather(self._supervising, return_exceptions=True)
        if self._process is not None:
            self._process.terminate()
            await ended(self._process)

    def _saw(self, entry: Any) -> None:
        """Somewhere in the traffic, pull the plug: before, between or after an answer."""
        process = self._process
        if self.kills_left <= 0 or process is None or not process.is_alive():
            return
        self._until_kill -= 1
        if self._until_kill <= 0:
            self._until_kill = self.dice.randint(8, 28)
            self.kills_left -= 1
            self.killed_at.append(f"{entry.kind} {entry.name}")
            process.kill()

    async def _supervise(self) -> None:
        FORKED.set_forkserver_preload(["bot.__main__", "holidays"])
        while True:
            log = self.folder / "bot.log"
            self._process = FORKED.Process(target=run, args=(self._environment(), log))
            self._process.start()
            await ended(self._process)

    def _environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self.sandbox.bot_token,
            "SLACK_APP_TOKEN": self.sandbox.app_token,
            "SLACK_API_URL": self.sandbox.api_url,
            "SLACK_MODE": "socket",
            "DATABASE_URL": f"sqlite:///{self.folder}/assay.db",
            "CLOCK_OFFSET": f"@{self.folder}/offset",
            "TICK_SECONDS": "0.1",
            "TMPDIR": str(self.folder),
        }

    async def insist(self, call: Any) -> Json:
        """Do it until the bot acked, as people do."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            await self.sandbox.bot_connected(PATIENCE_S)
            told: Json = await call()
            if told["delivery"]["ok"]:
                return told
            assert time.monotonic() < deadline, told

    async def quiet(self) -> None:
        """Wait until the bot ticked at the clock's time and has said all it has to say."""
        moved = self._ticked_at()
        deadline = time.monotonic() + PATIENCE_S
        while not (self._ticked_since(moved) and self._waiting() == 0):
            assert time.monotonic() < deadline, self._trouble(moved)
            try:
                await asyncio.wait_for(self.sandbox.office.changes.next(), 0.1)
            except TimeoutError:
                if self._waiting():
                    self.sandbox.clock.advance(2)  # pacing and leases go by the clock
        await self.sandbox.settled()

    def _trouble(self, moved: int) -> str:
        """Why it is not quiet, for the person who reads the failed test."""
        rows = self.read(
            "SELECT id, key, state, attempts, error, not_before, lease_until, target, thread_of"
            " FROM outbox WHERE state NOT IN ('sent','dead')"
        )
        clock = self.sandbox.clock.now().isoformat()
        log = (self.folder / "bot.log").read_text()[-3000:]
        return f"ticked: {self._ticked_since(moved)}, clock {clock}, waiting: {rows}\n{log}"

    def _ticked_since(self, moment: int) -> bool:
        return self._ticked_at() > moment

    def _ticked_at(self) -> int:
        """The heartbeat's own time (ns): only ever compared with itself, never with a clock."""
        try:
            return (self.folder / "assay.alive").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _waiting(self) -> int:
        return int(
            self.read("SELECT count(*) FROM outbox WHERE state NOT IN ('sent','dead')")[0][0]
        )

    def read(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the bot's database, read beside it."""
        with sqlite3.connect(f"file:{self.folder}/assay.db?mode=ro", uri=True, timeout=10) as link:
            rows = link.execute(query).fetchall()
        link.close()
        return rows

    async def move(self, to: datetime) -> None:
        """Set the clock and wait until everything due has happened."""
        if to > self.sandbox.clock.now():
            self.sandbox.clock.set(to.astimezone(UTC))
        await self.quiet()
