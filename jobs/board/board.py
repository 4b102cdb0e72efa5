"""When a sprint has closed: leads hear of a kill or promotion rate outside its band, once."""

from datetime import datetime

from jobs.each import for_each_team
from services.board import metrics
from services.ports import Lab


def tell_due(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    for_each_team(lab, now, metrics.tell_due, "board metrics of team %s failed")
