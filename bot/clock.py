"""The one place that reads the time: real time plus an offset for demos and tests."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import BadConfig

_OFFSET = re.compile(r"^([+-]?\d+(?:\.\d+)?)([smhd]?)$")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def clock(offset: str) -> Callable[[], datetime]:
    """A clock of aware UTC datetimes.

    offset: `0`, `+3d`, `-2h`, or `@path` of a file that holds seconds and is read at each look,
    so that the sandbox can move the clock of a running bot. Raises BadConfig.
    """
    if offset.startswith("@"):
        path = Path(offset[1:])
        return lambda: _real() + timedelta(seconds=_seconds_in(path))
    found = _OFFSET.match(offset.strip())
    if not found:
        raise BadConfig([f"CLOCK_OFFSET is “{offset}”; write it like 0, +3d or -2h."])
    span = timedelta(seconds=float(found.group(1)) * _SECONDS[found.group(2)])
    return lambda: _real() + span


def _real() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place


def _seconds_in(path: Path) -> float:
    try:
        return float(path.read_text().strip() or 0)
    except (FileNotFoundError, ValueError):
        return 0.0
