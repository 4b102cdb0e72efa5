"""Fetching the files people dropped, and reading them as CI's are read."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from core.errors import Refused, UserError
from core.evals.push import Push
from ingest.aside import aside
from ingest.convert import as_push, check_experiment, role_of
from ingest.evals import read_eval
from ingest.file import MAX_BYTES, File
from services.evals import upload
from services.evals.upload import Wanted
from services.outbox import Call
from services.ports import Lab

ATTEMPTS = 8  # Slack's file host is asked so often before people are told
_CHUNK = 64 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=15)  # other messages wait for us


async def fetch(client: AsyncWebClient, lab: Lab, call: Call) -> dict[str, str]:
    """Fetch, read and push the files of one message; the thread is told what came of it.

    Raises aiohttp.ClientError while the file host is away: the poster tries again.
    """
    wanted = Wanted(**call.payload)
    try:
        files = [await _content(client, one, call) for one in wanted.files]
        side = await asyncio.to_thread(_read, wanted, files)
    except UserError as refusal:
        sentence = refusal.sentence
        await aside(lab, lambda: upload.refuse(lab, call.team_id, wanted, sentence))
    else:
        await aside(lab, lambda: upload.take(lab, call.team_id, wanted, side))
    return {}


def _read(wanted: Wanted, files: list[File]) -> Push:
    document = read_eval(files)
    check_experiment(document, wanted.number)
    role = role_of(wanted.role or document.role or "candidate", document)
    return as_push(document, role, by=wanted.user)


async def _content(client: AsyncWebClient, one: Mapping[str, Any], call: Call) -> File:
    name = File(str(one["name"]), b"").label
    url = str(one["url"]) or await _url(client, str(one["id"]), name)
    if not _is_slacks(url, client.base_url):
        raise Refused(f"{name} is not kept by Slack.", "Upload the file itself.")
    if int(one["size"]) > MAX_BYTES:
        raise _too_large(name)
    try:
        return File(str(one["name"]), await _download(client, url, name))
    except (aiohttp.ClientError, TimeoutError):
        if call.attempts < ATTEMPTS:
            raise
        raise Refused(f"{name} could not be fetched from Slack.", "Drop it again later.") from None


async def _url(client: AsyncWebClient, file_id: str, name: str) -> str:
    try:
        found = (await client.files_info(file=file_id))["file"]
    except SlackApiError as refused:
        error = refused.response.get("error")
        raise Refused(f"Slack does not hand me {name} ({error}).", "Drop it here again.") from None
    return str(found.get("url_private") or "")


async def _download(client: AsyncWebClient, url: str, name: str) -> bytes:
    assert client.session is not None
    headers = {"Authorization": f"Bearer {client.token}"}
    options: dict[str, Any] = {"headers": headers, "timeout": _TIMEOUT, "allow_redirects": False}
    async with client.session.get(url, **options) as answer:
        if answer.status >= 500 or answer.status == 429:
            answer.raise_for_status()
        if answer.status != 200 or _is_login_page(answer, name):
            todo = "An admin can check the scope files:read with `assay doctor`."
            raise Refused(f"Slack does not hand me {name} ({answer.status}).", todo)
        found = bytearray()
        async for chunk in answer.content.iter_chunked(_CHUNK):
            found += chunk
            if len(found) > MAX_BYTES:
                raise _too_large(name)
    return bytes(found)


def _is_login_page(answer: aiohttp.ClientResponse, name: str) -> bool:
    """Without the scope, Slack answers 200 with its sign-in page."""
    return answer.content_type == "text/html" and not name.endswith((".html", ".htm"))


def _is_slacks(url: str, api_url: str) -> bool:
    """The bot's token goes to Slack only, never to a host that a shared link names."""
    there, api = urlsplit(url), urlsplit(api_url)
    if (there.scheme, there.netloc) == (api.scheme, api.netloc):
        return True
    return there.scheme == "https" and (there.hostname or "").endswith(".slack.com")


def _too_large(name: str) -> Refused:
    limit = MAX_BYTES // 1024 // 1024
    return Refused(
        f"{name} has more than {limit} MiB.",
        "Push it from CI: `assay eval push` sends scores only.",
    )
