"""Holds each team's sprint ceremonies and posts what its template has for the day."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services import ceremony, installed, sprint_template
from services.ports import Lab
from views.sprint_notice import show

log = logging.getLogger(__name__)


def hold(lab: Lab, now: datetime) -> None:
    """Planning, review, retro and closing where they are due."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        _each(workspace, lambda w: ceremony.run(lab, w, show))


def remind(lab: Lab, now: datetime) -> None:
    """The template's reminders of the morning."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        _each(workspace, lambda w: sprint_template.remind(lab, w, show))


def _each(workspace: str, act: Callable[[str], object]) -> None:
    try:
        act(workspace)
    except Exception:
        log.exception("sprint job of %s failed", workspace)
