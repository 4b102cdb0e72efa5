"""Requests by the clock: what no second person decides for three working days is over."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.decisions import approval
from services.ports import Lab


def expire(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: approval.expire(lab, team_id),
        "requests of %s could not be looked at",
    )
