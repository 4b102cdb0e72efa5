"""What everybody's Home tab shares, read once per team however many look at it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from core import calendar, holiday
from core.blockers.blocker import Blocker
from core.digest.need import Need
from core.experiments.experiment import Experiment
from core.experiments.headline import headline as headline_of
from core.experiments.stands import called
from core.standups.absence import DaySpan
from core.workspace.home import Me, Status, status
from models import people
from models.digest import digest as digests
from models.people import Person
from models.standups import absence as absences
from models.standups import standup as standups
from services.blockers import blocker
from services.desk import Desk
from services.digest import need
from services.experiments import experiment, headline
from services.standups import roster


@dataclass(frozen=True)
class Board:
    """One team at one instant. needs: the open ones; deciders: who is asked for any that is in the
    next digest. leads, asked (by a standup): user ids. away: absences that run or come, by person.
    everything: what is open.
    """

    everything: Sequence[Experiment]
    stale: frozenset[int]
    stuck: Sequence[Blocker]
    needs: Sequence[Need]
    deciders: frozenset[str]
    leads: Sequence[str]
    status: Status
    has_standup: bool = False
    asked: frozenset[str] = frozenset()
    away: Mapping[str, DaySpan] = field(default_factory=dict)


def me(here: Desk, row: Person, away: DaySpan | None) -> Me:
    """How the bot treats that person. away: the absence that runs or comes."""
    zone = row.zone or here.team.zone
    today = calendar.local(here.now, calendar.zone(zone)).date()
    country = roster.country_of(row, here.team)
    return Me(
        zone=zone,
        today=today,
        own_zone=bool(row.own_zone),
        country="" if country == holiday.NONE else country,
        own_country=bool(row.country),
        nudges=row.nudges,
        away=away if away and away.last >= today else None,
    )


def away_of(here: Desk, users: Collection[str]) -> dict[str, DaySpan]:
    """The absence of each of those people that runs or comes next."""
    found: dict[str, DaySpan] = {}
    since = here.now.date() - timedelta(days=1)
    for row in absences.of_people(here.session, here.team.workspace, users, since):
        found.setdefault(row.user_id, DaySpan(row.first_day, row.last_day))
    return found


def read(here: Desk) -> Board:
    """The team as it is now."""
    session, theirs, now = here.session, here.team, here.now
    everything = experiment.open_of(session, theirs)
    stale = experiment.stale_among(everything, theirs, now, policy=here.policy)
    standing = standups.of_team(session, theirs.pk)
    stuck = blocker.open_of_team(session, theirs, now)
    today = experiment.today_of(theirs, now)
    metric = headline.standing_for(session, theirs, everything)
    known = [*everything, *headline.promoted(session, theirs, metric)]
    head = headline_of(metric, known, (), on=today)
    needs = _needs(here)
    return Board(
        everything=everything,
        stale=stale,
        stuck=stuck,
        needs=[one for one in needs if one.state == "open"],
        deciders=frozenset(one.note.owner for one in needs),
        leads=people.leads(session, theirs),
        status=replace(
            status(everything, head, today, stale=len(stale), blockers=len(stuck)),
            called=called(head, known),
        ),
        has_standup=bool(standing),
        asked=standups.asked(standing),
        away=away_of(here, here.people.by_id),
    )


def _needs(here: Desk) -> list[Need]:
    rows = digests.open_notes(here.session, here.team_id)
    return [need.value(here, row) for row in rows if row.kind == "need"]
