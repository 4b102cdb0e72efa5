"""The days the suite can be run on are the days they are called by, whenever it is run."""

from datetime import UTC, datetime, timedelta

from tests.clocks import moments

FIRST = datetime(2026, 12, 1, 1, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=n, hours=n % 24) for n in range(1500)]


def test_each_clock_is_what_its_name_says():
    for now in DAYS:
        found = moments(now)
        assert all(there > now - timedelta(hours=15) for there in found.values()), now
        assert (found["leap"].month, found["leap"].day) == (2, 29)
        assert found["midnight"] - now <= timedelta(days=1)
        change = found["change"]
        assert (change.month, change.weekday(), change.day > 24) == (10, 6, True)
