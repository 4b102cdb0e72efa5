"""Webhooks on their way out: signed, to the address they were set up with and to no other.

Connections go only to addresses that were looked at (`ingest/reach`), and a redirect is not
followed.
"""

import asyncio
import logging

import aiohttp

from bot.outside import for_ever
from core.workspace.webhook import signature
from ingest.aside import aside
from ingest.remote import reach
from services.ports import Lab
from services.workspace import webhook
from services.workspace.webhook import Parcel

log = logging.getLogger(__name__)

_PATIENCE = aiohttp.ClientTimeout(total=15, connect=5)


class Refusal(Exception):
    """It will not be taken however often it is tried."""


class Courier:
    """Sends what is due to webhooks."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    async def run(self) -> None:
        """Send until cancelled."""
        await for_ever(self.drain, log, "webhooks could not be sent")

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
        except (Refusal, reach.OutOfReach) as refusal:
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
        connector = await reach.connector(parcel.url, self._lab.policy.webhook_nets)
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
