"""The standup trend: what the asker may see of it, and sharing it without names."""

from zoneinfo import ZoneInfo

from core import calendar
from core.standups import trend
from core.standups.report import ReportQuery, StandupReport
from core.standups.trend import Happened, StandupTrend
from services import team as teams
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from services.share import place_for
from services.standups import report
from views.kit import Message


def look(lab: Lab, team_id: int, weeks: int, *, by: str, channel: str) -> StandupTrend:
    """The trend of the standups that person may see (services/standups/report); with everybody's
    own
    share for leads. Raises NotFound when there is none.
    """
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        today, where = experiment.today_of(team, now), calendar.zone(team.zone)
        by_name = teams.is_lead(session, team, by)
        wish = ReportQuery(trend.first_day(today, weeks), today)
        found = report.look(lab.within(session), team_id, wish, by=by, channel=channel)
    happened = _happened(found, where)
    return trend.of(found.entries, happened, today=today, weeks=weeks, by_name=by_name)


def send(lab: Lab, team_id: int, found: StandupTrend, *, to: str, key: str) -> bool:
    """Send the picture by direct message, once per key; False when there is too little for one."""
    spec = trend.chart(found)
    if spec is None:
        return False
    with desk(lab, team_id, lock=False) as here:
        here.voice.pictures(f"picture:{key}", to, [spec])
    return True


def share(
    lab: Lab, team_id: int, once: str, shown: tuple[Message, StandupTrend], *, channel: str
) -> tuple[str, bool]:
    """Post the message, its picture in the thread, once; where, and False when it stands there.

    Raises Refused when there is no channel to post it to.
    """
    message, found = shown
    with desk(lab, team_id, lock=False) as here:
        place, key = place_for(here.team, channel), f"trend:{once}"
        spec = trend.chart(found)
        new = here.post(key, place, message)
        if new and spec:
            here.voice.pictures(f"{key}:picture", place, [spec], thread_of=key)
        return place, new


def _happened(found: StandupReport, where: ZoneInfo) -> Happened:
    stuck = found.blockers
    return Happened(
        opened=[one.at.astimezone(where).date() for one in stuck],
        closed=[one.closed_at.astimezone(where).date() for one in stuck if one.closed_at],
        learned=[one.at.astimezone(where).date() for one in found.learnings if one.confirmed],
    )
