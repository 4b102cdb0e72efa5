"""The HTTP door for programs: bearer token or Standard-Webhooks signature, one answer a push."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy.exc import OperationalError

from core.errors import NotFound, UserError
from core.workspace.token import Pusher
from ingest.api.door import answered, not_that_way, require
from ingest.api.routes import READS, Read
from ingest.aside import aside
from ingest.body import (
    Room,
    bearer_of,
    encoding_of,
    is_signed,
    may_be_signed,
    raw_of,
    unpacked,
)
from ingest.entries import DECISIONS, DEPLOYMENTS, ENTRIES, READINGS
from ingest.given import Entry, Given, Reading
from ingest.openapi import OPENAPI
from ingest.problem import Misread, Problem, of_fault, of_refusal, response
from services import idempotency
from services.idempotency import Sent
from services.ports import Lab
from services.workspace import token

log = logging.getLogger(__name__)

AT_ONCE = 4  # documents being read: what one costs in memory is bounded, so is their sum
STRANGERS_BYTES = 32 * 1024 * 1024  # bodies whose signature is not known to fit yet, together
KNOWN_BYTES = 64 * 1024 * 1024  # bodies of those who may push, together
_LOOKS = ("GET", "HEAD")
_UNSIGNED = "The signature does not fit, or is too old."
_UNKNOWN = "This token is unknown or revoked; ask an admin for one (`/exp token new LABEL`)."
_AWAY = "The database is busy; nothing was recorded. Push again in a few seconds."


@dataclass
class Door:
    """What the routes need. workspace: in which signed pushes go. keys: signing keys, may be none.

    wake: called when something may have been written to the outbox.
    """

    lab: Lab
    workspace: str
    keys: Sequence[bytes]
    wake: Callable[[], None]

    def __post_init__(self) -> None:
        """Nothing is being read yet."""
        self._seats = asyncio.Semaphore(AT_ONCE)
        self._strangers, self._known = Room(STRANGERS_BYTES), Room(KNOWN_BYTES)

    def mount(self, server: web.Application) -> None:
        """Add the routes to a server (run it with auto_decompress=False: bodies are bounded)."""
        ways: dict[str, list[str]] = {}
        takers = (("push", ENTRIES), ("decide", DECISIONS), ("deploy", DEPLOYMENTS))
        for scope, entries in takers:
            for path, entry in entries.items():
                server.router.add_post(path, self._guarded(self._taker(entry, scope)))
                ways.setdefault(path, []).append("POST")
        for path, reading in READINGS.items():
            server.router.add_get(path, self._guarded(self._teller(reading)))
            ways.setdefault(path, []).extend(_LOOKS)
        for path, read in READS.items():
            server.router.add_get(path, self._guarded(self._reader(read)))
            ways.setdefault(path, []).extend(_LOOKS)
        server.router.add_get("/openapi.json", _openapi)
        for path, allowed in ways.items():
            server.router.add_route("*", path, _only(allowed))
        server.router.add_route("*", "/v1/{rest:.*}", _nowhere)

    def _guarded(self, serve: Callable[[web.Request], Awaitable[web.Response]]) -> Any:
        async def guarded(request: web.Request) -> web.Response:
            try:
                return await serve(request)
            except Problem as problem:
                return response(problem)
            except UserError as refusal:
                return response(of_refusal(refusal))
            except OperationalError:
                log.warning("the database is away, a push was not kept")
                return response(Problem(503, "unavailable", _AWAY))
            except ConnectionResetError:
                raise
            except Exception:  # noqa: BLE001 - no exception leaves a route
                return response(of_fault())

        return guarded

    def _taker(self, entry: Entry, scope: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def take(request: web.Request) -> web.Response:
            async with self._admitted(request) as (who, body):
                require(who, scope)
                given = Given(body, dict(request.match_info), dict(request.query))
                work = await self._read(entry, given)
                who = await self._placed(request, who)
                sent = _sent(request, body, who)
                answer, again = await aside(
                    self.lab,
                    lambda: idempotency.once(self.lab, who, sent, lambda lab: work(lab, who)),
                )
            self.wake()
            headers = {"Idempotent-Replay": "true"} if again else {}
            return web.json_response(answer, headers=headers)

        return take

    async def _read(self, entry: Entry, given: Given) -> Any:
        try:
            return await asyncio.to_thread(entry, given)
        except NotFound:
            raise
        except UserError as refusal:
            raise Misread(refusal) from None

    def _teller(self, reading: Reading) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def tell(request: web.Request) -> web.Response:
            async with self._admitted(request) as (who, _body):
                require(who, "read", "push")
                who = await self._placed(request, who)
                found = dict(request.match_info)
                return web.json_response(
                    await aside(self.lab, lambda: reading(self.lab, who, found))
                )

        return tell

    def _reader(self, read: Read) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            async with self._admitted(request) as (who, _body):
                require(who, "read")
                return await answered(request, self.lab, who, read)

        return answer

    async def _placed(self, request: web.Request, who: Pusher) -> Pusher:
        if not who.wide:
            return who
        named, team = request.match_info.get("id", ""), request.query.get("team", "")
        return await aside(
            self.lab, lambda: token.placed(self.lab, who, experiment=named, name=team)
        )

    @asynccontextmanager
    async def _admitted(self, request: web.Request) -> AsyncIterator[tuple[Pusher, bytes]]:
        """Who sent it and the body as sent; what its head tells is looked at before it is read."""
        secret, encoding = bearer_of(request.headers), encoding_of(request.headers)
        if secret:
            who = await aside(self.lab, lambda: token.pusher(self.lab, secret))
            if who is None:
                raise Problem(401, "unauthorized", _UNKNOWN)
            with self._known.held() as take:
                raw = await raw_of(request, take)
                async with self._seats:
                    yield who, await asyncio.to_thread(unpacked, raw, encoding)
            return
        raw = await self._signed(request)
        with self._known.held() as take:
            take(len(raw))
            async with self._seats:
                body = await asyncio.to_thread(unpacked, raw, encoding)
                yield await self._signer(request), body

    async def _signer(self, request: web.Request) -> Pusher:
        named, team = request.match_info.get("id", ""), request.query.get("team", "")
        return await aside(
            self.lab,
            lambda: token.signed(self.lab, self.workspace, experiment=named, name=team),
        )

    async def _signed(self, request: web.Request) -> bytes:
        if not (self.keys and "webhook-signature" in request.headers):
            raise Problem(401, "unauthorized", "Send `Authorization: Bearer` and your token.")
        if not may_be_signed(request.headers, now=self.lab.clock()):
            raise Problem(401, "unauthorized", _UNSIGNED)
        with self._strangers.held() as take:
            raw = await raw_of(request, take)
            if not is_signed(request.headers, raw, self.keys):
                raise Problem(401, "unauthorized", _UNSIGNED)
        return raw


def _sent(request: web.Request, body: bytes, who: Pusher) -> Sent:
    """The push's key, "" without one; of a signed push only what is signed can be the key."""
    print_ = hashlib.sha256(f"{request.path}?{request.query_string}\n".encode() + body).hexdigest()
    name = "Idempotency-Key" if who.token_id else "webhook-id"
    named = request.headers.get(name)
    return Sent(named or "", print_)


async def _openapi(_request: web.Request) -> web.Response:
    return web.json_response(OPENAPI)


def _only(allowed: Sequence[str]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def refuse(_request: web.Request) -> web.Response:
        return not_that_way(allowed)

    return refuse


async def _nowhere(_request: web.Request) -> web.Response:
    return response(Problem(404, "not-found", "There is nothing here; see /openapi.json."))
