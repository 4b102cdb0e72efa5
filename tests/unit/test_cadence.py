"""When a weekly thing was due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from core import calendar

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 27)


def _due(since, now, where=BERLIN):
    return calendar.firings(since, now, weekday=4, at=time(16), where=where)


def test_it_is_due_from_its_instant_on_and_not_before():
    four = datetime(2026, 11, 27, 15, tzinfo=UTC)
    week_before = four - timedelta(days=6)
    assert _due(week_before, four - timedelta(seconds=1)) == []
    assert _due(week_before, four) == [FRIDAY]
    assert _due(four, four + timedelta(days=3)) == []


def test_all_that_were_due_meanwhile_come_oldest_first_and_at_most_sixty():
    since = datetime(2026, 11, 2, tzinfo=UTC)
    assert _due(since, datetime(2026, 11, 28, tzinfo=UTC)) == [
        date(2026, 11, day) for day in (6, 13, 20, 27)
    ]
    assert len(_due(datetime(2000, 1, 1, tzinfo=UTC), since)) == 60


def test_in_every_zone_a_year_has_one_firing_a_week():
    since, now = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    for name in sorted(available_timezones()):
        found = _due(since, now, ZoneInfo(name))
        assert len(found) == 52, name
        assert {day.weekday() for day in found} == {4}


def test_the_monday_of_an_iso_week_is_the_same_for_all_its_days():
    assert {calendar.monday(FRIDAY + timedelta(days=n)) for n in range(-4, 3)} == {
        date(2026, 11, 23)
    }
