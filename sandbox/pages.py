"""The page people use, served from the files beside this module."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent / "page"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self' ws:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
}


def page_routes() -> list[web.RouteDef]:
    """The start page and its modules."""
    return [web.get("/", _index), web.get("/page/{path:.+}", _asset)]


async def _index(_: web.Request) -> web.StreamResponse:
    return _file("index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    return _file(request.match_info["path"])


def _file(name: str) -> web.StreamResponse:
    found = (PAGE / name).resolve()
    if not found.is_relative_to(PAGE) or not found.is_file():
        raise web.HTTPNotFound(text="The sandbox has no such page.")
    return web.FileResponse(found, headers=HEADERS)
