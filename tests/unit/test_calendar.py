"""Local times in every zone, gaps and folds included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from core import calendar
from core.errors import Refused


def test_a_time_in_the_spring_gap_becomes_the_first_valid_instant_after_it():
    berlin = ZoneInfo("Europe/Berlin")
    found = calendar.instant(date(2027, 3, 28), time(2, 30), berlin)
    assert found.astimezone(berlin).isoformat() == "2027-03-28T03:00:00+02:00"


def test_a_time_in_the_autumn_fold_is_the_first_occurrence():
    berlin = ZoneInfo("Europe/Berlin")
    found = calendar.instant(date(2026, 10, 25), time(2, 30), berlin)
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("start", [date(2026, 1, 1), date(2027, 1, 1)])
def test_in_every_zone_the_local_day_has_one_instant_and_they_go_forward(start):
    for name in sorted(available_timezones()):
        where = ZoneInfo(name)
        before = None
        for n in range(0, 366):
            day = start + timedelta(days=n)
            found = calendar.instant(day, time(2, 30), where)
            local = found.astimezone(where)
            gone = local.date() != day  # a zone may skip a whole day at the date line
            assert gone or local.time() >= time(2, 30), (name, day)
            assert before is None or found >= before
            before = found


def test_working_days_leave_weekends_out():
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert calendar.working_days_between(friday, monday) == 1
    assert calendar.working_days_between(monday, friday) == 0


def test_working_hours_are_nine_to_six_on_weekdays_there():
    auckland = ZoneInfo("Pacific/Auckland")
    sunday_evening_utc = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # Monday 09:30 there
    assert calendar.is_working_hour(sunday_evening_utc, auckland)
    assert not calendar.is_working_hour(sunday_evening_utc, ZoneInfo("UTC"))


def test_the_next_friday_at_four_is_found_across_a_clock_change():
    berlin = ZoneInfo("Europe/Berlin")
    found = calendar.next_time(datetime(2026, 10, 24, 12, tzinfo=UTC), time(16), berlin, days=(4,))
    assert found == datetime(2026, 10, 30, 15, tzinfo=UTC)


def test_an_unknown_zone_is_refused_with_an_example():
    with pytest.raises(Refused, match=r"no time zone I know") as refusal:
        calendar.known_zone("Berlin Time")
    assert "Europe/Berlin" in refusal.value.hint
