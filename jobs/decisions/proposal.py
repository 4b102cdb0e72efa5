"""Every tick: judge all experiments and tell whoever has to hear it now."""

from datetime import datetime

from jobs.each import in_each_team
from services.decisions import proposal
from services.ports import Lab


def propose(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, proposal.sweep, "proposals of %s failed")
