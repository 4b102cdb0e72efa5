"""The Slack end of Socket Mode: tickets, hello, envelopes, acks, disconnects."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import WSMsgType, web

from sandbox.delivery.courier import DISPATCH_FAILED, OPERATION_TIMEOUT, Delivered, Parcel
from sandbox.inspector import Inspector
from sandbox.shapes import ControlError, Json

TICKET_S = 30.0
MAX_CONNECTIONS = 10
ANSWERED = frozenset({"slash_commands", "interactive"})
REASONS = ("refresh_requested", "warning", "link_disabled", "drop")
HOST = "applink-sandbox"


@dataclass(eq=False)
class Connection:
    """One WebSocket of the bot; ``leaving`` once it was asked to go."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False


@dataclass
class Waiting:
    """An envelope that waits for its ack."""

    parcel: Parcel
    future: asyncio.Future[Json]
    sent_s: float


class SocketMode:
    """Hands each payload to exactly one open connection and waits for the ack."""

    name = "socket"

    def __init__(self, inspector: Inspector, *, app_id: str, ack_s: float) -> None:
        self.inspector = inspector
        self.app_id = app_id
        self.ack_s = ack_s
        self.enabled = True
        self.connections: list[Connection] = []
        self.listeners: list[Callable[[], None]] = []
        self._tickets: dict[str, float] = {}
        self._waiting: dict[str, Waiting] = {}
        self._late: dict[str, Waiting] = {}
        self._open = asyncio.Event()
        self._count = 0

    @property
    def connected(self) -> bool:
        """Whether a connection is open."""
        return bool(self.connections)

    async def ready(self) -> None:
        """Wait for a connection."""
        await self._open.wait()

    def ticket(self) -> str:
        """A single-use ticket for one WebSocket, good for half a minute."""
        fresh = secrets.token_urlsafe(16)
        self._tickets[fresh] = time.monotonic()
        return fresh

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One WebSocket from hello to its end."""
        issued_s = self._tickets.pop(request.query.get("ticket", ""), None)
        if issued_s is None or time.monotonic() - issued_s > TICKET_S:
            raise web.HTTPForbidden(text="This ticket was used already or is too old.")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._count += 1
        connection = Connection(self._count, socket, request)
        if len(self.connections) >= MAX_CONNECTIONS:
            await self._say(connection, _disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self.connections.append(connection)
        await self._say(connection, self._hello())
        self._open.set()
        self._linked("hello", connection)
        try:
            await self._listen(connection)
        finally:
            self._leave(connection)
        return socket

    async def send(self, parcel: Parcel) -> Delivered:
        """One envelope to one connection; waits for the ack up to 3 s of real time."""
        connection = self._next_connection()
        if connection is None:
            return Delivered(ok=False, error=DISPATCH_FAILED, reason="connection_failed")
        waiting = Waiting(parcel, asyncio.get_running_loop().create_future(), time.monotonic())
        self._waiting[parcel.id] = waiting
        self._note("frame_out", parcel, connection.number)
        try:
            await self._say(connection, _envelope(parcel))
            frame = await asyncio.wait_for(waiting.future, self.ack_s)
        except (TimeoutError, ConnectionError):
            return self._unanswered(parcel, waiting)
        finally:
            self._waiting.pop(parcel.id, None)
        ms = (time.monotonic() - waiting.sent_s) * 1000
        return Delivered(ms=ms, answer=frame.get("payload"))

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go (or cut it without a word for ``drop``)."""
        if reason not in REASONS:
            raise ControlError(f"A reason is one of {', '.join(REASONS)}.")
        if reason == "link_disabled":
            self.enabled = False
        for connection in list(self.connections):
            if reason == "drop":
                _cut(connection.request)
                self._leave(connection)
                continue
            connection.leaving = reason != "warning"
            self.inspector.add("frame_out", f"disconnect/{reason}")
            await self._say(connection, _disconnect(reason))
            if reason == "link_disabled":
                self._leave(connection)
                await connection.socket.close()

    async def close(self) -> None:
        """End all connections."""
        for connection in list(self.connections):
            await connection.socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": HOST,
                "started": datetime.fromtimestamp(self.inspector.time_s(), UTC).isoformat(),
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.app_id},
        }

    def _next_connection(self) -> Connection | None:
        """Each payload goes to one connection, in turn; those asked to leave come last."""
        if not self.connections:
            return None
        staying = [c for c in self.connections if not c.leaving]
        chosen = (staying or self.connections)[0]
        self.connections.remove(chosen)
        self.connections.append(chosen)
        return chosen

    def _leave(self, connection: Connection) -> None:
        if connection not in self.connections:
            return
        self.connections.remove(connection)
        if not self.connections:
            self._open.clear()
        self._linked("goodbye", connection)

    def _linked(self, what: str, connection: Connection) -> None:
        detail = {"connection": connection.number, "open": len(self.connections)}
        self.inspector.add("link", what, detail=detail)
        for listener in self.listeners:
            listener()

    async def _say(self, connection: Connection, frame: Json) -> None:
        await connection.socket.send_str(json.dumps(frame))

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type != WSMsgType.TEXT:
                continue
            try:
                frame = json.loads(message.data)
            except ValueError:
                self.inspector.violation("bad_frame", connection=connection.number)
                continue
            self._acked(frame, connection.number)

    def _acked(self, frame: Json, number: int) -> None:
        """An ack may come over another connection than the envelope went out on."""
        envelope_id = str(frame.get("envelope_id"))
        waiting = self._waiting.get(envelope_id)
        late = self._late.pop(envelope_id, None)
        known = waiting or late
        name = known.parcel.name if known else "unknown"
        ms = (time.monotonic() - known.sent_s) * 1000 if known else None
        detail = {"envelope_id": envelope_id, "connection": number}
        if "payload" in frame:
            detail["payload"] = frame["payload"]
        error = None if waiting else "late_ack" if late else "unknown_envelope"
        self.inspector.add("frame_in", name, ok=not error, error=error, ms=ms, detail=detail)
        if late:
            self.inspector.violation("late_ack", payload=name, ms=ms)
        if waiting and not waiting.future.done():
            waiting.future.set_result(frame)

    def _unanswered(self, parcel: Parcel, waiting: Waiting) -> Delivered:
        self._late[parcel.id] = waiting
        ms = (time.monotonic() - waiting.sent_s) * 1000
        if self.connections:
            self.inspector.violation("no_ack", payload=parcel.name, envelope_id=parcel.id)
        return Delivered(ok=False, error=OPERATION_TIMEOUT, ms=ms, reason="timeout")

    def _note(self, kind: str, parcel: Parcel, number: int) -> None:
        detail = {"envelope_id": parcel.id, "connection": number, "attempt": parcel.attempt}
        self.inspector.add(kind, parcel.name, detail=detail | {"payload": parcel.payload})


def _envelope(parcel: Parcel) -> Json:
    frame: Json = {
        "envelope_id": parcel.id,
        "type": parcel.kind,
        "accepts_response_payload": parcel.kind in ANSWERED,
        "payload": parcel.payload,
    }
    if parcel.kind == "events_api":
        frame |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return frame


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
