"""The sandbox: one object in the process, one address on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict, TypeVar, Unpack

from aiohttp import web

from sandbox.api.door import serve_api
from sandbox.api.files import give_file, take_upload
from sandbox.api.hooks import serve_hook
from sandbox.clock import SandboxClock
from sandbox.control.act import Acting
from sandbox.control.forms import Forms
from sandbox.control.look import Looking
from sandbox.control.talk import Talk
from sandbox.control.world import World
from sandbox.control_routes import ControlRoutes, tell_errors
from sandbox.inspector import Inspector
from sandbox.office import APP_TOKEN, BOT_TOKEN, Office, Settings
from sandbox.pages import page_routes
from sandbox.shapes import Json

MAX_BODY_BYTES = 20 * 2**20
CLOSING_S = 0.5
T = TypeVar("T")


class Options(TypedDict, total=False):
    """How to set up a sandbox; defaults as in ``Settings``."""

    transport: str
    http_target: str | None
    signing_secret: str
    clock_file: Path | str | None
    at: datetime | None
    port: int
    ack_s: float


class Sandbox(Talk, Acting, Forms, Looking, World):
    """A small Slack workspace: ``async with Sandbox(manifest=…) as sandbox:``.

    ``transport`` is socket, or http together with ``http_target``; ``port`` 0 picks a free one;
    ``at`` is what its clock shows at the start (else the real time);
    ``ack_s`` is how long it waits for an ack (3.0 as Slack; tests of late acks may shorten it).
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN

    def __init__(self, manifest: Json | None = None, **options: Unpack[Options]) -> None:
        super().__init__(Office(Settings(manifest=manifest, **options)))
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of everything, without a slash at the end."""
        return self.office.url

    @property
    def api_url(self) -> str:
        """The Web API's base address (SLACK_API_URL)."""
        return f"{self.office.url}/api/"

    @property
    def signing_secret(self) -> str:
        """What HTTP deliveries are signed with."""
        return self.office.settings.signing_secret

    @property
    def clock(self) -> SandboxClock:
        """The clock; hand ``clock.now`` to the bot."""
        return self.office.clock

    @property
    def seen(self) -> Inspector:
        """What went over the wire."""
        return self.office.inspector

    @property
    def violations(self) -> list[Json]:
        """The rules the bot broke so far."""
        return [entry.as_json() for entry in self.office.inspector.violations]

    @property
    def connected(self) -> bool:
        """Whether the bot is connected."""
        return self.office.courier.transport.connected

    async def __aenter__(self) -> Self:
        """Listen until the block ends."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        app = web.Application(middlewares=[tell_errors], client_max_size=MAX_BODY_BYTES)
        app.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.office.settings.port)
        await site.start()
        self.office.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening and give up what is on its way."""
        self.office.changes.close()
        await self.office.courier.close()
        await self.office.sockets.close()
        if self.office.http is not None:
            await self.office.http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def until(self, condition: Callable[[], T], timeout: float = 5.0) -> T:
        """Wait until ``condition`` is true, looking again at every change; hands back its value.

        Raises TimeoutError after ``timeout`` real seconds.
        """
        async with asyncio.timeout(timeout):
            while not (value := condition()):
                await self.office.changes.next()
        return value

    async def settled(self) -> None:
        """Wait until every event on its way was tried once (repeats for later excepted)."""
        await self.office.courier.settled()

    async def bot_connected(self, timeout: float = 5.0) -> None:
        """Wait for the bot's Socket Mode connection."""
        async with asyncio.timeout(timeout):
            await self.office.courier.transport.ready()

    def _routes(self) -> list[web.RouteDef]:
        office = self.office

        async def api(request: web.Request) -> web.StreamResponse:
            return await serve_api(office, request)

        async def hook(request: web.Request) -> web.StreamResponse:
            return await serve_hook(office, request)

        async def upload(request: web.Request) -> web.StreamResponse:
            return await take_upload(office, request)

        async def file(request: web.Request) -> web.StreamResponse:
            return await give_file(office, request)

        return [
            web.get("/api/{method}", api),
            web.post("/api/{method}", api),
            web.get("/link", office.sockets.serve),
            web.post("/hooks/{token}", hook),
            web.post("/files/upload/{ticket}", upload),
            web.get("/files/{file}/{name}", file),
            *ControlRoutes(self).routes(),
            *page_routes(),
        ]
