"""Writes decisions to tickets in Jira, Linear and GitHub, and reads what their statuses are.

A place is called only after an admin connected it, and its key goes to no other.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.outside import FAULTS, calls_to, failed, for_ever
from core.tracking.issue import Desk
from core.tracking.issue_import import Given
from ingest.aside import aside
from ingest.remote.github import Github
from ingest.remote.issue import Issues
from ingest.remote.jira import Jira
from ingest.remote.linear import Linear
from ingest.remote.tracker import Calls
from services.ports import Lab
from services.tracking import issue_step as steps
from services.tracking.issue_step import Look, Step

log = logging.getLogger(__name__)

WHAT = "such a place"
_LONGEST_S = 90.0  # of one step: less than it is held against others
PLACES: Mapping[str, Callable[[Calls, str, int | None], Issues]] = {
    "jira": Jira, "linear": Linear, "github": Github,
}  # fmt: skip


class Clerk:
    """Does what is due at tickets. keys: by host, as the Sweeper's. wake: called when something
    may have been written to the outbox.
    """

    def __init__(self, lab: Lab, keys: Mapping[str, str], wake: Callable[[], None]) -> None:
        self._lab, self._keys, self._wake = lab, keys, wake

    async def run(self) -> None:
        """Work until cancelled."""
        await for_ever(self.drain, log, "tickets could not be written to")

    async def drain(self) -> int:
        """Do what is due now, a step of each ticket at a time; how much it was."""
        lab, count = self._lab, 0
        while some := await aside(lab, lambda: steps.due(lab, lab.clock())):
            for one in some:
                await self._do(one)
            count += len(some)
        looks = await aside(lab, lambda: steps.to_read(lab, lab.clock()))
        for look in looks:
            await self._read(look)
        if count or looks:
            self._wake()
        return count

    async def _do(self, one: Step) -> None:
        lab = self._lab
        try:
            async with self._opened(one.desk) as issues:
                done = await _deed(issues, one)
        except FAULTS as fault:
            failure = failed(fault, WHAT)
            log.info("step %d at a ticket was not done: %s", one.step, failure.why)
            now = lab.clock()
            await aside(lab, lambda: steps.failed(lab, one, failure, now=now))
            return
        now = lab.clock()
        if isinstance(done, Given):
            await aside(lab, lambda: steps.fetched(lab, one, done, now=now))
        else:
            await aside(lab, lambda: steps.done(lab, one, status=done, now=now))

    async def _read(self, look: Look) -> None:
        lab = self._lab
        try:
            async with self._opened(look.desk) as issues:
                found = await issues.statuses(look.keys)
        except FAULTS as fault:
            why, now = failed(fault, WHAT).why, lab.clock()
            await aside(lab, lambda: steps.unreadable(lab, look, why, now=now))
            return
        await aside(lab, lambda: steps.read(lab, look, found))

    def _opened(self, place: Desk) -> AbstractAsyncContextManager[Issues]:
        return opened(place, self._keys, self._lab.policy.tracker_nets, patience=_LONGEST_S)


@asynccontextmanager
async def opened(
    place: Desk, keys: Mapping[str, str], nets: Sequence[str], *, patience: float
) -> AsyncIterator[Issues]:
    """The tickets there, for so many seconds. Raises what FAULTS are."""
    async with asyncio.timeout(patience), calls_to(place.url, place.kind, keys, nets) as calls:
        yield PLACES[place.kind](calls, place.project, place.board)


async def _deed(issues: Issues, one: Step) -> str | Given:
    """The status it has after that step, "" when that is not what it was about; or what it is."""
    if isinstance(issues, Jira) and one.kind == "import":
        return await issues.fetch(one.told["key"])
    if one.kind == "check":
        await issues.check()
    elif one.kind == "attach":
        await issues.attach(one.key, one.told, one.mark)
    elif one.kind == "comment":
        await issues.comment(one.key, one.told["text"], one.mark)
    else:
        return await issues.move(one.key, one.told["status"], one.told["stage"])
    return ""
