"""What 200 people in twelve zones get in ten working days, beside what a plain bot would send; and
what ten teams of 20 cost beside one, each played by a process of its own.
"""

import asyncio
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from tests.flows.apart import strays
from tests.flows.crowd import count, gathered, lines, opening
from tests.sandboxed import opened

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 11)


async def measure(folder: Path) -> list[str]:
    """Play the ten days and recount."""
    return await _played(folder / "crowd", teams=1, each=200)


async def measure_teams(folder: Path) -> list[str]:
    """The same of one team of 20 and of ten: memory and CPU are the bot's and the sandbox's."""
    told = []
    for teams in (1, 10):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            loop = asyncio.get_running_loop()
            told += await loop.run_in_executor(apart, _alone, folder / f"teams{teams}", teams)
    return told


def _alone(folder: Path, teams: int) -> list[str]:
    began = time.process_time()
    told = asyncio.run(_played(folder, teams=teams, each=20))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = f"{time.process_time() - began:.0f} s of CPU, {peak:.0f} MiB at most"
    return [f"{teams} × 20 people: {cost}", *(f"  {line}" for line in told)]


async def _played(folder: Path, *, teams: int, each: int) -> list[str]:
    folder.mkdir()
    async with opened(folder, at=opening(FIRST)) as play:
        crowd = gathered(play, FIRST, LAST, teams=teams, each=each)
        await crowd.run()
        broken = f"{len(play.sandbox.violations)} rules of Slack broken"
        return [*lines(count(crowd)), f"{broken}, {len(strays(play))} of one team told in another"]
