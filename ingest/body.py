"""A pushed body behind its limits, and who sent it."""

import asyncio
import base64
import binascii
import hashlib
import hmac
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from aiohttp import web

from ingest.file import MAX_BYTES, MAX_UNPACKED_BYTES
from ingest.problem import Problem

_DIGEST = 32  # bytes of a signature
_FULL = "Too many pushes are being read; nothing was recorded. Push again in a few seconds."
READ_SECONDS = 60
TOLERANCE_SECONDS = 300
_CHUNK = 64 * 1024
_TOO_LARGE = "The body is larger than {} MiB; push the scores without the transcripts."


class Room:
    """How many bytes of bodies may be held at once; more are refused, nobody waits for room."""

    def __init__(self, most: int) -> None:
        self._left = most

    @contextmanager
    def held(self) -> Iterator[Callable[[int], None]]:
        """Take bytes by calling what is given; they are free again at the end."""
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            if size > self._left:
                raise Problem(503, "unavailable", _FULL)
            self._left -= size
            taken += size

        try:
            yield take
        finally:
            self._left += taken


def encoding_of(headers: Mapping[str, str]) -> str:
    """How the body is packed: identity or gzip. Raises Problem for anything else."""
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise Problem(415, "encoding", "The body may be plain or gzip, nothing else.")
    return encoding


def unpacked(raw: bytes, encoding: str) -> bytes:
    """The body, gunzipped when it is gzip; takes its time, so not on the event loop."""
    return raw if encoding == "identity" else _gunzipped(raw)


async def raw_of(request: web.Request, take: Callable[[int], None]) -> bytes:
    """The body as it was sent. Raises Problem for one that is too large or slow, or no room."""
    if (request.content_length or 0) > MAX_BYTES:
        raise _too_large(MAX_BYTES)
    found = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.content.iter_chunked(_CHUNK):
                take(len(chunk))
                found += chunk
                if len(found) > MAX_BYTES:
                    raise _too_large(MAX_BYTES)
    except TimeoutError:
        raise Problem(408, "refused", "The body took longer than a minute; push again.") from None
    return bytes(found)


def _gunzipped(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(raw, MAX_UNPACKED_BYTES + 1)
    except zlib.error:
        raise Problem(422, "unreadable", "The gzip packing is damaged; send it again.") from None
    if len(plain) > MAX_UNPACKED_BYTES:
        raise _too_large(MAX_UNPACKED_BYTES)
    if not unpacker.eof:
        raise Problem(422, "unreadable", "The gzip packing breaks off; send it again.")
    return plain


def _too_large(limit: int) -> Problem:
    return Problem(413, "too-large", _TOO_LARGE.format(limit // 1024 // 1024))


def bearer_of(headers: Mapping[str, str]) -> str:
    """The token in the Authorization header, or ""."""
    kind, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def may_be_signed(headers: Mapping[str, str], *, now: datetime) -> bool:
    """True when there is an id, a timestamp within five minutes and a signature of that shape."""
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not name or not re.fullmatch(r"[0-9]{1,12}", stamp):
        return False
    if abs(now.timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    given = headers.get("webhook-signature", "").split()
    return any(one.startswith("v1,") and len(_decoded(one[3:])) == _DIGEST for one in given)


def is_signed(headers: Mapping[str, str], body: bytes, keys: Sequence[bytes]) -> bool:
    """True when one of the keys signed this body (Standard Webhooks 1.0); see may_be_signed."""
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signed = f"{name}.{stamp}.".encode() + body
    expected = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    given = headers.get("webhook-signature", "").split()
    found = [_decoded(one.removeprefix("v1,")) for one in given if one.startswith("v1,")]
    return any(hmac.compare_digest(one, good) for one in found for good in expected)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
