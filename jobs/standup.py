"""Standups by the clock: rounds open, people are asked, rounds are wrapped up."""

import logging
from datetime import datetime

from services import round as rounds
from services.ports import Lab
from views import standup as view

log = logging.getLogger(__name__)


def run(lab: Lab, now: datetime) -> None:
    """Do what is due in every standup; one that fails does not silence the others."""
    for standup_id in rounds.standups(lab):
        try:
            rounds.advance(lab, standup_id, view, now=now)
        except Exception:
            log.exception("standup %s could not be served", standup_id)
