"""When somebody who owes an answer is reminded, and every how many weeks a standup asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from core.calendar import zone
from core.standups.reminder import Owed, is_due
from core.standups.round import Plan

DUE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FOUR_HOURS = timedelta(hours=4)
OWED = Owed(DUE, DUE, DUE + FOUR_HOURS, FOUR_HOURS, 0)
UTC_ZONE = zone("UTC")


def _fires(owed, zone_name="UTC"):
    """Minutes after the prompt at which a reminder goes out, day and night, for two days."""
    fired = []
    for minute in range(2 * 24 * 60):
        now = DUE + timedelta(minutes=minute)
        if is_due(owed, now, zone(zone_name)):
            fired.append(minute)
            owed = replace(owed, nudges=owed.nudges + 1, told_at=now)
    return fired


def test_halfway_and_an_hour_before_the_close_and_never_again():
    assert _fires(OWED) == [120, 180]


def test_a_short_round_keeps_the_two_apart():
    assert _fires(replace(OWED, closes_at=DUE + FOUR_HOURS / 2, open_for=FOUR_HOURS / 2)) == [
        60,
        105,
    ]


def test_only_in_the_working_hours_of_that_person():
    assert _fires(OWED, "Pacific/Auckland") == []
    long_open = replace(OWED, closes_at=DUE + timedelta(hours=20))
    assert _fires(long_open, "America/Los_Angeles") == [(17 - 9) * 60 - 30]  # nine in the morning


def test_asked_late_reminded_later():
    asked = DUE + timedelta(hours=2)
    assert not is_due(replace(OWED, told_at=asked), asked + timedelta(minutes=5), UTC_ZONE)
    assert is_due(replace(OWED, told_at=asked), asked + timedelta(minutes=45), UTC_ZONE)


def test_every_so_many_weeks_is_counted_from_its_monday():
    monday = date(2026, 11, 23)
    plan = Plan((0, 3), time(9, 30), FOUR_HOURS, monday, DUE, weeks=3, weeks_from=monday)
    days = [monday + timedelta(days=n) for n in range(50)]
    assert [str(day)[5:] for day in days if plan.has(day)] == [
        "11-23", "11-26", "12-14", "12-17", "01-04", "01-07",
    ]  # fmt: skip
