"""Posts each team's digest when it is due."""

import logging
from datetime import datetime

from services import digest
from services.ports import Lab
from views import digest as view

log = logging.getLogger(__name__)


def post_due(lab: Lab, now: datetime) -> None:
    """Post what is due; a team whose digest fails does not keep the others waiting."""
    for team_id in digest.teams_of(lab):
        try:
            digest.publish(lab, team_id, now, view.posted)
        except Exception:
            log.exception("digest of team %d failed", team_id)
