"""Every tick: asks of leadership beside the digest that carries them, and their reminders."""

import logging
from dataclasses import replace
from datetime import datetime

from services import installed
from services.digest import need_watch
from services.ports import Lab

log = logging.getLogger(__name__)


def carry(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for team_id in installed.team_ids(lab):
        try:
            need_watch.carry(lab, team_id)
            need_watch.remind(lab, team_id)
        except Exception:
            lab.require_writing()
            log.exception("needs of %s could not be looked at", team_id)
