"""Every tick: asks of leadership beside the digest that carries them, and their reminders."""

from datetime import datetime

from jobs.each import in_each_team
from services.digest import need_watch
from services.ports import Lab


def carry(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    for act in (need_watch.carry, need_watch.remind):
        in_each_team(lab, now, act, "needs of %s could not be looked at")
