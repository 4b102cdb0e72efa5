"""Blockers by the clock: what nobody moved for days is brought before a lead, once."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.blockers import actions
from services.ports import Lab


def escalate(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: actions.escalate_old(lab, team_id),
        "blockers of %s could not be looked at",
    )
