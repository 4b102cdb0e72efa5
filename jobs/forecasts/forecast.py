"""Scores forecasts whose sprint is over."""

from datetime import datetime

from jobs.each import for_each_team
from services.forecasts import forecast
from services.ports import Lab


def close_due(lab: Lab, now: datetime) -> None:
    """Score what has closed; a team whose forecast fails does not keep the others waiting."""
    for_each_team(lab, now, forecast.close_due, "forecasts of team %s were not scored")
