"""Once a day: who works alone, told to the leads."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.ports import Lab
from services.project import working_alone


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: working_alone.watch(lab, team_id),
        "who works alone in %s could not be looked at",
    )
