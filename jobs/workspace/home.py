"""Keeps recently opened Home tabs up to date."""

from datetime import datetime

from jobs.each import each
from services import installed
from services.ports import Lab
from services.workspace import home


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Publish the tabs that have changed; a team whose tabs fail does not stop the others."""
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: home.keep_fresh(lab, team_id, now),
        "Home tabs of team %s failed",
    )
