"""Every tick: warn about data that cannot be there in time; the message's key makes it daily."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.data import readiness
from services.ports import Lab


def warn(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: readiness.sweep(lab, team_id),
        "data readiness of %s failed",
    )
