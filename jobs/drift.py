"""Posts each team's drift report on Monday."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import drift_week
from services.ports import Lab
from views.drift import show


def report_due(lab: Lab, now: datetime) -> None:
    """Post what is due; a team whose report fails does not keep the others waiting."""
    lab = replace(lab, clock=lambda: now)
    each(
        drift_week.workspaces(lab, now),
        lambda workspace: drift_week.publish(lab, workspace, show),
        "drift report of %s failed",
    )
