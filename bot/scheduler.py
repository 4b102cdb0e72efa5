"""APScheduler wakes us; the database decides what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from ingest.aside import aside
from jobs import schedule
from models import db
from services.ports import Lab

log = logging.getLogger(__name__)


def start(tick: Callable[[], Awaitable[None]], *, seconds: float) -> AsyncIOScheduler:
    """A running scheduler that calls `tick` every so often, never twice at once."""

    async def wake() -> None:  # APScheduler awaits only what it sees to be a coroutine function
        await tick()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        wake, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler


async def tick(lab: Lab, watch: schedule.Watch, wake: Callable[[], None]) -> None:
    """Do what is due, off the event loop, then let the poster look."""
    await aside(lab, watch.tick)
    wake()


async def is_database_up(lab: Lab) -> bool:
    """True when a statement gets through, within the time that people wait for one."""
    try:
        return await asyncio.wait_for(aside(lab, lambda: _answers(lab)), db.PATIENCE)
    except TimeoutError:
        return False


def _answers(lab: Lab) -> bool:
    try:
        with db.transaction(lab.engine) as session:
            session.connection().exec_driver_sql("SELECT 1")
    except Exception:  # noqa: BLE001 - any reason makes it unhealthy
        return False
    return True
