"""Posts each team's drift report on Monday."""

import logging
from dataclasses import replace
from datetime import datetime

from services import drift_week
from services.ports import Lab
from views.drift import show

log = logging.getLogger(__name__)


def report_due(lab: Lab, now: datetime) -> None:
    """Post what is due; a team whose report fails does not keep the others waiting."""
    lab = replace(lab, clock=lambda: now)
    for workspace in drift_week.workspaces(lab, now):
        try:
            drift_week.publish(lab, workspace, show)
        except Exception:
            log.exception("drift report of %s failed", workspace)
