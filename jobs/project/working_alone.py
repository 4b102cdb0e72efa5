"""Once a day: who works alone, told to the leads."""

from datetime import datetime

from jobs.each import in_each_team
from services.ports import Lab
from services.project import working_alone


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, working_alone.watch, "who works alone in %s was not looked at")
