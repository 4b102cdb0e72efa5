"""The evening check by the clock."""

import logging
from datetime import datetime

from services import evening_clock
from services.ports import Lab
from views import standup as words

log = logging.getLogger(__name__)


def run(lab: Lab, now: datetime) -> None:
    """Ask everybody whose evening has come; one standup that fails does not silence the others."""
    for standup_id in evening_clock.running(lab):
        try:
            evening_clock.ask_due(lab, standup_id, words, now=now)
        except Exception:
            log.exception("the evening check of standup %s failed", standup_id)
