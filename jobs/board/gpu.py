"""The GPU queue by the clock: who is next is called, a turn nobody takes goes to the next."""

from datetime import datetime

from jobs.each import in_each_team
from services.board import gpu
from services.ports import Lab


def call_next(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, gpu.sweep, "GPU queue of %s failed")
