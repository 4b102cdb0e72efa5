"""Numbers and answers as people type them: ids, hours, durations, shares, yes and no."""

import re
from datetime import timedelta

from core.errors import Refused

_ID = re.compile(r"^(?:exp[\s_-]*)?0*(\d{1,6})$", re.IGNORECASE)
_ID_IN_TEXT = re.compile(r"\bexp[\s_-]?0*(\d{1,6})\b", re.IGNORECASE)
_BLOCKER = re.compile(r"^(?:blk|blocker)[\s_-]*0*(\d{1,6})$|^0*(\d{1,6})$", re.IGNORECASE)
_NUMBER = re.compile(r"^([+-]?\d+(?:[.,]\d+)?|[+-]?[.,]\d+)\s*(%?)$")
_HOURS = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:gpu[\s-]*)?(h|hr|hrs|hours?|d|days?)?$", re.I)
_SPAN = re.compile(r"^(\d{1,4})\s*(h|hours?|d|days?|w|weeks?|sprints?)$", re.IGNORECASE)
_MOST_DIGITS = 9  # more than that no number of ours has
_UNIT_DAYS = {"d": 1, "w": 7, "s": 14}
_YES = {"ready", "ok", "okay", "yes", "y", "done", "true", "passed", "pass", "confirmed", "1"}
_NO = {"no", "n", "not", "missing", "false", "failed", "fail", "open", "0", "notready"}
_TIMES = {"k": 1e3, "m": 1e6}


def times(letter: str | None) -> float:
    """What a letter behind an amount multiplies it by: 1,000 for `4k`, a million for `2M`."""
    return _TIMES.get((letter or "").lower(), 1.0)


def whole(text: str) -> int | None:
    """3 for `3` and `#3`, `²` and `1e3` are none: a number as people and our buttons write it."""
    plain = text.strip().removeprefix("#")
    known = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS
    return int(plain) if known else None


def number_of(text: str, refusal: str, hint: str, *, field: str = "") -> int:
    """The whole number somebody typed. Raises Refused with that sentence when it is none."""
    if (number := whole(text)) is None:
        raise Refused(refusal, hint, field=field)
    return number


def experiment_number(text: str) -> int:
    """42 for `EXP-042`, `exp42`, `EXP-42`, `042`. Raises Refused when it is no id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    if not found or int(found.group(1)) == 0:
        raise Refused(f"“{text[:40]}” is no experiment id.", "Write it like EXP-042 or 42.")
    return int(found.group(1))


def is_experiment_id(text: str) -> bool:
    """True when the word can be read as an experiment id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    return bool(found and int(found.group(1)))


def experiments_in(text: str) -> list[int]:
    """Numbers of the experiments named in running text (`EXP-042`, `exp 42`), without repeats."""
    return list(dict.fromkeys(int(n) for n in _ID_IN_TEXT.findall(text) if int(n)))


def experiment_id(number: int) -> str:
    """`EXP-042` for 42."""
    return f"EXP-{number:03d}"


def blocker_id(number: int) -> str:
    """`BLK-003` for 3."""
    return f"BLK-{number:03d}"


def is_blocker_id(text: str) -> bool:
    """True when the word can be read as a blocker's id."""
    found = _BLOCKER.match(text.strip().strip("\"'`*,.;:"))
    return bool(found and int(found[1] or found[2]))


def blocker_number(text: str) -> int:
    """3 for `BLK-003`, `blk3`, `3`. Raises Refused when it is no id."""
    if not is_blocker_id(text):
        raise Refused(f"“{text[:40]}” is no blocker's id.", "Write it like BLK-003 or 3.")
    found = _BLOCKER.match(text.strip().strip("\"'`*,.;:"))
    assert found is not None
    return int(found[1] or found[2])


def metric_value(text: str, *, field: str = "") -> float:
    """A metric as typed: `0.83`, `83%` (0.83), `1,5` (1.5). Raises Refused for anything else."""
    found = _NUMBER.match(text.strip())
    if not found:
        raise Refused(f"“{text[:40]}” is no number.", "Write it like 0.83 or 83%.", field=field)
    value = float(found.group(1).replace(",", "."))
    return round(value / 100, 12) if found.group(2) else value


def gpu_hours(text: str, *, field: str = "") -> float:
    """GPU-hours as typed: `6`, `6h`, `24 GPU-hours`, `1d` (24). Raises Refused otherwise."""
    found = _HOURS.match(text.strip())
    if not found:
        raise Refused(
            f"“{text[:40]}” is no number of GPU-hours.", "Write it like 24h.", field=field
        )
    amount = float(found.group(1).replace(",", "."))
    unit = (found.group(2) or "h").lower()
    return amount * 24 if unit.startswith("d") else amount


def time_span(text: str, *, field: str = "") -> timedelta:
    """A time box or extension: `3d`, `2w`, `36h`, `1 sprint` (14 days). Raises Refused."""
    found = _SPAN.match(text.strip().replace("-", " "))
    if not found or int(found.group(1)) == 0:
        raise Refused(
            f"“{text[:40]}” is no length of time.",
            "Write it like 3d, 2w or 1 sprint.",
            field=field,
        )
    amount, unit = int(found.group(1)), found.group(2)[0].lower()
    span = timedelta(hours=amount) if unit == "h" else timedelta(days=amount * _UNIT_DAYS[unit])
    if span > timedelta(days=366):
        raise Refused("More than a year is no time box.", "Write at most 52w.", field=field)
    return span


def yes_or_no(text: str, example: str) -> bool:
    """True for yes, ready, ok …; False for no, missing … Raises Refused with the example."""
    plain = re.sub(r"\W", "", text).lower()
    if plain in _YES | _NO:
        return plain in _YES
    raise Refused(f"“{text[:30]}” is neither yes nor no.", f"Write `{example}`.")
