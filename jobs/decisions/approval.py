"""Requests by the clock: what no second person decides for three working days is over."""

from datetime import datetime

from jobs.each import in_each_team
from services.decisions import approval, handover
from services.evals import loosening
from services.ports import Lab


def expire(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, approval.expire, "requests of %s could not be looked at")
    in_each_team(lab, now, loosening.expire, "loosenings of %s could not be looked at")
    in_each_team(lab, now, handover.expire, "handovers to %s could not be looked at")
