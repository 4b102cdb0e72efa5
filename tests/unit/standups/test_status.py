"""Slack statuses read as days away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.calendar import zone
from core.standups.absence import DaySpan
from core.standups.slack_status import SlackStatus, away_span

NOW = datetime(2026, 7, 27, 8, 0, tzinfo=UTC)
ENDS = datetime(2026, 8, 3, 21, 59, tzinfo=UTC)
BERLIN = zone("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Vacationing", "palm_tree"),
        ("", "palm_tree"),
        ("Out sick", "face_with_thermometer"),
        ("OOO back soon", "speech_balloon"),
        ("Urlaub!", "sunny"),
        ("on annual leave", ""),
    ],
)
def test_a_status_that_looks_away_gives_the_days_to_its_end(text, emoji):
    found = away_span(SlackStatus(text, emoji, ENDS), NOW, BERLIN)
    assert found == DaySpan(date(2026, 7, 27), date(2026, 8, 3))


@pytest.mark.parametrize(
    "status",
    [
        SlackStatus("In a meeting", "calendar", ENDS),
        SlackStatus("sickeningly good results", "tada", ENDS),
        SlackStatus("working remotely", "house", ENDS),
        SlackStatus("Vacationing", "palm_tree", None),
        SlackStatus("Vacationing", "palm_tree", NOW),
        SlackStatus("Vacationing", "palm_tree", NOW + timedelta(days=900)),
        SlackStatus("out of office until 11", "", NOW + timedelta(minutes=30)),
    ],
)
def test_any_other_status_says_nothing(status):
    assert away_span(status, NOW, BERLIN) is None


def test_an_end_by_noon_leaves_that_day_out_and_the_owners_clock_counts():
    morning = SlackStatus("vacation", "", datetime(2026, 8, 3, 7, 0, tzinfo=UTC))
    assert away_span(morning, NOW, BERLIN).last == date(2026, 8, 2)
    assert away_span(SlackStatus("vacation", "", ENDS), NOW, zone("Asia/Tokyo")).last == date(
        2026, 8, 3
    )


def test_the_same_status_has_the_same_mark_and_another_another():
    assert SlackStatus("a", "b", ENDS).mark == SlackStatus("a", "b", ENDS).mark
    assert SlackStatus("a", "b", ENDS).mark != SlackStatus("a", "b", ENDS + timedelta(days=1)).mark
