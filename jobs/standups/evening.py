"""The evening check by the clock."""

from datetime import datetime

from jobs.each import each
from services.ports import Lab
from services.standups import evening_schedule


def run(lab: Lab, now: datetime) -> None:
    """Ask everybody whose evening has come; one standup that fails does not silence the others."""
    each(
        lab,
        evening_schedule.running(lab),
        lambda standup_id: evening_schedule.ask_due(lab, standup_id, now=now),
        "the evening check of standup %s failed",
    )
