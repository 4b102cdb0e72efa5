"""The sandbox's clock: real time plus an offset that people and tests may push forward."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.shapes import ControlError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS_S = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


class SandboxClock:
    """now = real time + offset. Hand ``clock.now`` to the bot; it never goes back by itself.

    at: what it shows at the start (aware; it may lie in the past); real time without it.
    """

    def __init__(
        self, clock_file: Path | str | None = None, *, at: datetime | None = None
    ) -> None:
        self.offset_s = at.timestamp() - _real() if at else 0.0
        self.clock_file = Path(clock_file) if clock_file else None
        self.listeners: list[Callable[[], None]] = []
        self._changed = asyncio.Event()
        self._write()

    def now(self) -> datetime:
        """The sandbox's time, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def time(self) -> float:
        """The sandbox's time in seconds since 1970."""
        return _real() + self.offset_s

    def advance(self, seconds: float) -> None:
        """Move the clock forward by ``seconds``; refuses to go back."""
        if seconds < 0:
            raise ControlError("The clock does not go back, except with the preset 'now'.")
        self.move(self.offset_s + seconds)

    def set(self, moment: datetime) -> None:
        """Move the clock to ``moment`` (aware); refuses a moment that has passed."""
        if moment.tzinfo is None:
            raise ControlError("Give the time with its offset, like 2026-11-27T16:00:00+01:00.")
        self.advance(moment.timestamp() - self.time())

    def preset(self, name: str, tz: str = "UTC") -> None:
        """``now``, ``+90m``, ``+1d``, ``next 09:00`` or ``friday 16:00`` (in zone ``tz``)."""
        if name == "now":
            self.move(0.0)
            return
        if name.startswith("+"):
            self.advance(_duration_s(name[1:]))
            return
        self.set(_upcoming(name, self.now().astimezone(zone_of(tz))))

    async def until(self, moment_s: float) -> None:
        """Wait until the sandbox's time reaches ``moment_s``, however it gets there."""
        while (left_s := moment_s - self.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), left_s)

    def move(self, offset_s: float) -> None:
        """Set the offset, write it down, and tell whoever listens."""
        self.offset_s = offset_s
        self._write()
        pulse, self._changed = self._changed, asyncio.Event()
        pulse.set()
        for listener in self.listeners:
            listener()

    def _write(self) -> None:
        """Keep the file whole at every moment: another process reads it at each look."""
        if self.clock_file is None:
            return
        self.clock_file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.clock_file.with_name(self.clock_file.name + ".new")
        fresh.write_text(f"{self.offset_s:.6f}\n", encoding="ascii")
        fresh.replace(self.clock_file)


def _real() -> float:
    return time.time()  # noqa: TID251 - the sandbox's one place


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name, or a ControlError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ControlError(f"There is no time zone called {name!r}.") from error


def _duration_s(text: str) -> float:
    try:
        return float(text[:-1]) * UNITS_S[text[-1:]]
    except (KeyError, ValueError) as error:
        raise ControlError("A step is a number and m, h, d or w, like +90m or +1d.") from error


def _upcoming(name: str, local: datetime) -> datetime:
    """The next moment after ``local`` with that wall time (and weekday, when one is named)."""
    day, _, clock_time = name.partition(" ")
    try:
        hour, minute = (int(part) for part in clock_time.split(":"))
        target = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        ahead = 0 if day == "next" else (WEEKDAYS.index(day.lower()) - local.weekday()) % 7
    except ValueError as error:
        raise ControlError("Say 'next 09:00', 'friday 16:00', '+1h', '+1d' or 'now'.") from error
    target += timedelta(days=ahead)
    if target <= local:
        target += timedelta(days=1 if day == "next" else 7)
    return target
