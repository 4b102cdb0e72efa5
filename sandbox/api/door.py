"""The Web API's front door: token, method, faults, scopes, speed; then the method itself."""

from __future__ import annotations

import asyncio
import time
from email.utils import format_datetime

from aiohttp import web

from sandbox.api import assistant, chat, conversations, files, people, reactions, unfurl, views
from sandbox.api.args import Args, read_args
from sandbox.api.method import Method, need_scope
from sandbox.faults import Fault
from sandbox.office import APP_TOKEN, BOT_TOKEN, Office
from sandbox.shapes import Json, SlackError

METHODS: dict[str, Method] = {
    **assistant.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **reactions.METHODS,
    **unfurl.METHODS,
    **views.METHODS,
}
_ALWAYS = {"token", "_token", "team_id"}  # Bolt sends the workspace along with every call
TOKENS = {BOT_TOKEN: "bot", APP_TOKEN: "app"}


async def serve_api(office: Office, request: web.Request) -> web.StreamResponse:
    """One Web API call from request to answer."""
    name = request.match_info["method"]
    started_s = time.monotonic()
    fault = office.faults.take(name)
    if fault is not None:
        office.inspector.add("fault", name, detail={"kind": fault.kind})
        if (answer := await stand_in(fault, request)) is not None:
            return answer
    args = Args({})
    try:
        args = await read_args(request)
        body = {"ok": True, **_run(office, name, args, _token(request, args))}
    except SlackError as refusal:
        body = _refusal(office, name, refusal)
    ms = (time.monotonic() - started_s) * 1000
    detail = {"args": {k: v for k, v in args.values.items() if k not in ("token", "_token")}}
    detail["answer"] = body
    error = body.get("error")
    office.inspector.add("api", name, ok=body["ok"], error=error, ms=ms, detail=detail)
    if fault is not None and (after := await instead(office, fault, request)) is not None:
        return after
    return _respond(office, body)


async def instead(office: Office, fault: Fault, request: web.Request) -> web.Response | None:
    """What the caller hears of a call that was taken; None when it is told the truth (late)."""
    if fault.kind == "lost_answer":
        return cut(request)
    if fault.kind == "hang":
        await office.faults.hang()
    if fault.kind == "500_after":
        return web.json_response({"ok": False, "error": "internal_error"}, status=500)
    if fault.kind in ("internal_error_after", "fatal_error_after"):
        error = fault.kind.removesuffix("_after")
        return web.json_response({"ok": False, "error": error})
    return None


async def stand_in(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """What a faulty Slack answers instead; None when the call goes on (late, or unheard)."""
    if fault.kind == "429":
        headers = {"Retry-After": str(fault.retry_after)}
        refusal = {"ok": False, "error": "ratelimited"}
        return web.json_response(refusal, status=429, headers=headers)
    if fault.kind == "500":
        return web.json_response({"ok": False, "error": "internal_error"}, status=500)
    if fault.kind == "malformed":
        return web.Response(text='{"ok": tr<html>', content_type="application/json")
    if fault.kind == "reset":
        return cut(request)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    return None


def cut(request: web.Request) -> web.Response:
    """Drop the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _token(request: web.Request, args: Args) -> str:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else args.text("token")


def _run(office: Office, name: str, args: Args, token: str) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", violation="unknown_method", req_method=name)
    _check_token(office, method, token)
    args.values["_token"] = token
    if method.scope is not None:
        need_scope(office, method.scope)
    _slow_down(office, name, method)
    if method.takes is not None and (strange := set(args.values) - method.takes - _ALWAYS):
        office.refused("unknown_argument", method=name, arguments=sorted(strange))
    return method.run(office, args)


def _slow_down(office: Office, name: str, method: Method) -> None:
    if not office.strict or method.per_minute is None:
        return
    if wait_s := office.limits.window(name, method.per_minute):
        raise SlackError("ratelimited", violation="ratelimited", retry_after=wait_s)


def _check_token(office: Office, method: Method, token: str) -> None:
    if method.caller == "none":
        return
    if not token:
        raise SlackError("not_authed", violation="not_authed")
    kind = TOKENS.get(token)
    if kind is None:
        raise SlackError("invalid_auth")
    if kind == "bot" and office.shut_out:
        raise SlackError(office.shut_out)
    if method.caller not in (kind, "any"):
        error = "not_allowed_token_type"
        raise SlackError(error, violation=error)


def _refusal(office: Office, name: str, refusal: SlackError) -> Json:
    if refusal.violation:
        facts = {k: v for k, v in refusal.answer.items() if k != "provided"}
        office.refused(refusal.violation, method=name, error=refusal.error, facts=facts)
    return {"ok": False, "error": refusal.error, **refusal.answer}


def _respond(office: Office, body: Json) -> web.Response:
    headers = {
        "X-OAuth-Scopes": ",".join(sorted(office.manifest.scopes)),
        "Date": format_datetime(office.clock.now(), usegmt=True),
        "X-Slack-Req-Id": f"sandbox-{office.inspector.seq}",
    }
    wait_s = body.pop("retry_after", None) if body.get("error") == "ratelimited" else None
    if wait_s is None:
        return web.json_response(body, headers=headers)
    headers["Retry-After"] = str(wait_s)
    return web.json_response(body, status=429, headers=headers)
