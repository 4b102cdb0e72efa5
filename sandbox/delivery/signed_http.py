"""Signed HTTP delivery, as Slack does it to a request URL."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery.courier import DISPATCH_FAILED, OPERATION_TIMEOUT, Delivered, Parcel
from sandbox.inspector import Inspector
from sandbox.shapes import Json

FORM = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature of a request body."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """Posts each payload to the bot's request URL; the answer's body is the ack."""

    name = "http"
    connected = True

    def __init__(
        self, inspector: Inspector, *, target: str, signing_secret: str, ack_s: float
    ) -> None:
        self.inspector = inspector
        self.target = target
        self.signing_secret = signing_secret
        self.ack_s = ack_s
        self._session: aiohttp.ClientSession | None = None

    async def ready(self) -> None:
        """A request URL is tried on schedule, whether it answers or not."""

    async def send(self, parcel: Parcel) -> Delivered:
        """One signed POST; waits up to 3 s of real time."""
        started_s = time.monotonic()
        body, content_type = wire_body(parcel)
        self.inspector.add("http_out", parcel.name, detail={"payload": parcel.payload})
        outcome = await self._post(body, self._headers(parcel, body, content_type), parcel.kind)
        ms = (time.monotonic() - started_s) * 1000
        done = replace(outcome, ms=ms)
        detail = {"attempt": parcel.attempt, "answer": outcome.answer}
        self.inspector.add(
            "http_in", parcel.name, ok=done.ok, error=done.error, ms=ms, detail=detail
        )
        if done.error == OPERATION_TIMEOUT:
            self.inspector.violation("no_ack", payload=parcel.name)
        return done

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()

    def _headers(self, parcel: Parcel, body: str, content_type: str) -> dict[str, str]:
        """Signed with real time, because the bot checks against real time."""
        timestamp = str(int(time.time()))  # noqa: TID251
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self.signing_secret, timestamp, body),
        }
        if parcel.attempt:
            headers["X-Slack-Retry-Num"] = str(parcel.attempt)
            headers["X-Slack-Retry-Reason"] = parcel.reason
        return headers

    async def _post(self, body: str, headers: dict[str, str], kind: str) -> Delivered:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=self.ack_s)
        try:
            async with self._session.post(
                self.target, data=body, headers=headers, timeout=limit
            ) as answer:
                return _read(answer, await answer.text(), kind)
        except ValueError:
            self.inspector.violation("bad_ack", payload=kind)
            return Delivered(ok=False, error=DISPATCH_FAILED, reason="http_error")
        except TimeoutError:
            return Delivered(ok=False, error=OPERATION_TIMEOUT, reason="http_timeout")
        except aiohttp.ClientError:
            return Delivered(ok=False, error=DISPATCH_FAILED, reason="connection_failed")


def wire_body(parcel: Parcel) -> tuple[str, str]:
    """Body and content type: commands as a form, interactions as payload=, events as JSON."""
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload), FORM
    if parcel.kind == "interactive":
        return urlencode({"payload": json.dumps(parcel.payload)}), FORM
    return json.dumps(parcel.payload), JSON_TYPE


def _read(answer: aiohttp.ClientResponse, text: str, kind: str) -> Delivered:
    if not 200 <= answer.status < 300:
        retry = answer.headers.get("X-Slack-No-Retry") != "1"
        detail: Json = {"status": answer.status}
        return Delivered(
            ok=False, error=DISPATCH_FAILED, reason="http_error", retry=retry, answer=detail
        )
    return Delivered(answer=_answer(text, answer.content_type, kind))


def _answer(text: str, content_type: str, kind: str) -> Any:
    if not text.strip():
        return None
    if content_type == JSON_TYPE:
        return json.loads(text)
    return {"text": text} if kind == "slash_commands" else text
