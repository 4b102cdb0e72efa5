"""Assay and a sandbox in one process: for the demo's story and the flow tests.

Everything goes over the wire (HTTP and WebSocket on loopback); only the clock is shared, unless
the bot's is set apart.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import manifest, run
from bot.config import Config
from bot.wiring import Assay, wire
from handlers.routes import table
from ingest.aside import aside
from sandbox.server import Sandbox
from services import outbox

SIGNING_SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105  # opens nothing but this sandbox


@dataclass
class Play:
    """A sandbox with Assay in it, moved by hand."""

    sandbox: Sandbox
    assay: Assay

    async def settle(self) -> None:
        """Let everything happen that is due now. The clock moves only as far as pacing needs."""
        lab = self.assay.lab
        await self._quiet()
        await self.assay.tick()
        while True:
            made = await self.assay.poster.drain()
            await self.assay.poster.answered()
            await self._quiet()
            if made or self.assay.poster.in_flight:  # the demo's own loop sends, too
                continue
            if self.assay.poster.is_shut_out:
                return
            unsent, first = await aside(lab, lambda: outbox.waiting(lab))
            pause = (first - lab.clock()).total_seconds() if first else 0.0
            if not unsent or pause > 600:
                return
            self.sandbox.clock.advance(max(1.1, pause + 0.1))

    async def type(self, who: str, where: str, line: str) -> dict[str, Any]:
        """A command as typed there; one that is not installed is a word of /assay."""
        command, _, text = line.partition(" ")
        if self.sandbox.office.manifest.command(command) is None:
            command, text = "/assay", f"{command[1:]} {text}".strip()
        return await self.sandbox.command(who, where, command, text)

    async def _quiet(self) -> None:
        await self.assay.door.settle()
        await self.sandbox.settled()
        await self.assay.door.settle()

    async def move(self, to: datetime, *, step: timedelta = timedelta(minutes=30)) -> None:
        """Move the clock there, doing on the way what is due."""
        while self.sandbox.clock.now() < to:
            ahead = min(step, to - self.sandbox.clock.now())
            self.sandbox.clock.advance(ahead.total_seconds())
            await self.settle()


def config_for(sandbox: Sandbox, database_url: str, *, port: int = 0) -> Config:
    """The configuration of a bot that talks to that sandbox; with a port, over HTTP."""
    return Config(
        bot_token=sandbox.bot_token,
        app_token=sandbox.app_token,
        signing_secret=sandbox.signing_secret if port else "",
        mode="http" if port else "socket",
        host="127.0.0.1",
        port=port or 3000,
        api_url=sandbox.api_url,
        database_url=database_url,
        clock_offset="0",
        tick_seconds=1,
        tracker_nets=("127.0.0.0/8",),  # a tracker on this machine can be tried out
    )


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    at: datetime,
    transport: str = "socket",
    ahead: timedelta = timedelta(),
    **settings: Any,
) -> AsyncIterator[Play]:
    """A sandbox and a connected Assay with a database in that folder; both closed at the end.

    at: what the clock shows at the start (it may lie in the past). ahead: what the bot's own clock
    shows beyond it (less than zero: it is late). database_url: another database.
    all_commands: every command is installed, not only the few that have no word of /assay. doors:
    what else the app is allowed (bot/manifest.Doors).
    """
    database_url = settings.pop("database_url", f"sqlite:///{folder}/assay.db")
    every, doors = settings.pop("all_commands", False), settings.pop("doors", manifest.NO_DOORS)
    shipped = manifest.manifest(table(), every=every, doors=doors)
    port = free_port() if transport == "http" else 0
    if port:
        target = f"http://127.0.0.1:{port}/slack/events"
        settings |= {"transport": "http", "http_target": target, "signing_secret": SIGNING_SECRET}
    async with Sandbox(shipped, at=at, **settings) as sandbox:
        config = config_for(sandbox, database_url, port=port)
        assay = await wire(config, lambda: sandbox.clock.now() + ahead)
        close = await run.connect(assay)
        try:
            if not port:
                await sandbox.bot_connected()
            yield Play(sandbox, assay)
        finally:
            await close()
            await assay.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
