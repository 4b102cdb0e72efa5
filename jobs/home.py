"""Keeps recently opened Home tabs up to date."""

import logging
from datetime import datetime

from services import home, installed
from services.ports import Lab
from views import home as view
from views import standup as words

log = logging.getLogger(__name__)


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Publish the tabs that have changed; a team whose tabs fail does not stop the others."""
    for team_id in installed.team_ids(lab):
        try:
            home.keep_fresh(lab, team_id, now, view.home, words)
        except Exception:
            log.exception("Home tabs of team %d failed", team_id)
