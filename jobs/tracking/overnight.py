"""At nine: who owns a run that ended or changed overnight hears how it did."""

from datetime import datetime

from jobs.each import in_each_team
from services.ports import Lab
from services.tracking import overnight


def tell(lab: Lab, now: datetime) -> None:
    """Look at every team; one that fails is logged and does not stop the others."""
    in_each_team(lab, now, overnight.tell_due, "the runs of the night of %s failed")
