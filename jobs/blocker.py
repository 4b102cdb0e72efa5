"""Blockers by the clock: what nobody moved for days is brought before a lead, once."""

import logging
from dataclasses import replace
from datetime import datetime

from services import installed, unblock
from services.ports import Lab
from views.blocker import show

log = logging.getLogger(__name__)


def escalate(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            unblock.escalate_old(lab, workspace, show)
        except Exception:
            log.exception("blockers of %s could not be looked at", workspace)
