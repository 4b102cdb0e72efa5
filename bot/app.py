"""Bolt at the edge: every payload becomes an Ask, is answered by handlers/edge, and acked.

The only network call before an ack is views.open (its trigger lives three seconds). Everything
else the person sees at once is sent after the ack; what must survive a crash is in the outbox.
"""

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError

from bot import show, typed
from bot.config import Config
from handlers import edge, envelope
from handlers.ask import Ask, Reply
from handlers.table import Table
from ingest.aside import aside
from models import db
from services.ports import Lab

log = logging.getLogger(__name__)

_ANYTHING = re.compile(".*", re.DOTALL)
_REMEMBERED = 500  # answered events, for the ten minutes in which Slack may send one again
_SLOW = "Assay's database is slow just now. "
_LATER = f"{_SLOW}What came of this will stand here in a moment."
_AGAIN = f"{_SLOW}Press the button once more in a few seconds: nothing will be done twice."
_UNSURE = (
    "Assay's database stopped answering, so I don't know whether this was recorded. "
    "Please look before you send it again."
)
_BUSY = "Assay's database is busy. Nothing was recorded; please send it again in a few seconds."


class Edge:
    """Where Bolt's listeners meet the handlers.

    wait_s: until the ack must be on its way. patience_s: how long an input may wait for others.
    """

    wait_s = 2.7
    patience_s = db.PATIENCE

    def __init__(self, lab: Lab, table: Table, wake: Callable[[], None]) -> None:
        self._lab = lab
        self._table = table
        self._wake = wake
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[None]] = set()
        self._shown: deque[str] = deque(maxlen=_REMEMBERED)

    async def listen(
        self, body: dict[str, Any], ack: Any, client: AsyncWebClient, context: Mapping[str, Any]
    ) -> Any:
        """Answer one payload; never raises."""
        own = str(context.get("bot_user_id") or "")
        ask = envelope.read(body, now=self._lab.clock(), bot=own)
        if ask is None:
            return await ack()
        work = asyncio.ensure_future(self._answer(ask, body))
        await asyncio.wait({work}, timeout=self.wait_s)
        if not work.done():
            self._after(self._tell_later(ask, work, client))
            if ask.kind == "event":
                return BoltResponse(status=503)  # sent again, it gets the first answer
            slow = Reply(errors={"": _AGAIN}) if ask.kind == "submit" else Reply(text=_LATER)
            return await self._give(ask, slow, body, ack=ack, client=client)
        try:
            reply = work.result()
        except OperationalError as away:
            reply = _away(ask, away)
            if ask.kind == "event":
                return BoltResponse(status=503)  # Slack sends it again
        self._wake()
        return await self._give(ask, reply, body, ack=ack, client=client)

    async def _answer(self, ask: Ask, body: dict[str, Any]) -> Reply:
        """One person's inputs in the order they came; the patience counts from the arrival."""
        until = time.monotonic() + self.patience_s
        lab = replace(self._lab, patience=lambda: until - time.monotonic())
        turn = self._turns.setdefault(ask.user, asyncio.Lock())
        async with turn:
            return await aside(lab, lambda: edge.answer(lab, self._table, ask, body))

    async def _tell_later(
        self, ask: Ask, work: asyncio.Future[Reply], client: AsyncWebClient
    ) -> None:
        try:
            reply = await work
        except OperationalError as away:
            reply = _away(ask, away)
        self._wake()
        if ask.kind in {"command", "action", "shortcut"}:
            await show.late(client, ask, typed.reply(reply, thread=show.in_thread(ask)))

    async def _give(
        self, ask: Ask, reply: Reply, body: dict[str, Any], *, ack: Any, client: AsyncWebClient
    ) -> None:
        reply = typed.reply(reply, thread=show.in_thread(ask))
        trouble = await show.open_form(client, ask, reply) if ask.kind != "submit" else ""
        if trouble:
            reply = Reply(text=trouble)
        if ask.kind == "command":
            await ack(**show.command_answer(reply))
        elif ask.kind == "submit":
            await ack(**show.form_answer(reply, body["view"]))
        elif ask.kind == "suggest":
            await ack(options=list(reply.options))
        else:
            await ack()
        if ask.kind == "event" and reply.text:
            if ask.key in self._shown:  # Slack did not hear our ack; its person has the answer
                return
            self._shown.append(ask.key)
        self._after(show.rest(client, ask, reply))

    def _after(self, work: Any) -> None:
        task = asyncio.ensure_future(_quietly(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settle(self) -> None:
        """Wait for what is still being shown after its ack."""
        while self._running:
            await asyncio.gather(*self._running)


def _away(ask: Ask, away: OperationalError) -> Reply:
    """What to say when the database did not do it, or was lost before it could say so."""
    log.warning("the database is away, input %s not kept", ask.key)
    text = _UNSURE if away.connection_invalidated else _BUSY
    return Reply(text=text, errors={"": text} if ask.kind == "submit" else {})


async def _quietly(work: Any) -> None:
    try:
        await work
    except SlackApiError as refused:
        log.warning("an answer could not be shown: %s", refused.response.get("error"))
    except Exception:
        log.exception("an answer could not be shown")


def build(config: Config, client: AsyncWebClient, door: Edge, me: dict[str, Any]) -> AsyncApp:
    """The Bolt app. me: the answer of auth.test, so that no request has to ask again."""

    async def authorize(team_id: str | None, **_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_token=config.bot_token,
            bot_id=me.get("bot_id"),
            bot_user_id=me.get("user_id"),
        )

    quiet = logging.getLogger("slack_bolt")  # at INFO it logs refused requests' whole bodies
    quiet.setLevel(logging.ERROR)
    app = AsyncApp(
        logger=quiet,
        client=client,
        signing_secret=config.signing_secret or "unused-in-socket-mode",
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=config.mode == "http",
        attaching_conversation_kwargs_enabled=False,
    )
    app.command(_ANYTHING)(door.listen)
    app.action(_ANYTHING)(door.listen)
    app.view(_ANYTHING)(door.listen)
    app.view_closed(_ANYTHING)(door.listen)
    app.shortcut(_ANYTHING)(door.listen)
    app.options(_ANYTHING)(door.listen)
    app.event(_ANYTHING)(door.listen)

    @app.error
    async def unhandled(error: Exception) -> BoltResponse:
        if not isinstance(error, BoltUnhandledRequestError):
            log.error("a listener raised %s", type(error).__name__, exc_info=error)
        return BoltResponse(status=200)

    return app
