"""Keeps recently opened Home tabs up to date."""

from datetime import datetime

from jobs.each import for_each_team
from services.ports import Lab
from services.workspace import home


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Publish the tabs that have changed; a team whose tabs fail does not stop the others."""
    for_each_team(lab, now, home.keep_fresh, "Home tabs of team %s failed")
