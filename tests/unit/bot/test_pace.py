"""How fast the bot may talk."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.pace import Pace


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pace(clock):
    return Pace(clock)


def test_a_method_is_called_no_more_often_in_a_minute_than_its_tier_allows(pace, clock):
    most = pace.rooms()["profile"]
    for _ in range(most):
        pace.sent("profile")
    assert pace.rooms()["profile"] == 0
    assert pace.rooms()["update"] > 0
    clock.advance(62)
    assert pace.rooms()["profile"] == most


def test_a_channel_waits_a_second_after_each_message(pace, clock):
    pace.sent("post", "C1")
    assert pace.busy_channels() == {"C1"}
    clock.advance(1.1)
    assert pace.busy_channels() == set()


def test_retry_after_holds_the_method_or_the_channel(pace, clock):
    pace.hold("update", "C1", 30)
    pace.hold("post", "C2", 30)
    assert pace.rooms()["update"] == 0
    assert pace.busy_channels() == {"C2"}
    clock.advance(31)
    assert pace.rooms()["update"] > 0
    assert pace.busy_channels() == set()


def test_a_clock_that_was_set_back_holds_nothing_for_ever(pace, clock):
    for _ in range(100):
        pace.sent("profile")
    pace.hold("update", "C1", 60)
    pace.hold("post", "C2", 60)
    clock.advance(-3 * 3600)
    assert pace.rooms()["profile"] > 0
    assert pace.rooms()["update"] > 0
    assert pace.busy_channels() == set()
