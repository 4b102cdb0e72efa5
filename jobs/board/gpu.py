"""The GPU queue by the clock: who is next is called, a turn nobody takes goes to the next."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.board import gpu
from services.ports import Lab


def call_next(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: gpu.sweep(lab, team_id),
        "GPU queue of %s failed",
    )
