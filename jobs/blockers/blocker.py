"""Blockers by the clock: what nobody moved for days is brought before a lead, once."""

from datetime import datetime

from jobs.each import in_each_team
from services.blockers import actions
from services.ports import Lab


def escalate(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, actions.escalate_old, "blockers of %s could not be looked at")
