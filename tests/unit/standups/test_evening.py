"""When the evening check asks, and how its setting is typed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import Refused
from core.standups import evening
from core.standups.evening import EveningSettings
from core.standups.round import Plan

MONDAY = date(2026, 11, 23)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PLAN = Plan((0, 1, 2, 3, 4), time(9, 30), timedelta(hours=4), date(2026, 1, 1), LONG_AGO)
BERLIN = ZoneInfo("Europe/Berlin")


def _due(text, set_at=LONG_AGO, at="17:30"):
    now = datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    return evening.due_on(PLAN, at, set_at, BERLIN, now)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23 17:29", None),
        ("2026-11-23 17:30", MONDAY),
        ("2026-11-23 21:29", MONDAY),
        ("2026-11-23 21:30", None),  # too late to be useful
        ("2026-11-22 18:00", None),  # a Sunday
    ],
)
def test_the_evening_is_due_for_four_hours_on_the_standups_days(now, day):
    assert _due(now) == day


def test_a_late_evening_reaches_into_the_next_day():
    assert _due("2026-11-24 01:00", at="23:00") == MONDAY


def test_nobody_is_asked_for_an_hour_that_was_over_when_it_was_set():
    set_at = datetime(2026, 11, 23, 18, 0, tzinfo=BERLIN)
    assert _due("2026-11-23 19:00", set_at) is None
    assert _due("2026-11-24 17:30", set_at) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("17:30", EveningSettings("17:30", True)),
        ("17.30 off", EveningSettings("17:30", False)),
        ("6pm", EveningSettings("18:00", True)),
        ("off", EveningSettings(None, False)),
        ("on count on", EveningSettings(None, True, True)),
        ("count off", EveningSettings(None, None, False)),
        ("18 counted", EveningSettings("18:00", True, True)),
    ],
)
def test_settings_as_they_are_typed(text, wish):
    assert evening.read(text) == wish


@pytest.mark.parametrize("text", ["soon", "25:00", "17:61", "9:00", "on off", "17:00 18:00"])
def test_what_is_no_setting_is_refused_with_how_to_write_it(text):
    with pytest.raises(Refused):
        evening.read(text)
