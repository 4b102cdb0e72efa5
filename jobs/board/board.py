"""When a sprint has closed: leads hear of a kill or promotion rate outside its band, once."""

from datetime import datetime

from jobs.each import each
from services import installed
from services.board import metrics
from services.ports import Lab


def tell_due(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: metrics.tell_due(lab, team_id, now),
        "board metrics of team %s failed",
    )
