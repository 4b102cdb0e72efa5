"""`assay doctor` on trackers and places with tickets: is each where it should be, and may its key
see what is read there?
"""

import asyncio

from bot.clerk import FAULTS, PLACES, calls_to, failed
from bot.clock import clock
from bot.config import Config
from bot.finding import Finding
from bot.sweeper import READERS, headers_for
from bot.wiring import open_lab
from core.tracking.issue import Desk
from core.tracking.kept import Source
from ingest.remote.tracker import Calls, Trouble
from services.tracking import issue, tracker

_PATIENCE_S = 30.0  # with one place


async def trackers(config: Config) -> list[Finding]:
    """A line for each tracker and each place with tickets that a team has connected; nothing
    without any. Our own runner is no place to look at: it tells of itself.
    """
    lab = open_lab(config, clock(config.clock_offset))
    try:
        found, places = tracker.every(lab), issue.every(lab)
    finally:
        lab.engine.dispose()
    read = [await _looked_at(config, team, one) for team, one in found if one.kind in READERS]
    return read + [await _place(config, team, one) for team, one in places]


async def _looked_at(config: Config, team: str, one: Source) -> Finding:
    headers = headers_for(one.url, config.tracker_keys, one.kind)
    keyed = "with its key" if headers else "without a key"
    try:
        async with Calls(one.url, headers, config.tracker_nets) as calls:
            await READERS[one.kind](calls).check(tuple(one.projects))
    except Trouble as trouble:
        return Finding("wrong", f"{one.called} of {team} cannot be read {keyed}", str(trouble))
    return Finding("ok", f"{one.called} of {team} answers {keyed}: {', '.join(one.projects)}")


async def _place(config: Config, team: str, one: Desk) -> Finding:
    keyed = "with its key" if headers_for(one.url, config.tracker_keys) else "without a key"
    try:
        calls = calls_to(one.url, config.tracker_keys, config.tracker_nets)
        async with asyncio.timeout(_PATIENCE_S), calls:
            await PLACES[one.kind](calls, one.project, one.board).check()
    except FAULTS as fault:
        what = f"{one.called} of {team} cannot be written to {keyed}"
        return Finding("wrong", what, failed(fault).why)
    return Finding("ok", f"{one.called} of {team} answers {keyed}")
