"""Webhooks on their way out: signed, to the address they were set up with and to no other.

The host is resolved here, every address behind it is looked at, and the connection goes to just
those; a redirect is not followed. So nobody reaches the operator's own networks through Assay.
"""

import asyncio
import logging
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from core.workspace.webhook import may_reach, signature
from ingest.aside import aside
from services.ports import Lab
from services.workspace import webhook
from services.workspace.webhook import Parcel

log = logging.getLogger(__name__)

PAUSE_S = 5.0
_PATIENCE = aiohttp.ClientTimeout(total=15, connect=5)


class Refusal(Exception):
    """It will not be taken however often it is tried."""


class _Known(AbstractResolver):
    """Answers with the addresses that were looked at, whatever is asked."""

    def __init__(self, found: Sequence[ResolveResult]) -> None:
        self._found = list(found)

    async def resolve(
        self, _host: str, _port: int = 0, _family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Those addresses."""
        return self._found

    async def close(self) -> None:
        """Nothing is open."""


class Courier:
    """Sends what is due to webhooks."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    async def run(self) -> None:
        """Send until cancelled; whatever is away only slows it down."""
        while True:
            try:
                sent = await self.drain()
            except Exception:
                log.exception("webhooks could not be sent")
                sent = 0
            if not sent:
                await asyncio.sleep(PAUSE_S)

    async def drain(self) -> int:
        """Send what is due now, to each webhook in order; how many were tried."""
        tried = 0
        while parcels := await aside(self._lab, lambda: webhook.due(self._lab, self._lab.clock())):
            await asyncio.gather(*(self._carry(one) for one in parcels))
            tried += len(parcels)
        return tried

    async def _carry(self, parcel: Parcel) -> None:
        lab, why, final = self._lab, "", False
        try:
            await self._send(parcel)
        except Refusal as refusal:
            why, final = str(refusal), True
        except TimeoutError:
            why = "it did not answer in 15 seconds"
        except (aiohttp.ClientError, OSError, ValueError) as trouble:
            why = str(trouble) if isinstance(trouble, _NotTaken) else "it cannot be reached"
        if not why:
            await aside(lab, lambda: webhook.arrived(lab, parcel.delivery))
            return
        log.info("webhook delivery %d failed: %s", parcel.delivery, why)
        now = lab.clock()
        await aside(lab, lambda: webhook.failed(lab, parcel.delivery, why, now=now, final=final))

    async def _send(self, parcel: Parcel) -> None:
        at = self._lab.clock()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Assay-Webhooks",
            "webhook-id": parcel.name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature(parcel.secret, parcel.name, at, parcel.body),
        }
        resolver = _Known(await _looked_at(parcel.url, self._lab.policy.webhook_nets))
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=_PATIENCE) as session,
            session.post(
                parcel.url, data=parcel.body, headers=headers, allow_redirects=False
            ) as answer,
        ):
            if answer.status == 410:
                raise Refusal("it answered 410: gone")
            if not 200 <= answer.status < 300:
                kind = ", a redirect, which I don't follow" if 300 <= answer.status < 400 else ""
                raise _NotTaken(f"it answered {answer.status}{kind}")


class _NotTaken(ValueError):
    """It answered that it did not take it."""


async def _looked_at(url: str, nets: Sequence[str]) -> list[ResolveResult]:
    """The addresses behind it. Raises Refusal when one of them is not to be reached."""
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if tls else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    known: list[ResolveResult] = []
    for family, _, proto, _, place in found:
        address = str(place[0])
        if not may_reach(address, nets, tls=tls):
            raise Refusal("its address is private, or not reached over https")
        known.append(
            ResolveResult(
                hostname=host, host=address, port=port, family=family, proto=proto,
                flags=socket.AI_NUMERICHOST,
            )
        )  # fmt: skip
    return known
