"""What 200 people in twelve zones get in ten working days, beside what a plain bot would send."""

import random
from datetime import date
from pathlib import Path

from tests.flows.crowd import Crowd, count, lines, opening, people
from tests.sandboxed import opened


async def measure(folder: Path) -> list[str]:
    """Play the ten days and recount."""
    place = folder / "crowd"
    place.mkdir()
    first, last = date(2026, 11, 30), date(2026, 12, 11)
    async with opened(place, at=opening(first)) as play:
        crowd = Crowd(play, people(play, 200), random.Random(5), first, last)
        await crowd.run()
        return [*lines(count(crowd)), f"{len(play.sandbox.violations)} rules of Slack broken"]
