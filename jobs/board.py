"""When a sprint has closed: leads hear of a kill or promotion rate outside its band, once."""

import logging
from datetime import datetime

from services import board_metrics, installed
from services.ports import Lab
from views.board_metrics import news

log = logging.getLogger(__name__)


def tell_due(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    for team_id in installed.team_ids(lab):
        try:
            board_metrics.tell_due(lab, team_id, now, news)
        except Exception:
            log.exception("board metrics of team %d failed", team_id)
