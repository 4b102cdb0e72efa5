"""What touches the database runs in a thread, so that the event loop goes on meanwhile."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from models import db
from services.ports import Lab

T = TypeVar("T")


async def aside(lab: Lab, work: Callable[[], T]) -> T:
    """What that work gives, done off the event loop."""
    if db.is_in_memory(lab.engine):
        return work()  # one connection in memory: not to be shared between threads
    return await asyncio.to_thread(work)
