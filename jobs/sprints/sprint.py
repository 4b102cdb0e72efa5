"""Holds each team's sprint ceremonies and posts what its template has for the day."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.ports import Lab
from services.project import canvas
from services.sprints import ceremony, template

FAILED = "sprint job of %s failed"


def hold(lab: Lab, now: datetime) -> None:
    """Planning, review, retro and closing where they are due."""
    lab = replace(lab, clock=lambda: now)
    each(lab, installed.team_ids(lab), lambda w: ceremony.run(lab, w, canvas.close_sprint), FAILED)


def remind(lab: Lab, now: datetime) -> None:
    """The template's reminders of the morning."""
    lab = replace(lab, clock=lambda: now)
    each(lab, installed.team_ids(lab), lambda w: template.remind(lab, w), FAILED)
