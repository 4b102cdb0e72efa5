"""`assay doctor` on trackers and places with tickets: is each where it should be, and may its key
see what is read there?
"""

from bot.clerk import WHAT, opened
from bot.clock import clock
from bot.config import Config
from bot.finding import Finding
from bot.outside import FAULTS, calls_to, failed, headers_for
from bot.sweeper import READERS
from bot.sweeper import WHAT as TRACKER
from bot.wiring import open_lab
from core.tracking.issue import Desk
from core.tracking.kept import Source
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
    keyed = _keyed(config, one.url)
    try:
        calls = calls_to(one.url, one.kind, config.tracker_keys, config.tracker_nets)
        async with calls:
            await READERS[one.kind](calls).check(tuple(one.projects))
    except FAULTS as fault:
        what = f"{one.called} of {team} cannot be read {keyed}"
        return Finding("wrong", what, failed(fault, TRACKER).why)
    return Finding("ok", f"{one.called} of {team} answers {keyed}: {', '.join(one.projects)}")


async def _place(config: Config, team: str, one: Desk) -> Finding:
    keyed, keys = _keyed(config, one.url), config.tracker_keys
    try:
        async with opened(one, keys, config.tracker_nets, patience=_PATIENCE_S) as issues:
            await issues.check()
    except FAULTS as fault:
        what = f"{one.called} of {team} cannot be written to {keyed}"
        return Finding("wrong", what, failed(fault, WHAT).why)
    return Finding("ok", f"{one.called} of {team} answers {keyed}")


def _keyed(config: Config, url: str) -> str:
    return "with its key" if headers_for(url, config.tracker_keys) else "without a key"
