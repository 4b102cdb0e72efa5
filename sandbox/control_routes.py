"""The control API over HTTP: thin wrappers around the Sandbox's own methods."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.shapes import ControlError, Json
from sandbox.stream import News

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Act = Callable[..., Awaitable[Json]]
Look = Callable[[web.Request], Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ControlRoutes:
    """Builds the routes of one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def routes(self) -> list[web.RouteDef]:
        """Every /control route."""
        return [
            *(web.post(f"/control/{name}", _posted(act)) for name, act in self._acts().items()),
            *(web.get(f"/control/{name}", _got(look)) for name, look in self._looks().items()),
            web.get("/control/stream", self._stream),
        ]

    def _acts(self) -> dict[str, Act]:
        box = self.sandbox
        return {
            "say": box.say,
            "arrive": box.arrive,
            "upload": box.upload,
            "edit": box.edit,
            "delete": box.delete,
            "react": box.react,
            "command": box.command,
            "click": box.click,
            "submit": box.submit,
            "close": box.close_view,
            "type": box.type_in,
            "home_opened": box.home_opened,
            "shortcut": box.shortcut,
            "suggest": box.suggest,
            "clock": box.move_clock,
            "fault": box.fault,
            "let_go": box.let_go,
            "shut_out": box.shut_out,
            "disconnect": box.disconnect,
            "user": box.user,
            "usergroup": box.usergroup,
            "channel": box.channel,
            "event": box.event,
            "raw": box.raw,
            "redeliver": box.redeliver,
            "strict": box.set_strict,
            "reset": box.reset,
        }

    def _looks(self) -> dict[str, Look]:
        box = self.sandbox
        return {
            "state": lambda r: box.state(r.query.get("as")),
            "messages": self._messages,
            "views": lambda r: {"views": box.views(_who(r))},
            "home": lambda r: {"view": box.home(_who(r))},
            "clock": lambda _: box.clock_state(),
            "inspector": lambda r: box.inspector(int(r.query.get("after") or 0)),
        }

    def _messages(self, request: web.Request) -> Json:
        channel = request.query.get("channel", "")
        thread_ts = request.query.get("thread_ts") or None
        found = self.sandbox.messages(_who(request), channel, thread_ts=thread_ts)
        return {"messages": found}

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        office = self.sandbox.office
        who = request.query.get("as")
        user_id = office.space.person(who).id if who else None
        return await office.changes.serve(request, user_id=user_id, visible=self._visible)

    def _visible(self, user_id: str | None, news: News) -> bool:
        """Nobody hears of what they cannot see."""
        if user_id is None:
            return True
        if news.only_for not in (None, user_id):
            return False
        space = self.sandbox.office.space
        channel = space.channels.get(news.channel or "")
        return channel is None or space.sees(user_id, channel)


def _who(request: web.Request) -> str:
    who = request.query.get("as")
    if not who:
        raise ControlError("Say who is looking: ?as=ana")
    return who


def _got(look: Look) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(look(request))

    return answer


def _posted(act: Act) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else {}
        if not isinstance(body, dict):
            raise ControlError("The body is a JSON object.")
        if "as" in body:
            body["who"] = body.pop("as")
        try:
            inspect.signature(act).bind(**body)
        except TypeError as error:
            raise ControlError(f"{request.path}: {error}.".replace("'who'", "'as'")) from error
        return web.json_response(await act(**body))

    return answer


@web.middleware
async def tell_errors(request: web.Request, handler: Any) -> web.StreamResponse:
    """Control errors as JSON; only this machine's own pages may call (no DNS rebinding)."""
    host = request.host.rpartition(":")[0] or request.host
    if host not in ("127.0.0.1", "localhost"):
        raise web.HTTPForbidden(text="This sandbox answers on 127.0.0.1 only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="Other sites may not drive this sandbox.")
    try:
        answer: web.StreamResponse = await handler(request)
    except ControlError as error:
        return web.json_response({"error": error.message}, status=error.status)
    except ValueError as error:
        if not request.path.startswith("/control/"):
            raise
        return web.json_response({"error": str(error)}, status=400)
    return answer
