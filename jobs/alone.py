"""Once a day: who works alone, told to the leads."""

import logging
from dataclasses import replace
from datetime import datetime

from services import alone_watch, installed
from services.ports import Lab
from views.alone import show

log = logging.getLogger(__name__)


def watch(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            alone_watch.watch(lab, workspace, show)
        except Exception:
            log.exception("who works alone in %s could not be looked at", workspace)
