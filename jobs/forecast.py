"""Scores forecasts whose sprint is over."""

import logging
from datetime import datetime

from services import forecast, installed
from services.ports import Lab

log = logging.getLogger(__name__)


def close_due(lab: Lab, now: datetime) -> None:
    """Score what has closed; a team whose forecast fails does not keep the others waiting."""
    for team_id in installed.team_ids(lab):
        try:
            forecast.close_due(lab, team_id, now)
        except Exception:
            log.exception("forecasts of team %d were not scored", team_id)
