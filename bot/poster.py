"""Sends the outbox: claims due rows, calls Slack, settles what it answered."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import calls
from bot.pace import Pace
from bot.refusals import Means, error_of, meaning
from ingest.aside import aside
from services import outbox
from services.outbox import NEW, PACED, Busy, Call
from services.ports import Lab

log = logging.getLogger(__name__)

# Shorter than a lease (services/outbox): nobody else may take a row while its call is open.
PATIENCE_S = 30.0
_UNSAID_S = 300.0  # how long a kind of call rests after Slack said that its scope is missing
_NO_ANSWER = (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError, ValueError)


class Poster:
    """One worker; several processes may run one each (claims keep them apart).

    patience_s: how long one call may take before its answer counts as lost.
    """

    def __init__(
        self, lab: Lab, client: AsyncWebClient, *, patience_s: float = PATIENCE_S
    ) -> None:
        self.patience_s = patience_s
        self._lab = lab
        self._client = client
        self._pace = Pace(lab.clock)
        self._name = uuid.uuid4().hex[:12]
        self._flying: dict[asyncio.Task[None], Call] = {}
        self._woken = asyncio.Event()
        self._claiming = asyncio.Lock()

    @property
    def in_flight(self) -> int:
        """Calls that were made and not answered yet."""
        return len(self._flying)

    @property
    def is_shut_out(self) -> bool:
        """True while Slack refuses the app itself; one call now and then tries the door."""
        return self._pace.is_barred

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; the database or Slack being away only slows it down."""
        try:
            while True:
                try:
                    sent = await self.drain()
                except Exception:
                    log.exception("the outbox could not be read")
                    sent = 0
                if not sent:
                    await self._pause(0.25)
        finally:
            for task in self._flying:
                task.cancel()  # the row's lease makes the next start look for what came of it

    async def finish(self) -> None:
        """Send until nothing has been due for two seconds, longer than a channel is paced."""
        idle = 0
        while idle < 8:
            idle = 0 if await self.drain() else idle + 1
            await self.answered()
            await self._pause(0.25)

    async def _pause(self, seconds: float) -> None:
        self._woken.clear()
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def drain(self) -> int:
        """Begin to send what is due now; how many calls were begun. None waits for another."""
        async with self._claiming:  # two at once would not know of each other's channels
            return await self._drain()

    async def _drain(self) -> int:
        limit = self._pace.room(len(self._flying))
        if limit < 1:
            return 0
        flying = self._flying.values()
        theirs = {call.channel for call in flying if call.kind in PACED}  # keeps their order
        busy = Busy(
            self._pace.busy_channels() | theirs,
            frozenset(call.id for call in flying),
            self._pace.rooms(),
        )
        claimed = await aside(
            self._lab, lambda: outbox.claim(self._lab, self._name, busy, limit=limit)
        )
        for call in claimed:
            task = asyncio.ensure_future(self._make(call))
            self._flying[task] = call
            task.add_done_callback(self._landed)
        await asyncio.sleep(0)  # so that each has said to the pace that it is made
        return len(claimed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self.wake()

    async def answered(self) -> None:
        """Wait for every call that is open."""
        if self._flying:
            await asyncio.wait(list(self._flying))

    async def _make(self, call: Call) -> None:
        try:
            async with asyncio.timeout(self.patience_s):
                done = await self._found(call) or await self._call(call)
            await self._settle(outbox.settle_sent, call, **done)
            self._pace.admit()
        except SlackApiError as refused:
            await self._refused(call, refused)
        except _NO_ANSWER as lost:
            log.warning("no answer for outbox row %s: %s", call.id, type(lost).__name__)
            await self._settle(outbox.settle_unknown, call, type(lost).__name__)
        except Exception:
            log.exception("outbox row %s failed", call.id)
            await self._settle(outbox.settle_unknown, call, "unexpected")

    async def _found(self, call: Call) -> dict[str, str] | None:
        """Where an earlier attempt put the post, None when nowhere.

        Raises ConnectionError while Slack cannot say: sending again now could say it twice.
        """
        if not call.uncertain or call.kind not in NEW:
            return None
        try:
            return await calls.find_posted(self._client, call)
        except SlackApiError as refused:
            means = meaning(refused, call)
            if means is Means.APP:
                raise
            if means in (Means.UNREADABLE, Means.PACED, Means.PASSING):
                raise ConnectionError("the history cannot be read now") from refused
            # Not in it: sending is refused for the same reason, or it is a public channel whose
            # history is closed to the app, where saying it twice is better than never.
            return None

    async def _call(self, call: Call) -> dict[str, str]:
        self._pace.sent(call.kind, call.channel if call.kind in PACED else "")
        return await calls.CALLS[call.kind](self._client, self._lab, call)

    async def _settle(self, how: Callable[..., None], call: Call, *said: str, **more: Any) -> None:
        await aside(self._lab, lambda: how(self._lab, call, *said, **more))

    async def _refused(self, call: Call, refused: SlackApiError) -> None:
        error, means = error_of(refused), meaning(refused, call)
        log.warning("outbox row %s: Slack answered %s", call.id, error)
        if means is Means.APP:
            await self._shut_out(call, error)
            return
        self._pace.admit()
        if means is Means.PACED:
            seconds = float(refused.response.headers.get("Retry-After", 1))
            self._pace.hold(call.kind, call.channel, seconds)
            await self._settle(outbox.settle_failed, call, error, retry_after=seconds)
        elif means is Means.SCOPE:
            self._pace.rest(call.kind, _UNSAID_S)
            await self._settle(outbox.settle_barred, call, error, seconds=_UNSAID_S)
        else:
            await self._answered(call, means, error)

    async def _answered(self, call: Call, means: Means, error: str) -> None:
        """What the refusal says of this row alone."""
        if means is Means.DONE:
            await self._settle(outbox.settle_sent, call)
        elif means is Means.BLOCKS:
            await self._settle(outbox.strip_blocks, call)
        elif means is Means.FINAL:
            await self._settle(outbox.settle_dead, call, error)
        elif means is Means.PLACE and not call.uncertain:
            await self._settle(outbox.settle_held, call, error)
        elif call.kind in NEW or means is Means.UNREADABLE:  # it may stand there: look first
            await self._settle(outbox.settle_unknown, call, error)
        else:
            await self._settle(outbox.settle_failed, call, error)

    async def _shut_out(self, call: Call, error: str) -> None:
        """Slack refuses the app: all that is to be said waits, and one call now and then tries."""
        seconds = self._pace.bar()
        log.error("Slack refuses the app (%s); the next try is in %.0f s", error, seconds)
        if call.uncertain:
            await self._settle(outbox.settle_unknown, call, error)
        else:
            await self._settle(outbox.settle_barred, call, error, seconds=seconds)
