"""Nominal dates and the instants at which everybody is asked, in every zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.standups import round as rules
from core.standups.round import Plan

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WEEKDAYS = (0, 1, 2, 3, 4)


def plan(at: str = "09:30", days=WEEKDAYS, hours: float = 4, **more) -> Plan:
    given = {"starts_on": date(2026, 1, 1), "set_at": LONG_AGO} | more
    return Plan(days, time.fromisoformat(at), timedelta(hours=hours), **given)


def test_a_round_from_auckland_to_los_angeles_has_one_date_and_opens_at_the_first_morning():
    zones = {"A": "Pacific/Auckland", "L": "America/Los_Angeles"}
    found = rules.times(plan(), date(2026, 11, 23), zones)
    assert found.due_at["A"] == datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # Monday there
    assert found.due_at["L"] == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert found.opens_at == found.due_at["A"]
    assert found.closes_at == found.due_at["L"] + timedelta(hours=4)


@pytest.mark.parametrize(
    ("day", "zone", "at", "expected"),
    [
        # the gap: 02:30 does not exist, the first valid instant after it does
        (date(2027, 3, 28), "Europe/Berlin", "02:30", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        # the fold: 02:30 comes twice, the first one counts
        (date(2026, 10, 25), "Europe/Berlin", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 11, 23), "Asia/Kolkata", "09:30", datetime(2026, 11, 23, 4, 0, tzinfo=UTC)),
        # the Friday before and the Monday after New York's change differ by an hour in UTC
        (
            date(2026, 10, 30),
            "America/New_York",
            "09:30",
            datetime(2026, 10, 30, 13, 30, tzinfo=UTC),
        ),
        (
            date(2026, 11, 2),
            "America/New_York",
            "09:30",
            datetime(2026, 11, 2, 14, 30, tzinfo=UTC),
        ),
    ],
)
def test_everybody_is_asked_by_their_own_clock(day, zone, at, expected):
    found = rules.times(plan(at, tuple(range(7))), day, {"U": zone})
    assert found.due_at == {"U": expected}


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(st.sampled_from(sorted(available_timezones())), min_size=1, max_size=4),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    days=st.sets(st.integers(0, 6), min_size=1),
)
def test_over_a_year_each_member_is_asked_exactly_once_per_nominal_date(names, at, days):
    zones = {f"U{n}": name for n, name in enumerate(names)}
    daily = Plan(tuple(sorted(days)), at, timedelta(hours=4), date(2026, 1, 1), LONG_AGO)
    asked = dict.fromkeys(zones, 0)
    nominal = 0
    for day in (date(2026, 6, 1) + timedelta(days=n) for n in range(365)):
        if day.weekday() not in daily.days:
            continue
        nominal += 1
        found = rules.times(daily, day, zones)
        for user, due in found.due_at.items():
            # a tick at that very instant knows the date, finds it open, and not yet over
            assert day in rules.dates(daily, due)
            assert found.opens_at <= due < found.closes_at
            assert due.astimezone(ZoneInfo(zones[user])).date() in {day, day + timedelta(days=1)}
            asked[user] += 1
    assert set(asked.values()) == {nominal}


def test_weekends_and_days_not_chosen_have_no_round():
    found = rules.dates(plan(days=(0, 2)), datetime(2026, 11, 29, 12, tzinfo=UTC))  # a Sunday
    assert found == [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 30)][:2]


def test_a_date_before_the_first_one_has_no_round():
    late = plan(starts_on=date(2026, 11, 24))
    assert rules.dates(late, datetime(2026, 11, 23, 23, tzinfo=UTC)) == [date(2026, 11, 24)]


def test_nobody_is_asked_for_an_hour_that_was_over_when_it_was_set_up():
    ten = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    zones = {"A": "Pacific/Auckland", "L": "America/Los_Angeles"}
    found = rules.times(plan(set_at=ten), date(2026, 11, 23), zones)
    assert list(found.due_at) == ["L"]
    assert rules.times(plan(set_at=ten), date(2026, 11, 23), {"A": "Pacific/Auckland"}) is None


def test_the_next_round_skips_what_is_done_and_the_weekend():
    friday = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    zones = {"U": "UTC"}
    assert rules.first_after(plan(), zones, friday).on == date(2026, 11, 27)
    done = {date(2026, 11, 27)}
    assert rules.first_after(plan(), zones, friday, done=done).on == date(2026, 11, 30)
    assert rules.first_after(plan(), {}, friday) is None
