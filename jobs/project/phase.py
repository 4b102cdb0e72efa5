"""Once a working morning: are there signs of the wrong phase that the leads should hear of?"""

from datetime import datetime

from jobs.each import in_each_team
from services.ports import Lab
from services.project import phase


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, phase.watch, "phase watch of %s failed")
