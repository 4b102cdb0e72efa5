"""Posts each team's drift report on Monday."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services.drift import weekly
from services.ports import Lab


def report_due(lab: Lab, now: datetime) -> None:
    """Post what is due; a team whose report fails does not keep the others waiting."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        weekly.due(lab, now),
        lambda team_id: weekly.publish(lab, team_id),
        "drift report of %s failed",
    )
