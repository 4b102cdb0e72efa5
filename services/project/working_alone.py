"""Who works alone, read from the records (one statement per person at most), and telling leads so,
once per episode and never in public.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core import calendar
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.project import working_alone as rules
from core.project.working_alone import Alone, Trace
from models import occurrence, outbox, people
from models.blockers import blocker as blockers
from models.experiments import effort
from models.experiments import learning as learnings
from models.standups import answer as answers
from services import team as teams
from services.decisions import decider
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import roster
from views.project import working_alone as view

_MOST_BLOCKERS = 2_000
MOST_A_DAY = 3  # new ones in one place
_LOOK, _SNOOZE, _OVER = "alone look", "alone snooze", "alone over"


@dataclass(frozen=True)
class _Touch:
    """Somebody (user id) did something about an experiment. kind: work | told."""

    number: int
    who: str
    at: datetime
    kind: str


def read(here: Desk, today: date) -> list[Alone]:
    """Everybody who works alone, the longest first."""
    running = [e for e in experiment.open_of(here.session, here.team) if e.stage in rules.RUNNING]
    if not running:
        return []
    start = min(e.stage_since for e in running)
    said = answers.since(here.session, here.team_id, start)
    touches = [*_work(here, running, start), *_told(here, start)]
    touches += [_Touch(n, a.user_id, a.at, "told") for a, _ in said for n in a.experiments]
    about: dict[int, list[_Touch]] = {}
    for touch in touches:
        about.setdefault(touch.number, []).append(touch)
    owned: dict[str, list[Experiment]] = {}
    for one in running:
        owned.setdefault(one.owner, []).append(one)
    off = roster.read(here.session, here.team, owned, since=start.date() - timedelta(days=1))
    found = []
    for owner, theirs in owned.items():
        traces = [_trace(here, one, about.get(one.number, [])) for one in theirs]
        after = here.policy.alone_working_days
        judged = rules.judge(traces, today, partial(off.is_away, owner), after=after)
        if judged is not None:
            spoken = [a for a, _ in said if a.user_id == owner and _day(here, a.at) > judged.since]
            gone = off.is_away(owner, today) or decider.has_left(here.session, here.team, owner)
            name = here.name(owner)
            found.append(
                replace(judged, owner=owner, name=name, answers=len(spoken), here=not gone)
            )
    return sorted(found, key=lambda one: (-one.days, one.numbers))


def _trace(here: Desk, one: Experiment, touches: Sequence[_Touch]) -> Trace:
    mine = [t for t in touches if t.at >= one.stage_since]
    return Trace(
        number=one.number,
        since=_day(here, one.stage_since),
        own=_latest(here, (t for t in mine if t.kind == "work" and t.who == one.owner)),
        told=_latest(here, (t for t in mine if t.kind == "told")),
        others=_latest(here, (t for t in mine if t.who != one.owner)),
    )


def _latest(here: Desk, touches: Iterable[_Touch]) -> date | None:
    return max((_day(here, t.at) for t in touches), default=None)


def _work(here: Desk, running: Sequence[Experiment], start: datetime) -> list[_Touch]:
    """Results, changes, and what others did about blockers. A machine's are the owner's own."""
    owners = {e.number: e.owner for e in running}
    found = [
        _Touch(e.number, _person(look.author, e.owner), look.at, "work")
        for e in running
        for look in e.measurements
    ]
    found += [
        _Touch(number, _person(who, owners[number]), at, "work")
        for number, who, at in effort.touched_since(here.session, here.team_id, start)
        if number in owners
    ]
    return found + _helped(here, owners)


def _helped(here: Desk, owners: Mapping[int, str]) -> list[_Touch]:
    return [
        _Touch(number, str(step["who"]), datetime.fromisoformat(str(step["at"])), "work")
        for row in blockers.of_team(here.session, here.team_id, limit=_MOST_BLOCKERS)
        for number in row.experiments
        for step in row.trail
        if number in owners and step["who"]
    ]


def _told(here: Desk, start: datetime) -> list[_Touch]:
    after = here.now + timedelta(seconds=1)
    return [
        _Touch(number, row.user_id, row.at, "told")
        for row in learnings.between(here.session, here.team_id, start, after)
        for number in row.experiments
    ]


def _person(who: str, owner: str) -> str:
    return who if who.isalnum() else owner


def _day(here: Desk, at: datetime) -> date:
    return calendar.local(at, calendar.zone(here.team.zone)).date()


@dataclass(frozen=True)
class _Reader:
    """Where leads read. place: their channel or one of them. zone: whose working hours."""

    place: str
    zone: ZoneInfo


def watch(lab: Lab, team_id: int) -> None:
    """Once a day in each reader's working hours: tell what is new, mark what is over."""
    with desk(lab, team_id) as here:
        found: list[Alone] | None = None
        today = experiment.today_of(here.team, here.now)
        for reader in _readers(here):
            if not _is_turn(here, reader):
                continue
            found = read(here, today) if found is None else found
            _close(here, reader, found)
            _tell(here, reader, found, today)


def snooze(lab: Lab, team_id: int, value: str, *, by: str) -> Alone:
    """Say nothing about that person for two weeks, then once more if it still holds.

    value: the episode, as its button carries it. Raises NotAllowed, Refused (over, too old).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "snooze this")
        today = experiment.today_of(here.team, here.now)
        every = read(here, today)
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
                here.edit(key, view.alone(shown))
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
        told += here.post(key, reader.place, view.alone(one))


def _close(here: Desk, reader: _Reader, found: Sequence[Alone]) -> None:
    alone_still = {one.owner for one in found}
    for key in outbox.keys(here.session, f"alone:{here.team_id}:{reader.place}:"):
        owner, _, since = _episode(key).split("/")
        day = date.fromisoformat(since)
        if owner not in alone_still and occurrence.claim(
            here.session, _OVER, key, day, now=here.now
        ):
            here.edit(key, view.over(here.name(owner)))


def _episode(key: str) -> str:
    return key.split(":")[3]


def _subject(here: Desk, who: str) -> str:
    return f"{here.team_id}:{who}"
