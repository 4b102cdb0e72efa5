"""Puts pictures into the thread of a posted digest; the digest itself never waits for them."""

from datetime import datetime

from jobs.each import each
from services import installed
from services.digest import picture
from services.ports import Lab


def attach_due(lab: Lab, now: datetime) -> None:
    """Attach what is due; a team whose pictures fail does not keep the others waiting."""
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: picture.attach_due(lab, team_id, now),
        "pictures of the digest of team %s failed",
    )
