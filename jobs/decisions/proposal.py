"""Every tick: judge all experiments and tell whoever has to hear it now."""

from dataclasses import replace
from datetime import datetime

from jobs.each import each
from services import installed
from services.decisions import proposal
from services.ports import Lab


def propose(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    each(
        lab,
        installed.team_ids(lab),
        lambda team_id: proposal.sweep(lab, team_id),
        "proposals of %s failed",
    )
