"""`assay doctor` on trackers: is each where it should be, and may its key see what is read?"""

from bot.clock import clock
from bot.config import Config
from bot.finding import Finding
from bot.sweeper import READERS, headers_for
from bot.wiring import open_lab
from core.tracking.kept import Source
from ingest.tracker import Calls, Trouble
from services.tracking import tracker


async def trackers(config: Config) -> list[Finding]:
    """A line for each tracker that a team has connected; nothing without any."""
    lab = open_lab(config, clock(config.clock_offset))
    try:
        found = tracker.every(lab)
    finally:
        lab.engine.dispose()
    return [await _looked_at(config, team, one) for team, one in found]


async def _looked_at(config: Config, team: str, one: Source) -> Finding:
    headers = headers_for(one.url, config.tracker_keys, one.kind)
    keyed = "with its key" if headers else "without a key"
    try:
        async with Calls(one.url, headers, config.tracker_nets) as calls:
            await READERS[one.kind](calls).check(tuple(one.projects))
    except Trouble as trouble:
        return Finding("wrong", f"{one.called} of {team} cannot be read {keyed}", str(trouble))
    return Finding("ok", f"{one.called} of {team} answers {keyed}: {', '.join(one.projects)}")
