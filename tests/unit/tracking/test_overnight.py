"""What a night is, and when a loss has settled."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.tracking import overnight

BERLIN = ZoneInfo("Europe/Berlin")


def points(*values):
    return [[step, value] for step, value in enumerate(values)]


@pytest.mark.parametrize(
    ("told", "settled"),
    [
        ((4, 3, 2, 1.5, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), True),
        ((4, 3.8, 3.6, 3.4, 3.2, 3.0, 2.8, 2.6), False),
        ((4, 3, 2, 1, 0.9, 0.9, 1.4, 1.8), True),  # it rises again: it falls no more
        ((4, 1), None),
        ((1, 1, 1, 1, 1, 1, 1, 1), None),
        ((4, 3, None, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1), True),
    ],
)
def test_a_loss_has_settled_when_it_falls_no_more(told, settled):
    assert overnight.has_settled(points(*told)) is settled


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (datetime(2026, 11, 30, 8, tzinfo=UTC), datetime(2026, 11, 27, 17, tzinfo=UTC)),
        # the clocks went back on Sunday 25 October
        (datetime(2026, 10, 26, 8, tzinfo=UTC), datetime(2026, 10, 23, 16, tzinfo=UTC)),
    ],
)
def test_a_night_begins_in_the_evening_of_the_last_working_day(now, since):
    assert overnight.begins(now, BERLIN) == since


@pytest.mark.parametrize(
    ("now", "is_it"),
    [
        (datetime(2026, 12, 1, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 10, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 29, 9, 0, tzinfo=UTC), False),
    ],
)
def test_it_is_told_from_nine_to_noon_of_a_working_day(now, is_it):
    assert overnight.is_morning(now, BERLIN) is is_it
