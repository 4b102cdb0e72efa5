"""Who works alone, read from the records: one statement per person at most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from core import alone as rules
from core import calendar
from core.alone import Alone, Trace
from core.experiment import Experiment
from models import answer as answers
from models import blocker as blockers
from models import experiment as tickets
from models import learning as learnings
from services import decider, experiment, roll
from services import team as teams
from services.desk import Desk

_MOST_BLOCKERS = 2_000


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
    off = roll.read(here.session, here.team, owned, since=start.date() - timedelta(days=1))
    found = []
    for owner, theirs in owned.items():
        traces = [_trace(here, one, about.get(one.number, [])) for one in theirs]
        after = here.policy.alone_working_days
        judged = rules.judge(traces, today, partial(off.is_away, owner), after=after)
        if judged is not None:
            spoken = [a for a, _ in said if a.user_id == owner and _day(here, a.at) > judged.since]
            gone = off.is_away(owner, today) or decider.has_left(here.session, here.team, owner)
            name = teams.name_of(here.session, here.team, owner)
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
        for look in e.checkpoints
    ]
    found += [
        _Touch(number, _person(who, owners[number]), at, "work")
        for number, who, at in tickets.touched_since(here.session, here.team_id, start)
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
