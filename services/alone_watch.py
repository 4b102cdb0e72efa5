"""Telling leads, once per episode and never in public, that somebody works alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from core import alone as rules
from core import calendar
from core.alone import Alone, Over
from core.errors import Refused
from models import occurrence, outbox
from models import team as people
from services import alone, experiment
from services import team as teams
from services.desk import Desk, Show, desk
from services.ports import Lab

MOST_A_DAY = 3  # new ones in one place
_LOOK, _SNOOZE, _OVER = "alone look", "alone snooze", "alone over"


@dataclass(frozen=True)
class _Reader:
    """Where leads read. place: their channel or one of them. zone: whose working hours."""

    place: str
    zone: ZoneInfo


def watch(lab: Lab, workspace: str, show: Show) -> None:
    """Once a day in each reader's working hours: tell what is new, mark what is over."""
    with desk(lab, workspace, show) as here:
        found: list[Alone] | None = None
        today = experiment.today_of(here.team, here.now)
        for reader in _readers(here):
            if not _is_turn(here, reader):
                continue
            found = alone.read(here, today) if found is None else found
            _close(here, reader, found)
            _tell(here, reader, found, today)


def snooze(lab: Lab, workspace: str, value: str, show: Show, *, by: str) -> Alone:
    """Say nothing about that person for two weeks, then once more if it still holds.

    value: the episode, as its button carries it. Raises NotAllowed, Refused (over, too old).
    """
    with desk(lab, workspace, show) as here:
        teams.require_lead(here.session, here.team, by, "snooze this")
        today = experiment.today_of(here.team, here.now)
        every = alone.read(here, today)
        current = next((one for one in every if one.owner == value.split("/")[0]), None)
        if current is None:
            raise Refused("That is over: there is news, or nothing of theirs runs any more.")
        until = today + rules.SNOOZE
        known = occurrence.latest(here.session, _SNOOZE, _subject(here, current.owner))
        if known is None or known <= today:
            subject = _subject(here, current.owner)
            occurrence.claim(here.session, _SNOOZE, subject, until, now=here.now)
        else:
            until = known
        shown = replace(current, snoozed_until=until, snoozed_by=by)
        for key in outbox.keys(here.session, f"alone:{here.team_id}:"):
            if _episode(key) == name_of(current):
                here.edit(key, shown)
        return shown


def name_of(one: Alone) -> str:
    """What a button and a message's key call that episode."""
    return f"{one.owner}/{one.kind}/{one.since}"


def _readers(here: Desk) -> list[_Reader]:
    """The leads' channel unless it is the team's; else each lead."""
    team = here.team
    if team.leads_channel and team.leads_channel != team.team_channel:
        return [_Reader(team.leads_channel, calendar.zone(team.zone))]
    leads = people.leads(here.session, team)
    return [_Reader(lead, here.zone_of(lead)) for lead in leads]


def _is_turn(here: Desk, reader: _Reader) -> bool:
    if not calendar.is_working_hour(here.now, reader.zone):
        return False
    day = calendar.local(here.now, reader.zone).date()
    subject = _subject(here, reader.place)
    return occurrence.claim(here.session, _LOOK, subject, day, now=here.now)


def _tell(here: Desk, reader: _Reader, found: Sequence[Alone], today: date) -> None:
    told = 0
    for one in found:
        until = occurrence.latest(here.session, _SNOOZE, _subject(here, one.owner))
        silent = until is not None and until > today
        if silent or not one.here or one.owner == reader.place or told == MOST_A_DAY:
            continue
        again = f":{until}" if until and until > one.since else ""
        key = f"alone:{here.team_id}:{reader.place}:{name_of(one)}{again}"
        told += here.post(key, reader.place, one)


def _close(here: Desk, reader: _Reader, found: Sequence[Alone]) -> None:
    alone_still = {one.owner for one in found}
    for key in outbox.keys(here.session, f"alone:{here.team_id}:{reader.place}:"):
        owner, _, since = _episode(key).split("/")
        day = date.fromisoformat(since)
        if owner not in alone_still and occurrence.claim(
            here.session, _OVER, key, day, now=here.now
        ):
            here.edit(key, Over(teams.name_of(here.session, here.team, owner)))


def _episode(key: str) -> str:
    return key.split(":")[3]


def _subject(here: Desk, who: str) -> str:
    return f"{here.team_id}:{who}"
