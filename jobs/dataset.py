"""Every tick: warn about data that cannot be there in time; the message's key makes it daily."""

import logging
from dataclasses import replace
from datetime import datetime

from services import installed, readiness
from services.ports import Lab
from views.notice import show

log = logging.getLogger(__name__)


def warn(lab: Lab, now: datetime) -> None:
    """Sweep every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            readiness.sweep(lab, workspace, show)
        except Exception:
            log.exception("data readiness of %s failed", workspace)
