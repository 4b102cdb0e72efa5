"""Puts pictures into the thread of a posted digest; the digest itself never waits for them."""

from datetime import datetime

from jobs.each import for_each_team
from services.digest import picture
from services.ports import Lab


def attach_due(lab: Lab, now: datetime) -> None:
    """Attach what is due; a team whose pictures fail does not keep the others waiting."""
    for_each_team(lab, now, picture.attach_due, "pictures of the digest of team %s failed")
