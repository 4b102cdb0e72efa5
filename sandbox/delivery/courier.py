"""Getting payloads to the bot: one try for people's actions, up to four for events."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from sandbox.clock import SandboxClock
from sandbox.inspector import Inspector
from sandbox.shapes import ControlError, Json

RETRY_AFTER_S = (0.0, 60.0, 300.0)
KEPT_PARCELS = 300
T = TypeVar("T")
OPERATION_TIMEOUT = "operation_timeout"
DISPATCH_FAILED = "dispatch_failed"


@dataclass(frozen=True)
class Parcel:
    """One payload on its way. ``kind`` is the Socket Mode envelope type."""

    kind: str
    payload: Json
    attempt: int = 0
    reason: str = ""
    id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def name(self) -> str:
        """What the inspector calls it."""
        event = self.payload.get("event")
        if self.kind == "events_api" and isinstance(event, dict):
            return "/".join(filter(None, (event.get("type"), event.get("subtype"))))
        return str(self.payload.get("command") or self.payload.get("type") or self.kind)


@dataclass(frozen=True)
class Delivered:
    """How a delivery ended. ``answer`` is the ack's payload, ``reason`` Slack's retry reason."""

    ok: bool = True
    error: str | None = None
    ms: float = 0.0
    answer: Any = None
    reason: str = ""
    retry: bool = True
    sent: int = 1

    def as_json(self) -> Json:
        """The ``delivery`` object of the control API."""
        return {"ok": self.ok, "error": self.error, "ms": round(self.ms, 2), "sent": self.sent}


NOTHING_SENT = Delivered(sent=0)


class Transport(Protocol):
    """Socket Mode or signed HTTP."""

    name: str

    @property
    def connected(self) -> bool:
        """Whether somebody would hear a payload now."""

    async def ready(self) -> None:
        """Wait until somebody would."""

    async def send(self, parcel: Parcel) -> Delivered:
        """One try; never raises for what the bot does wrong."""


class Courier:
    """Sends parcels, repeats un-acked events on Slack's schedule, remembers what it sent."""

    def __init__(self, transport: Transport, clock: SandboxClock, inspector: Inspector) -> None:
        self.transport = transport
        self.clock = clock
        self.inspector = inspector
        self.sent: deque[Parcel] = deque(maxlen=KEPT_PARCELS)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._resting: set[asyncio.Task[Any]] = set()
        self._pulse = asyncio.Event()

    async def once(self, parcel: Parcel) -> Delivered:
        """One delivery, as for commands and clicks: Slack does not repeat those."""
        self.sent.append(parcel)
        if not self.transport.connected:
            self.inspector.add("frame_out", parcel.name, ok=False, error=DISPATCH_FAILED)
            return Delivered(ok=False, error=DISPATCH_FAILED, reason="connection_failed")
        return await self.transport.send(parcel)

    def event(self, payload: Json) -> asyncio.Task[Delivered]:
        """Send an event; the task ends with the first try, repeats go on by themselves."""
        return self.start(self._first_try(Parcel("events_api", payload)))

    async def again(self, envelope: str) -> Delivered:
        """The same payload once more in a new envelope: ``last`` or an envelope's id."""
        found = [p for p in self.sent if envelope in ("last", p.id)]
        if not found:
            raise ControlError(f"No payload {envelope!r} was delivered lately.", 404)
        return await self.once(replace(found[-1], id=str(uuid4())))

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run ``work`` beside everything else; settled() waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def settled(self) -> None:
        """Wait until nothing is on its way (later repeats excepted)."""
        while self._tasks - self._resting:
            self._pulse.clear()
            await self._pulse.wait()

    def forget(self) -> None:
        """Give up the repeats that still wait for their time or for a connection."""
        for task in list(self._resting):
            task.cancel()
        self.sent.clear()

    async def close(self) -> None:
        """Give up everything still on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._pulse.set()
        if not task.cancelled() and (error := task.exception()):
            self.inspector.add("fault", "sandbox_error", ok=False, error=repr(error))

    async def _first_try(self, parcel: Parcel) -> Delivered:
        outcome = await self.once(parcel)
        if not outcome.ok and outcome.retry:
            self.start(self._repeat(parcel, outcome.reason))
        return outcome

    async def _repeat(self, parcel: Parcel, reason: str) -> None:
        """At once, a minute and five minutes later (sandbox time); waits out a lost link."""
        for attempt, after_s in enumerate(RETRY_AFTER_S, start=1):
            await self._rest(self.clock.until(self.clock.time() + after_s))
            await self._rest(self.transport.ready())
            fresh = replace(parcel, attempt=attempt, reason=reason, id=str(uuid4()))
            outcome = await self.once(fresh)
            if outcome.ok or not outcome.retry:
                return
            reason = outcome.reason

    async def _rest(self, waiting: Coroutine[Any, Any, None]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._resting.add(task)
        self._pulse.set()
        try:
            await waiting
        finally:
            self._resting.discard(task)
