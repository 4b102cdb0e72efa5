"""Who wants to know that something changed: pages over a WebSocket, tests in the process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from sandbox.shapes import Json

KEPT_NEWS = 1000
Visible = Callable[[str | None, "News"], bool]


@dataclass(frozen=True)
class News:
    """One change: what kind, in which channel, for whom alone (None = everybody)."""

    seq: int
    what: str
    channel: str | None = None
    only_for: str | None = None

    def as_json(self) -> Json:
        """The frame a page gets."""
        frame: Json = {"type": "changed", "seq": self.seq, "what": self.what}
        return frame | ({"channel": self.channel} if self.channel else {})


class Changes:
    """Counts changes and tells everyone who listens."""

    def __init__(self) -> None:
        self.seq = 0
        self._queues: set[asyncio.Queue[News | None]] = set()
        self._pages: list[str] = []
        self._pulse = asyncio.Event()

    def note(self, what: str, channel: str | None = None, only_for: str | None = None) -> None:
        """Something changed."""
        self.seq += 1
        news = News(self.seq, what, channel, only_for)
        for queue in self._queues:
            if not queue.full():
                queue.put_nowait(news)
        pulse, self._pulse = self._pulse, asyncio.Event()
        pulse.set()

    async def next(self) -> None:
        """Wait for the next change."""
        await self._pulse.wait()

    @property
    def watching(self) -> set[str]:
        """The people somebody looks at a page as."""
        return set(self._pages)

    def close(self) -> None:
        """Tell every page that this was all."""
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    async def serve(
        self, request: web.Request, *, user_id: str | None, visible: Visible
    ) -> web.WebSocketResponse:
        """Push changes that person may see until the page goes away."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        queue: asyncio.Queue[News | None] = asyncio.Queue(KEPT_NEWS)
        self._queues.add(queue)
        self._pages.append(user_id or "")
        sender = asyncio.create_task(_push(socket, queue, user_id=user_id, visible=visible))
        try:
            async for message in socket:
                if message.type == WSMsgType.ERROR:
                    break
        finally:
            self._queues.discard(queue)
            self._pages.remove(user_id or "")
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)
        return socket


async def _push(
    socket: web.WebSocketResponse,
    queue: asyncio.Queue[News | None],
    *,
    user_id: str | None,
    visible: Visible,
) -> None:
    while (news := await queue.get()) is not None:
        if visible(user_id, news):
            await socket.send_str(json.dumps(news.as_json()))
    await socket.close()
