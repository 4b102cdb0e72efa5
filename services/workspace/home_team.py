"""What everybody's Home tab shares, read once per team however many look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import calendar, holiday
from core.blockers.blocker import Blocker
from core.digest.need import Need
from core.experiments.experiment import Experiment
from core.standups.absence import DaySpan
from core.workspace.home import Me
from models import people
from models.digest import digest as digests
from models.people import Person
from models.standups import absence as absences
from models.standups import standup as standups
from models.team import Team
from services.blockers import blocker
from services.desk import Desk
from services.digest import need
from services.experiments import experiment
from services.standups import roster


@dataclass(frozen=True)
class Board:
    """One team at one instant. leads, asked (by a standup): user ids. away: absences that run or
    come, by person. everything: what is open.
    """

    team: Team
    now: datetime
    everything: Sequence[Experiment]
    stale: frozenset[int]
    stuck: Sequence[Blocker]
    needs: Sequence[Need]
    leads: Sequence[str]
    asked: frozenset[str] = frozenset()
    away: Mapping[str, DaySpan] = field(default_factory=dict)

    def me(self, row: Person) -> Me:
        """How the bot treats that person."""
        zone = row.zone or self.team.zone
        today = calendar.local(self.now, calendar.zone(zone)).date()
        country = roster.country_of(row, self.team)
        away = self.away.get(row.user_id)
        return Me(
            zone=zone,
            today=today,
            own_zone=bool(row.own_zone),
            country="" if country == holiday.NONE else country,
            own_country=bool(row.country),
            nudges=row.nudges,
            away=away if away and away.last >= today else None,
        )


def read(here: Desk) -> Board:
    """The team as it is now."""
    session, theirs, now = here.session, here.team, here.now
    everything = experiment.open_of(session, theirs)
    stale = experiment.stale_among(everything, theirs, now, policy=here.policy)
    away: dict[str, DaySpan] = {}
    users, since = here.people.by_id, now.date() - timedelta(days=1)
    for row in absences.of_people(session, theirs.workspace, users, since):
        away.setdefault(row.user_id, DaySpan(row.first_day, row.last_day))
    standing = standups.of_team(session, theirs.pk)
    return Board(
        team=theirs,
        now=now,
        everything=everything,
        stale=stale,
        stuck=blocker.open_of_team(session, theirs, now),
        needs=_needs(here),
        leads=people.leads(session, theirs),
        asked=frozenset(user for one in standing if one.active for user in standups.everyone(one)),
        away=away,
    )


def _needs(here: Desk) -> list[Need]:
    rows = digests.open_notes(here.session, here.team_id)
    found = [need.value(here, row) for row in rows if row.kind == "need"]
    return [one for one in found if one.state == "open"]
