"""Taking values out of foreign JSON: each answers the kind asked for, or says what is wrong."""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from core.errors import Refused
from core.quantity import experiment_id, experiment_number
from core.text import shorten
from ingest.file import Unreadable

AS_WRITTEN = "Push the file as the tool wrote it."
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_MAX_WORD = 200
_EPOCHS = (1e9, 4e9)  # 2001 to 2096: what a Unix time in seconds of an eval can be


def table(value: Any, what: str) -> dict[str, Any]:
    """The object, or {} for null. Raises Unreadable when it is something else."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is not an object", AS_WRITTEN)
    return value


def listing(value: Any, what: str) -> list[Any]:
    """The array, or [] for null. Raises Unreadable when it is something else."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable(f"{what} is not a list", AS_WRITTEN)
    return value


def tables(value: Any, what: str) -> list[dict[str, Any]]:
    """The array of objects. Raises Unreadable when one of them is none."""
    found = listing(value, what)
    for number, one in enumerate(found, start=1):
        if not isinstance(one, dict):
            raise Unreadable(f"{what}: entry {number} is not an object", AS_WRITTEN)
    return found


def word(value: Any) -> str:
    """A short printable text: "" for null, objects and lists; long ones end in their hash."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value)
    return _known_word(text) if len(text) <= _MAX_WORD else _printable(text)


@lru_cache(maxsize=8192)  # ids and levels come again and again
def _known_word(text: str) -> str:
    return _printable(text)


def _printable(text: str) -> str:
    plain = " ".join(_UNSAFE.sub(" ", text).split())
    if len(plain) <= _MAX_WORD:
        return plain
    return f"{plain[: _MAX_WORD - 13]}…{digest(plain)[:12]}"


def name(value: Any, what: str) -> str:
    """A word that must be there. Raises Unreadable when it is empty."""
    found = word(value)
    if not found:
        raise Unreadable(f"{what} is missing", AS_WRITTEN)
    return found


def note(value: Any) -> str:
    """An error message of a tool on one line, at most 200 characters."""
    return shorten(_UNSAFE.sub(" ", str(value or "")), _MAX_WORD)


def amount(value: Any) -> float | None:
    """A finite number, or None for anything else (also for true and false)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def count(value: Any) -> int | None:
    """A whole number from 0 up, or None for anything else."""
    found = amount(value)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def milliseconds(value: Any, *, per_unit: float = 1.0) -> float | None:
    """A latency of at least 0 in ms (`per_unit` 1000 when given in seconds), or None."""
    found = amount(value)
    return round(found * per_unit, 6) if found is not None and 0 <= found < 1e12 else None


def moment(value: Any) -> datetime | None:
    """A time in UTC from ISO text (UTC when it names no zone) or Unix seconds; else None."""
    try:
        if isinstance(value, str):
            at = datetime.fromisoformat(value)
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        seconds = amount(value)
        if seconds is not None and _EPOCHS[0] < seconds < _EPOCHS[1]:
            return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError):
        return None
    return None


def experiment(*values: Any) -> str:
    """The first of the values that is an experiment id, as `EXP-042`; "" when none is."""
    for value in values:
        try:
            return experiment_id(experiment_number(word(value)))
        except Refused:
            continue
    return ""


def digest(value: Any) -> str:
    """SHA-256 in hex over the value as JSON with sorted keys: equal values, equal digests."""
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()


def listed(words: Sequence[str], *, limit: int = 5) -> str:
    """`a, b, c and 4 more`."""
    shown = ", ".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} and {len(words) - limit} more"
