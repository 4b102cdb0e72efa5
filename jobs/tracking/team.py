"""Every hour: the message of a team's experiments is edited, where one lives."""

from datetime import datetime

from jobs.each import in_each_team
from services.ports import Lab
from services.tracking import team


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, team.refresh, "the team's experiments of %s failed")
