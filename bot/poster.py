"""Sends the outbox: claims due rows, calls Slack, settles what it answered."""

import asyncio
import logging
import uuid

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import calls
from bot.pace import Pace
from services import outbox
from services.outbox import PACED, Busy, Call
from services.ports import Lab

log = logging.getLogger(__name__)

_TRANSIENT = {
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "ratelimited",
    "team_added_to_org",
}
NEW = ("post", "picture", "upload")  # what must not stand in Slack twice: looked up when uncertain
_NO_ANSWER = (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError, ValueError)


class Poster:
    """One worker; several processes may run one each (claims keep them apart)."""

    def __init__(self, lab: Lab, client: AsyncWebClient) -> None:
        self._lab = lab
        self._client = client
        self._pace = Pace(lab.clock)
        self._name = uuid.uuid4().hex[:12]
        self._flying: set[int] = set()
        self._woken = asyncio.Event()

    @property
    def in_flight(self) -> int:
        """Calls that were made and not answered yet."""
        return len(self._flying)

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; the database or Slack being away only slows it down."""
        while True:
            try:
                sent = await self.drain()
            except Exception:
                log.exception("the outbox could not be read")
                sent = 0
            if not sent:
                await self._pause(0.25)

    async def finish(self) -> None:
        """Send until nothing has been due for two seconds, longer than a channel is paced."""
        idle = 0
        while idle < 8:
            idle = 0 if await self.drain() else idle + 1
            await self._pause(0.25)

    async def _pause(self, seconds: float) -> None:
        self._woken.clear()
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def drain(self) -> int:
        """Send what is due now; how many calls were made."""
        busy = Busy(self._pace.busy_channels(), frozenset(self._flying), self._pace.rooms())
        limit = self._pace.room()
        if limit < 1:
            return 0
        claimed = outbox.claim(self._lab, self._name, busy, limit=limit)
        self._flying |= {call.id for call in claimed}
        try:
            await asyncio.gather(*(self._make(call) for call in claimed))
        finally:
            self._flying -= {call.id for call in claimed}
        return len(claimed)

    async def _make(self, call: Call) -> None:
        try:
            done = await self._found(call) or await self._call(call)
            outbox.settle_sent(self._lab, call, **done)
        except SlackApiError as refused:
            self._refused(call, refused)
        except _NO_ANSWER as lost:
            log.warning("no answer for outbox row %s: %s", call.id, type(lost).__name__)
            outbox.settle_unknown(self._lab, call, type(lost).__name__)
        except Exception:
            log.exception("outbox row %s failed", call.id)
            outbox.settle_unknown(self._lab, call, "unexpected")

    async def _found(self, call: Call) -> dict[str, str] | None:
        """Where an earlier attempt put the post, None when nowhere.

        Raises ConnectionError while Slack cannot say: sending again now could say it twice.
        """
        if not call.uncertain or call.kind not in NEW:
            return None
        try:
            return await calls.find_posted(self._client, call)
        except SlackApiError as refused:
            if _is_passing(refused):
                raise ConnectionError("the history cannot be read now") from refused
            return None  # no such channel, not in it: sending will be refused for the same reason

    async def _call(self, call: Call) -> dict[str, str]:
        self._pace.sent(call.kind, call.channel if call.kind in PACED else "")
        return await calls.CALLS[call.kind](self._client, self._lab, call)

    def _refused(self, call: Call, refused: SlackApiError) -> None:
        response = refused.response
        if not isinstance(response, AsyncSlackResponse):
            # No JSON: a proxy spoke, or Slack broke down half-way. It may have been taken.
            outbox.settle_unknown(self._lab, call, "unreadable answer")
            return
        error = str(response.get("error"))
        log.warning("outbox row %s: Slack answered %s", call.id, error)
        if response.status_code == 429 or error == "ratelimited":
            seconds = float(response.headers.get("Retry-After", 1))
            self._pace.hold(call.kind, call.channel, seconds)
            outbox.settle_failed(self._lab, call, error, retry_after=seconds)
        elif error in {"already_reacted", "message_not_found"} and call.kind not in NEW:
            outbox.settle_sent(self._lab, call)
        elif error in {"invalid_blocks", "msg_blocks_too_long"} and call.payload.get("blocks"):
            outbox.strip_blocks(self._lab, call)
        elif _is_passing(refused):
            outbox.settle_failed(self._lab, call, error)
        else:
            outbox.settle_dead(self._lab, call, error)


def _is_passing(refused: SlackApiError) -> bool:
    """True when the same call may well be taken later."""
    response = refused.response
    if not isinstance(response, AsyncSlackResponse):
        return True
    return response.status_code >= 500 or str(response.get("error")) in _TRANSIENT
