"""Requests by the clock: what no second person decides for three working days is over."""

import logging
from dataclasses import replace
from datetime import datetime

from services import approval, installed
from services.ports import Lab
from views.notice import show

log = logging.getLogger(__name__)


def expire(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            approval.expire(lab, workspace, show)
        except Exception:
            log.exception("requests of %s could not be looked at", workspace)
