"""`assay demo`: the sandbox with Assay in it, two weeks of story told, and the browser opened."""

import asyncio
import tempfile
import webbrowser
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, time, timedelta
from pathlib import Path

from bot import scheduler
from bot.manifest import Doors
from bot.sweeper import Sweeper
from sandbox.clock import SandboxClock
from sandbox.demo.cast import Cast
from sandbox.demo.story import BERLIN, opening, tell
from sandbox.play import Play, opened

# So that whoever looks can try `/standup pictures on`, `/assay prompts on` and a link to EXP-036.
DOORS = Doors(pictures=True, agent=True, links="assay.example.com")
TICK_S = 1.0
HOP_S = 1800.0


async def show(*, port: int, browser: bool) -> None:
    """Run until interrupted; everything is gone afterwards."""
    until = curtain(SandboxClock().now().astimezone(BERLIN))
    with tempfile.TemporaryDirectory(prefix="assay-demo-") as folder:
        async with opened(Path(folder), at=opening(until), port=port, doors=DOORS) as play:
            print("Telling the team's last two weeks …", flush=True)
            await tell(play, until=until)
            address = f"{play.sandbox.url}/#as=U0LENA&channel=C0STANDUP"
            print(f"Assay's demo is at {address}   (Ctrl-C ends it)", flush=True)
            if browser:
                await asyncio.to_thread(webbrowser.open, address)
            await _go_on(play)


def curtain(now: datetime) -> datetime:
    """When the demo begins: 08:50 in Berlin on the Tuesday or Wednesday… nearest before now."""
    day = now.date()
    while day.weekday() > 3:  # a Thursday at the latest, so that Friday's digest is ahead
        day -= timedelta(days=1)
    return datetime.combine(day, time(8, 50), tzinfo=BERLIN)


async def _go_on(play: Play) -> None:
    """The bot runs as in production, and colleagues answer."""
    cast = Cast(play.sandbox, lambda: _watching(play))
    play.sandbox.office.travel = _by_the_hour(play, cast)
    posting = asyncio.ensure_future(play.assay.poster.run())
    acting = asyncio.ensure_future(cast.run())
    sweeper = Sweeper(play.assay.lab, {}, play.assay.poster.wake)
    sweeping = asyncio.ensure_future(sweeper.run())
    ticking = scheduler.start(play.assay.tick, seconds=TICK_S)
    try:
        await asyncio.gather(posting, acting, sweeping)
    finally:
        ticking.shutdown(wait=False)
        posting.cancel()
        acting.cancel()
        sweeping.cancel()


def _by_the_hour(play: Play, cast: Cast) -> Callable[[float], Awaitable[None]]:
    """Moving the clock lets the hours between happen: people are asked, answer, and time runs."""

    async def travel(offset_s: float) -> None:
        clock = play.sandbox.clock
        while offset_s - clock.offset_s > HOP_S:
            clock.advance(HOP_S)
            await play.settle()
            if await cast.act():
                await play.settle()
        if offset_s > clock.offset_s or offset_s == 0.0:
            clock.move(offset_s)

    return travel


def _watching(play: Play) -> Collection[str]:
    return play.sandbox.office.changes.watching
