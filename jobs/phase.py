"""Once a working morning: are there signs of the wrong phase that the leads should hear of?"""

import logging
from dataclasses import replace
from datetime import datetime

from services import installed, phase_watch
from services.ports import Lab
from views.phase import show

log = logging.getLogger(__name__)


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            phase_watch.run(lab, workspace, show)
        except Exception:
            log.exception("phase watch of %s failed", workspace)
