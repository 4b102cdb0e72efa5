"""Small parts for tests that run against the sandbox: start one, a Bolt app on it, wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import ClientSession, ClientWebSocketResponse, web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import play
from sandbox.play import Play
from sandbox.server import Sandbox
from tests import databases

T = TypeVar("T")
QUIET = logging.getLogger("sandboxed")
QUIET.setLevel(logging.CRITICAL)
POLL_S = 0.005
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, whatever today is


async def until(condition: Callable[[], T], timeout: float = 5) -> T:
    """Wait until ``condition`` holds, whatever makes it so; hands back its value.

    For what the sandbox itself sees (messages, views, calls) ``sandbox.until`` needs no polling.
    """
    async with asyncio.timeout(timeout):
        while not (value := condition()):
            await asyncio.sleep(POLL_S)
    return value


@asynccontextmanager
async def start_sandbox(
    manifest: dict[str, Any] | None = None, **settings: Any
) -> AsyncIterator[Sandbox]:
    """A sandbox on a free port, on MORNING; settings as for ``Sandbox``."""
    async with Sandbox(manifest, **{"at": MORNING, **settings}) as sandbox:
        yield sandbox


@asynccontextmanager
async def opened(folder: Path, **settings: Any) -> AsyncIterator[Play]:
    """Assay in a sandbox on MORNING with all its commands, its database already migrated; else
    ``play.opened``.
    """
    if not (folder / "assay.db").exists():  # a bot that comes back finds its own
        databases.file(folder / "assay.db")
    async with play.opened(folder, **{"at": MORNING, "all_commands": True, **settings}) as running:
        yield running


@asynccontextmanager
async def web_client(sandbox: Sandbox, token: str = "") -> AsyncIterator[AsyncWebClient]:
    """The real slack_sdk client, pointed at the sandbox, without retries."""
    async with ClientSession() as session:
        yield AsyncWebClient(
            token=token or sandbox.bot_token,
            base_url=sandbox.api_url,
            session=session,
            retry_handlers=[],
            logger=QUIET,
        )


@asynccontextmanager
async def bolt_app(sandbox: Sandbox, **options: Any) -> AsyncIterator[AsyncApp]:
    """A Bolt app whose client talks to the sandbox; nothing is connected yet."""
    async with web_client(sandbox) as client:
        yield AsyncApp(
            client=client,
            signing_secret=sandbox.signing_secret,
            process_before_response=True,
            logger=QUIET,
            **options,
        )


@asynccontextmanager
async def over_socket(sandbox: Sandbox, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Bolt connected through the SDK's own aiohttp Socket Mode client."""
    handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=1)
    tasks = asyncio.all_tasks()
    await handler.connect_async()
    await sandbox.bot_connected()
    try:
        yield handler
    finally:
        await handler.close_async()
        await _cancel(asyncio.all_tasks() - tasks)


@asynccontextmanager
async def over_http(app: AsyncApp, port: int) -> AsyncIterator[None]:
    """Bolt behind its aiohttp adapter at http://127.0.0.1:port/slack/events."""
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    """The SDK leaves its monitor and receiver running after close."""
    left = [task for task in tasks if "SocketModeClient." in repr(task.get_coro())]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


@dataclass
class BareBot:
    """A bot without Bolt: keeps every envelope, acks with what ``answer`` says."""

    frames: list[dict[str, Any]] = field(default_factory=list)

    def payloads(self, kind: str) -> list[dict[str, Any]]:
        """Payloads of one envelope type so far."""
        return [frame["payload"] for frame in self.frames if frame["type"] == kind]

    def events(self, name: str | None = None) -> list[dict[str, Any]]:
        """Inner events so far, of one type or all."""
        found = [payload["event"] for payload in self.payloads("events_api")]
        return [event for event in found if name in (None, event["type"])]


SILENT: Any = object()


@asynccontextmanager
async def bare_bot(
    sandbox: Sandbox, answer: Callable[[dict[str, Any]], Any] = lambda frame: None
) -> AsyncIterator[BareBot]:
    """Connect over Socket Mode; ``answer`` gives an ack's payload, None, or SILENT (no ack)."""
    bot = BareBot()
    async with web_client(sandbox, sandbox.app_token) as client, ClientSession() as session:
        address = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
        async with session.ws_connect(address) as socket:
            hello = await socket.receive_json()
            assert hello["type"] == "hello"
            hearing = asyncio.create_task(_hear(socket, bot, answer))
            try:
                yield bot
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)


async def _hear(
    socket: ClientWebSocketResponse, bot: BareBot, answer: Callable[[dict[str, Any]], Any]
) -> None:
    async for message in socket:
        frame = message.json()
        bot.frames.append(frame)
        if "envelope_id" not in frame:
            continue
        payload = answer(frame)
        if payload is SILENT:
            continue
        ack = {"envelope_id": frame["envelope_id"]}
        await socket.send_json(ack if payload is None else ack | {"payload": payload})
