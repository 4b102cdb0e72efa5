"""Holds each team's sprint ceremonies and posts what its template has for the day."""

from datetime import datetime

from jobs.each import in_each_team
from services.ports import Lab
from services.project import canvas
from services.sprints import ceremony, template

FAILED = "sprint job of %s failed"


def hold(lab: Lab, now: datetime) -> None:
    """Planning, review, retro and closing where they are due."""
    in_each_team(lab, now, lambda at, w: ceremony.run(at, w, canvas.close_sprint), FAILED)


def remind(lab: Lab, now: datetime) -> None:
    """The template's reminders of the morning."""
    in_each_team(lab, now, template.remind, FAILED)
