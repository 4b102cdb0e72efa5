"""Slack's file host when it does not simply hand out the file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot import upload
from models import db
from models.outbox import find
from sandbox.play import free_port
from services.outbox import Call
from tests.conversation import TEAM
from tests.pushing import EVALS, lab_of
from tests.tickets import experiment, stored

CSV = (EVALS / "long.csv").read_bytes()


@asynccontextmanager
async def _host(**answer: Any) -> AsyncIterator[tuple[AsyncWebClient, list[Any]]]:
    """A file host that answers each like that (with the file, unless told); what it was asked."""
    asked: list[Any] = []

    async def give(request: web.Request) -> web.StreamResponse:
        asked.append(request)
        if request.path.endswith("files.info"):
            there = {"url_private": f"{client.base_url}a.csv"}
            return web.json_response({"ok": True, "file": there})
        return web.Response(**(answer or {"body": CSV, "content_type": "text/csv"}))

    server, port = web.Application(), free_port()
    server.router.add_route("*", "/{rest:.*}", give)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with aiohttp.ClientSession() as session:
        base = f"http://127.0.0.1:{port}/api/"
        client = AsyncWebClient(token="xoxb-1", base_url=base, session=session)
        client.retry_handlers = []
        try:
            yield client, asked
        finally:
            await runner.cleanup()


def _call(client: AsyncWebClient, *, url: str = "", size: int = 9, attempts: int = 0) -> Call:
    one = {"id": "F1", "name": "a.csv", "url": url or f"{client.base_url}a.csv", "size": size}
    wanted = {"number": 42, "role": "", "user": "UANA", "place": "heard:C:1", "files": [one]}
    return Call(1, "file:C:1", "T0LAB", TEAM, "file", "C", wanted, "n", attempts=attempts)


@pytest.fixture
def lab(sqlite_engine):
    stored(sqlite_engine, experiment())
    return lab_of(sqlite_engine)


def _told(lab) -> str:
    with db.transaction(lab.engine) as session:
        row = find(session, "answer:F1")
        return row.payload["text"] if row else ""


async def test_the_token_goes_along_and_the_answer_comes_once(lab):
    async with _host() as (client, asked):
        await upload.fetch(client, lab, _call(client))
        await upload.fetch(client, lab, _call(client))  # a crash between reading and settling
    assert asked[0].headers["Authorization"] == "Bearer xoxb-1"
    assert _told(lab).startswith("EXP-042: read as candidate")


async def test_a_file_without_an_address_is_asked_for_first(lab):
    async with _host() as (client, asked):
        call = _call(client)
        call.payload["files"][0]["url"] = ""
        await upload.fetch(client, lab, call)
    assert [one.path for one in asked] == ["/api/files.info", "/api/a.csv"]
    assert _told(lab).startswith("EXP-042: read as candidate")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"text": "<html>Sign in", "content_type": "text/html"}, "does not hand me a.csv"),
        ({"status": 403}, "(403)"),
        ({"status": 302, "headers": {"Location": "https://evil.example/"}}, "(302)"),
        ({"body": b"x" * 10_600_000, "content_type": "text/csv"}, "more than 10 MiB"),
    ],
)
async def test_what_the_host_refuses_is_told(lab, answer, said):
    async with _host(**answer) as (client, _asked):
        await upload.fetch(client, lab, _call(client))
    assert said in _told(lab)


async def test_a_host_that_is_away_is_asked_again_and_given_up_in_the_end(lab):
    async with _host(status=503) as (client, _asked):
        with pytest.raises(aiohttp.ClientError):
            await upload.fetch(client, lab, _call(client))
        assert _told(lab) == ""
        await upload.fetch(client, lab, _call(client, attempts=upload.ATTEMPTS))
    assert "could not be fetched from Slack" in _told(lab)


async def test_no_other_host_is_asked_and_nothing_large_is_begun(lab):
    async with _host() as (client, asked):
        await upload.fetch(client, lab, _call(client, url="http://127.0.0.1:9/a.csv"))
        assert "is not kept by Slack" in _told(lab)
        assert asked == []


async def test_a_file_announced_as_too_large_is_not_begun(lab):
    async with _host() as (client, asked):
        await upload.fetch(client, lab, _call(client, size=10_600_000))
        assert "more than 10 MiB" in _told(lab)
        assert asked == []
