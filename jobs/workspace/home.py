"""Keeps recently opened Home tabs up to date."""

from datetime import datetime

from jobs.each import each
from services.ports import Lab
from services.workspace import home


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Publish the tabs that have changed; a workspace whose tabs fail does not stop the others."""
    found = home.looked_at(lab, now)
    each(
        lab, found, lambda slack_id: home.keep_fresh(lab, slack_id, now), "Home tabs of %s failed"
    )
