"""Reads the trackers that teams have connected, writes decisions to their runs, and finds runs of
our own runner that went silent.

An address is called only after an admin connected it, and its key goes to no other.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.outside import FAULTS, calls_to, failed, for_ever
from ingest.aside import aside
from ingest.remote.mlflow import Mlflow
from ingest.remote.tracker import Calls, Reader
from ingest.remote.wandb import Wandb
from services.ports import Lab
from services.tracking import beat, decision, sweep
from services.tracking.decision import Telling
from services.tracking.sweep import Errand

log = logging.getLogger(__name__)

WHAT = "such a tracker"
READERS: Mapping[str, Callable[[Calls], Reader]] = {"mlflow": Mlflow, "wandb": Wandb}


class Sweeper:
    """Sweeps what is due. keys: by host, or host and port: a token, or `user:password`.

    wake: called when something may have been written to the outbox.
    """

    def __init__(self, lab: Lab, keys: Mapping[str, str], wake: Callable[[], None]) -> None:
        self._lab, self._keys, self._wake = lab, keys, wake
        self._listened: datetime | None = None  # when runs of our own runner were last looked at

    async def run(self) -> None:
        """Sweep until cancelled."""
        await for_ever(self.drain, log, "trackers could not be read")

    async def drain(self) -> int:
        """Do what is due now; how many trackers were asked."""
        lab = self._lab
        errands = await aside(lab, lambda: sweep.due(lab, lab.clock()))
        await asyncio.gather(*(self._sweep(one) for one in errands))
        told = await aside(lab, lambda: decision.due(lab, lab.clock()))
        for one in told:
            await self._tell(one)
        if await self._listen() or errands or told:
            self._wake()
        return len(errands) + len(told)

    async def _listen(self) -> int:
        """How many runs of our own runner have gone silent: those tell of themselves."""
        lab, now = self._lab, self._lab.clock()
        if self._listened is not None and now - self._listened < sweep.EVERY_RUNNING:
            return 0
        self._listened = now
        return await aside(lab, lambda: beat.find_silent(lab, now))

    def calls(self, url: str, kind: str) -> Calls:
        """Calls to that tracker, with its key where there is one."""
        return calls_to(url, kind, self._keys, self._lab.policy.tracker_nets)

    async def _sweep(self, errand: Errand) -> None:
        lab = self._lab
        try:
            async with self.calls(errand.url, errand.kind) as calls:
                reader = READERS[errand.kind](calls)
                runs = await reader.runs(errand)
                wanted = await aside(lab, lambda: sweep.wanted(lab, errand, runs))
                curves = await reader.histories(wanted)
        except FAULTS as fault:
            why = failed(fault, WHAT).why
            log.info("tracker %d cannot be read: %s", errand.tracker, fault)
            await aside(lab, lambda: sweep.failed(lab, errand, why))
            return
        await aside(lab, lambda: sweep.take(lab, errand, runs, curves))

    async def _tell(self, one: Telling) -> None:
        lab, why = self._lab, ""
        try:
            async with self.calls(one.url, one.kind) as calls:
                await READERS[one.kind](calls).write(one.source_id, one.told)
        except FAULTS as fault:
            why = failed(fault, WHAT).why
            log.info("decision %d cannot be written to its run: %s", one.key, fault)
        now = lab.clock()
        await aside(lab, lambda: decision.done(lab, one, why, now=now))
