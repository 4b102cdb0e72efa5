"""Standups by the clock: rounds open, people are asked, rounds are wrapped up."""

from datetime import datetime

from jobs.each import each
from services.ports import Lab
from services.standups import round as rounds


def run(lab: Lab, now: datetime) -> None:
    """Do what is due in every standup; one that fails does not silence the others."""
    each(
        lab,
        rounds.standups(lab),
        lambda standup_id: rounds.advance(lab, standup_id, now=now),
        "standup %s could not be served",
    )
