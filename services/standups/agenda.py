"""When a standup comes next, by its people's own clocks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from core.standups import round as rules
from core.standups.round import Plan
from models.standups import standup as table
from models.standups.standup import Standup
from services.desk import Desk, desk_of
from services.ports import Lab
from services.standups import roster

_EVER = datetime.min.replace(tzinfo=UTC)


@contextmanager
def held(lab: Lab, standup_id: int, now: datetime) -> Iterator[tuple[Desk, Standup] | None]:
    """The standup, locked, at its team's desk at the hour of a job; None when it is gone."""
    with lab.begin() as session:
        standup = table.lock(session, standup_id)
        if standup is None:
            yield None
            return
        with desk_of(lab.within(session), standup.team_id, now, lock=False) as here:
            yield here, standup


def plan_of(standup: Standup) -> Plan:
    """When that standup asks."""
    return Plan(
        days=tuple(standup.days),
        at=time.fromisoformat(standup.at),
        open_for=timedelta(minutes=standup.close_after),
        starts_on=max(standup.starts_on, _over_on(standup)),
        set_at=standup.set_at,
        weeks=standup.weeks,
        weeks_from=standup.weeks_from,
    )


def _over_on(standup: Standup) -> date:
    """The day after its pause, or the first day there is."""
    return standup.paused_to + timedelta(days=1) if standup.paused_to else date.min


def zones_of(here: Desk, standup: Standup) -> dict[str, str]:
    """The zone of everybody in the standup who is still in the workspace and no observer."""
    known = here.people
    there = [user for user in table.everyone(standup) if known.is_welcome(user)]
    return {user: known.get(user).zone or here.team.zone for user in there}


def next_of(here: Desk, standup: Standup) -> rules.Times | None:
    """The next round that has not been opened, or None while nobody is left to ask."""
    return next_of_all(here, [standup])[0]


def next_of_all(here: Desk, standups: Sequence[Standup]) -> list[rules.Times | None]:
    """The same of each of them, read at once."""
    return _coming(here, [(s, plan_of(s), zones_of(here, s)) for s in standups])


def next_for(
    here: Desk, standups: Sequence[Standup], user_id: str
) -> list[tuple[Standup, rules.Times]]:
    """Those of the standups that will ask that person again, with the next round of each."""
    asked = []
    for standup in standups:
        zones = zones_of(here, standup)
        theirs = {user_id: zones[user_id]} if user_id in zones else {}
        asked.append((standup, plan_of(standup), theirs))
    found = zip(standups, _coming(here, asked), strict=True)
    return [(standup, times) for standup, times in found if times is not None]


def next_turn(here: Desk, user_id: str) -> tuple[datetime, date] | None:
    """When (UTC), and for which date, a standup of the team asks that person next, or None."""
    running = [s for s in table.of_team(here.session, here.team_id) if s.active]
    found = next_for(here, running, user_id)
    return min(((times.due_at[user_id], times.on) for _, times in found), default=None)


def next_day(here: Desk, user_id: str) -> date | None:
    """The next date on which any standup of the team asks that person, or None."""
    found = next_turn(here, user_id)
    return found[1] if found else None


def first_date_of(here: Desk, standup: Standup) -> date:
    """The first date on which nobody's hour is over yet: where a new schedule starts."""
    start = max(here.now.date(), _over_on(standup))
    plan = replace(plan_of(standup), starts_on=start, set_at=_EVER)
    [found] = _coming(here, [(standup, plan, zones_of(here, standup))])
    return found.on if found else plan.starts_on


def _coming(
    here: Desk, asked: Sequence[tuple[Standup, Plan, Mapping[str, str]]]
) -> list[rules.Times | None]:
    if not asked:
        return []
    ids = [standup.pk for standup, _, _ in asked]
    done = table.dates_done(here.session, ids, here.now.date() - timedelta(days=9))
    everybody = {user for _, _, zones in asked for user in zones}
    is_away = roster.call(here, everybody).is_away
    return [
        rules.first_after(plan, zones, here.now, done=done[standup.pk], is_away=is_away)
        for standup, plan, zones in asked
    ]
