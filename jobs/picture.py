"""Puts pictures into the thread of a posted digest; the digest itself never waits for them."""

import logging
from datetime import datetime

from services import installed, picture
from services.ports import Lab

log = logging.getLogger(__name__)


def attach_due(lab: Lab, now: datetime) -> None:
    """Attach what is due; a team whose pictures fail does not keep the others waiting."""
    for team_id in installed.team_ids(lab):
        try:
            picture.attach_due(lab, team_id, now)
        except Exception:
            log.exception("pictures of the digest of team %d failed", team_id)
