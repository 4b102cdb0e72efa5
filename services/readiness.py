""" "The math doesn't work": told when a card is written, and every working day it stays so."""

from core import calendar
from core.readiness import FITS, NOT, Outlook
from services import dataset
from services.desk import Desk, Show, desk
from services.ports import Lab


def warn(here: Desk, seen: Outlook) -> bool:
    """Say in public that a card does not surely fit, once a day and card; True when it is new."""
    channel = here.team.alerts_channel or here.team.team_channel
    if seen.verdict == FITS or not channel:
        return False
    today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
    return here.post(f"readiness:{here.team_id}:{seen.card.id}:{today}", channel, seen)


def sweep(lab: Lab, workspace: str, show: Show) -> None:
    """In working hours: warn about every card that cannot be there in time."""
    with desk(lab, workspace, show) as here:
        if not calendar.is_working_hour(here.now, calendar.zone(here.team.zone)):
            return
        for seen in dataset.outlooks(here.session, here.team, here.now):
            if seen.verdict == NOT:
                warn(here, seen)
