"""Running: transport, scheduler and poster side by side until told to stop."""

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot import scheduler
from bot.alive import heartbeat
from bot.clerk import Clerk
from bot.config import Config
from bot.courier import Courier
from bot.refusals import passes
from bot.sweeper import Sweeper
from bot.wiring import Assay, socket_handler, wire
from ingest import hooks
from ingest.http import Door

log = logging.getLogger(__name__)

_LONGEST_PAUSE_S = 60.0
_COLLECTED_AFTER = (10_000, 20, 20)  # objects, rounds: a command makes and drops 10,000 objects
_EVENTS = "/slack/events"
_TIME_DIGITS = 12
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


async def serve(config: Config, clock: Callable[[], datetime]) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in flight."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    assay = await wired(config, clock, stop)
    if assay is None:
        return
    sweeper = Sweeper(assay.lab, config.tracker_keys, assay.poster.wake)
    clerk = Clerk(assay.lab, config.tracker_keys, assay.poster.wake)
    posting = asyncio.gather(
        assay.poster.run(), Courier(assay.lab).run(), sweeper.run(), clerk.run()
    )
    ticking = scheduler.start(lambda: _tick(assay), seconds=config.tick_seconds)
    try:
        close = await connect(assay)
        log.info("Assay is listening (%s) as %s", config.mode, assay.me.get("user"))
        await _tick(assay)
        spare_what_stays()
        await stop.wait()
        await close()
    finally:
        ticking.shutdown(wait=False)
        posting.cancel()
        await assay.close()
    log.info("Assay has stopped")


def spare_what_stays() -> None:
    """What was loaded at the start stays until the end, so Python need not search it for garbage
    again: with all of it a full search stops everybody for 0.1 to 0.2 s, amid any command.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


async def wired(
    config: Config, clock: Callable[[], datetime], stop: asyncio.Event, *, pause_s: float = 1.0
) -> Assay | None:
    """Everything connected as soon as Slack answers; None when it was stopped before.

    pause_s: until the second try; it doubles, up to a minute. Raises SlackApiError when Slack
    refuses the token.
    """
    while not stop.is_set():
        try:
            return await wire(config, clock)
        except (aiohttp.ClientError, OSError, ValueError, SlackApiError) as away:
            if isinstance(away, SlackApiError) and not passes(away):
                raise
            name = type(away).__name__
            log.warning("Slack cannot be reached (%s); the next try is in %.0f s", name, pause_s)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause_s)
        pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
    return None


async def connect(assay: Assay) -> Callable[[], Awaitable[object]]:
    """Start taking inputs, over Socket Mode or HTTP, and pushes; what is handed back stops it."""
    config = assay.config
    close = await (_open_socket(assay) if config.mode == "socket" else _open_http(assay))
    if not config.push_port:
        return close
    try:
        close_pushes = await _listen(assay, web.Application(), config.push_port)
    except BaseException:
        await close()
        raise

    async def close_both() -> None:
        await close_pushes()
        await close()

    return close_both


async def _tick(assay: Assay) -> None:
    await assay.tick()
    if await scheduler.is_database_up(assay.lab):
        heartbeat().touch()


async def _open_socket(assay: Assay) -> Callable[[], Awaitable[object]]:
    handler = socket_handler(assay)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    return handler.close_async


async def _open_http(assay: Assay) -> Callable[[], Awaitable[object]]:
    server = assay.app.web_app(path=_EVENTS)
    server.middlewares.append(_readable)
    return await _listen(assay, server, assay.config.port)


@web.middleware
async def _readable(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what Slack never sends, over which Bolt would stumble: 401 for a time or signature
    that cannot be one, 400 for a body that cannot be read.
    """
    if request.path != _EVENTS:
        return await handler(request)
    time = request.headers.get("X-Slack-Request-Timestamp", "0")
    is_time = time.isascii() and time.isdigit() and len(time) <= _TIME_DIGITS
    if not (is_time and request.headers.get("X-Slack-Signature", "").isascii()):
        return web.Response(status=401)
    try:
        AsyncBoltRequest(body=await request.text(), headers=dict(request.headers))
    except _UNREADABLE:
        return web.Response(status=400)
    return await handler(request)


async def _listen(
    assay: Assay, server: web.Application, port: int
) -> Callable[[], Awaitable[object]]:
    """That server with the routes for pushes and health, on that port."""
    workspace = str(assay.me.get("team_id", ""))
    hooks.mount(server, assay.lab, workspace, assay.config.tracker_hook)
    Door(assay.lab, workspace, assay.config.push_keys, assay.poster.wake).mount(server)

    async def healthz(_request: web.Request) -> web.Response:
        ok = await scheduler.is_database_up(assay.lab)
        return web.json_response({"ok": ok}, status=200 if ok else 503)

    server.router.add_get("/healthz", healthz)
    # Bodies are unpacked by ingest/body.py, which knows when to stop.
    runner = web.AppRunner(server, access_log=None, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, assay.config.host, port).start()
    return runner.cleanup
