"""Scores forecasts whose sprint is over."""

from datetime import datetime

from jobs.each import each
from services import installed
from services.forecasts import forecast
from services.ports import Lab


def close_due(lab: Lab, now: datetime) -> None:
    """Score what has closed; a team whose forecast fails does not keep the others waiting."""
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: forecast.close_due(lab, team_id, now),
        "forecasts of team %s were not scored",
    )
