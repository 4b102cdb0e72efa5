"""Writes decisions to tickets in Jira, Linear and GitHub, and reads what their statuses are.

A place is called only after an admin connected it, and its key goes to no other.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from bot.sweeper import PAUSE_S, headers_for
from core.tracking.issue_import import Given
from ingest.aside import aside
from ingest.remote.github import Github
from ingest.remote.issue import Issues
from ingest.remote.jira import Jira
from ingest.remote.linear import Linear
from ingest.remote.tracker import Calls, Trouble
from services.ports import Lab
from services.tracking import issue_step as steps
from services.tracking.issue_step import Failure, Look, Step

log = logging.getLogger(__name__)

_LINEARS_OWN = "Bearer lin_api_"  # a person's key, which Linear takes bare
FAULTS = (Trouble, LookupError, TypeError, AttributeError, TimeoutError)
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
        """Work until cancelled; whatever is away only slows it down."""
        while True:
            done = 0
            try:
                done = await self.drain()
            except Exception:
                log.exception("tickets could not be written to")
            if not done:
                await asyncio.sleep(PAUSE_S)

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
            async with asyncio.timeout(_LONGEST_S), self._calls(one.desk.url) as calls:
                issues = PLACES[one.desk.kind](calls, one.desk.project, one.desk.board)
                done = await _deed(issues, one)
        except FAULTS as fault:
            failure = failed(fault)
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
            async with asyncio.timeout(_LONGEST_S), self._calls(look.desk.url) as calls:
                issues = PLACES[look.desk.kind](calls, look.desk.project, look.desk.board)
                found = await issues.statuses(look.keys)
        except FAULTS as fault:
            why, now = failed(fault).why, lab.clock()
            await aside(lab, lambda: steps.unreadable(lab, look, why, now=now))
            return
        await aside(lab, lambda: steps.read(lab, look, found))

    def _calls(self, url: str) -> Calls:
        return calls_to(url, self._keys, self._lab.policy.tracker_nets)


def calls_to(url: str, keys: Mapping[str, str], nets: Sequence[str]) -> Calls:
    """Calls to that place, with its key where there is one. nets: private networks that may be."""
    headers = headers_for(url, keys)
    if (told := headers.get("Authorization", "")).startswith(_LINEARS_OWN):
        headers = {"Authorization": told.removeprefix("Bearer ")}
    return Calls(url, headers, nets)


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


def failed(fault: Exception) -> Failure:
    """Why it was not done, of one of FAULTS."""
    if isinstance(fault, Trouble):
        return Failure(str(fault), fault.final, fault.wait)
    if isinstance(fault, TimeoutError):
        return Failure("it does not answer in time.")
    return Failure("what it answers is not what such a place answers.")
