"""The GPU queue by the clock: who is next is called, a turn nobody takes goes to the next."""

import logging
from dataclasses import replace
from datetime import datetime

from services import gpu, installed
from services.ports import Lab
from views.notice import show

log = logging.getLogger(__name__)


def call_next(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    lab = replace(lab, clock=lambda: now)
    for workspace in installed.workspaces(lab):
        try:
            gpu.sweep(lab, workspace, show)
        except Exception:
            log.exception("GPU queue of %s failed", workspace)
