"""Every tick: warn about data that cannot be there in time; the message's key makes it daily."""

from datetime import datetime

from jobs.each import in_each_team
from services.data import readiness
from services.ports import Lab


def warn(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, readiness.sweep, "data readiness of %s failed")
