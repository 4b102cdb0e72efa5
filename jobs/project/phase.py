"""Once a working morning: are there signs of the wrong phase that the leads should hear of?"""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.ports import Lab
from services.project import phase


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: phase.watch(lab, team_id),
        "phase watch of %s failed",
    )
