"""`python -m tests.clocks leap`: the suite as it runs on another day.

The machine's clock is shifted for pytest and everything it starts (the bot's processes,
Postgres) by libfaketime, which comes as a Python package. Only the wall clock moves:
what waits, waits by the monotonic clock.
"""

import argparse
import calendar
import importlib.util
import os
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.clock import clock

LIBRARY = "vendor/libfaketime/src/libfaketime.so.1"


def moments(now: datetime) -> dict[str, datetime]:
    """The five clocks, by name; none is further back than this morning."""
    return {
        "now": now,
        "year": now + timedelta(days=365),
        "leap": _next_leap_day(now),
        "midnight": _next(now, time(23, 40)),  # the day ends while the suite runs
        "change": _next_change(now),  # Berlin's clocks go back twenty minutes in
    }


def _next(now: datetime, at: time) -> datetime:
    there = datetime.combine(now.date(), at, tzinfo=UTC)
    return there if there > now else there + timedelta(days=1)


def _next_leap_day(now: datetime) -> datetime:
    year = now.year + (now.month > 1)
    while not calendar.isleap(year):
        year += 1
    return datetime(year, 2, 29, 10, tzinfo=UTC)


def _next_change(now: datetime) -> datetime:
    year = now.year + (now.month > 9)
    last = datetime(year, 10, 31, 0, 40, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() - 6) % 7)


def shifted(by: timedelta) -> dict[str, str]:
    """The environment in which programs see that much later a time."""
    found = importlib.util.find_spec("libfaketime")
    assert found is not None
    assert found.origin is not None
    return {
        "LD_PRELOAD": str(Path(found.origin).parent / LIBRARY),
        "FAKETIME": f"{by.total_seconds():+.0f}",
        "DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def script() -> str:
    """What makes a page in the browser see the same clock as this process."""
    later_ms = float(os.environ.get("FAKETIME", "0")) * 1000
    return f"const real = Date.now; Date.now = () => real() + {later_ms};"


def main() -> None:
    """Become pytest under that clock."""
    now = clock("0")()
    there = moments(now)
    parser = argparse.ArgumentParser(prog="python -m tests.clocks")
    parser.add_argument("name", choices=there)
    given, rest = parser.parse_known_args()
    print(f"The clock shows {there[given.name]:%a %d %b %Y, %H:%M} UTC.", flush=True)
    run = [sys.executable, "-m", "pytest", *rest]
    os.execve(sys.executable, run, os.environ | shifted(there[given.name] - now))


if __name__ == "__main__":
    main()
