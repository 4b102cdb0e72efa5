"""Two years of rounds in every IANA zone: the clock changes, and each date still fires once."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from core.standups.round import Plan, Times, dates, times

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
START = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(minutes=30)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def _offset(at: datetime) -> timedelta:
    found = at.utcoffset()
    assert found is not None
    return found


def _changes(where: ZoneInfo) -> tuple[date, ...]:
    """The days whose noon has another offset than the noon before."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    noons = [_offset(datetime.combine(day, time(12), tzinfo=where)) for day in days]
    return tuple(day for n, day in enumerate(days[1:]) if noons[n] != noons[n + 1])


@cache
def changes() -> dict[str, tuple[date, ...]]:
    """When the clock changes, by zone; one stands for all that change by the same half hours."""
    alike: dict[tuple[object, ...], tuple[str, tuple[date, ...]]] = {}
    for name in sorted(available_timezones()):
        where = ZoneInfo(name)
        days = _changes(where)
        start = [datetime.combine(d, time(), tzinfo=UTC) - timedelta(days=1) for d in days]
        halves = [at + n * TICK for at in start or [START] for n in range(4 * 24)]
        key = (days, *(_offset(at.astimezone(where)) for at in halves))
        alike.setdefault(key, (name, days))
    return dict(alike.values())


def _plan(at: time) -> Plan:
    return Plan(EVERY_DAY, at, timedelta(hours=4), FIRST, datetime(2025, 12, 1, tzinfo=UTC))


def _fired(plan: Plan, zone: str, start: datetime, end: datetime) -> list[tuple[date, datetime]]:
    """What a ticking clock that keeps only the dates done so far sends between two instants."""
    of = cache(lambda day: times(plan, day, {"U1": zone}))  # the same at every tick
    done: set[date] = set()
    fired = []
    now = start
    while now < end:
        for day in dates(plan, now):
            due = of(day)
            if due and day not in done and due.due_at["U1"] <= now:
                done.add(day)
                fired.append((day, now))
        now += TICK
    return fired


def test_half_the_zones_change_their_clocks_or_the_test_is_blind() -> None:
    """There is something to see: many zones change, and some by other than an hour."""
    assert len(changes()) > 60
    assert sum(bool(days) for days in changes().values()) > 20
    assert "Australia/LHI" in changes()  # by half an hour


@pytest.mark.parametrize("at", ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:30"])
def test_every_date_has_one_instant_in_every_zone_for_two_years(at: str) -> None:
    """At hours that a clock change skips or repeats, too; and the instants go forward."""
    plan = _plan(time.fromisoformat(at))
    for zone in changes():
        before: Times | None = None
        day = FIRST
        while day <= LAST:
            found = times(plan, day, {"U1": zone})
            assert found is not None, (zone, day)
            here = found.due_at["U1"].astimezone(ZoneInfo(zone))
            assert here.date() == day, (zone, day, here)
            assert here.time() >= plan.at, (zone, day, here)
            if before is not None:
                gone = found.due_at["U1"] - before.due_at["U1"]
                assert timedelta(hours=21) <= gone <= timedelta(hours=27), (zone, day)
            before, day = found, day + timedelta(days=1)


@pytest.mark.parametrize("at", ["00:30", "02:30", "09:30"])
def test_around_every_clock_change_a_ticking_clock_fires_each_date_once(at: str) -> None:
    """Three days of ticks around each change: no date is left out, none comes twice."""
    plan = _plan(time.fromisoformat(at))
    for zone, days in changes().items():
        for change in days:
            start = datetime.combine(change - timedelta(days=2), time(0, 7), tzinfo=UTC)
            fired = _fired(plan, zone, start, start + timedelta(days=4))
            named = [day for day, _ in fired]
            assert len(named) == len(set(named)), (zone, change)
            inner = {change + timedelta(days=n) for n in (-1, 0)}
            assert inner <= set(named), (zone, change, named)
