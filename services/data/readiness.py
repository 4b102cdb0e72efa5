""" "The math doesn't work": told when a card is written, and every working day it stays so."""

from core import calendar
from core.data.readiness import NOT, DataOutlook
from services import announcement
from services.data import dataset
from services.desk import Desk, desk
from services.ports import Lab
from views.data import news


def warn(here: Desk, seen: DataOutlook) -> bool:
    """Say in public that a card cannot fit, once a day and card; True when it is new.

    Said already today, it is put right in its place: the sums as they are now, or that it fits.
    """
    channel = here.team.alerts_channel or here.team.team_channel
    key = _key(here, seen)
    if announcement.told(here.session, key):
        here.edit(key, news.warning(seen))
    elif channel and seen.verdict == NOT:
        return here.post(key, channel, news.warning(seen))
    return False


def sweep(lab: Lab, team_id: int) -> None:
    """In working hours: warn about every card that cannot be there in time."""
    with desk(lab, team_id) as here:
        if not calendar.is_working_hour(here.now, calendar.zone(here.team.zone)):
            return
        for seen in dataset.awaited(here.session, here.team, here.now):
            if seen.verdict == NOT and not announcement.told(here.session, _key(here, seen)):
                warn(here, seen)


def _key(here: Desk, seen: DataOutlook) -> str:
    today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
    return f"readiness:{here.team_id}:{seen.card.id}:{today}"
