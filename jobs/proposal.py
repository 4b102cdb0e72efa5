"""Every tick: judge all experiments and tell whoever has to hear it now."""

import logging
from dataclasses import replace
from datetime import datetime

from services import installed, proposal
from services.ports import Lab
from views.notice import show

log = logging.getLogger(__name__)


def propose(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            proposal.sweep(lab, workspace, show)
        except Exception:
            log.exception("proposals of %s failed", workspace)
