"""What a ticket is worth, what kind of work it is and the hours it takes, as people type them."""

import math

from core.errors import Refused
from core.quantity import gpu_hours

KIND_NAMES = {
    "exploration": "exploration",
    "optimisation": "optimisation",
    "data": "data work",
    "ml_engineering": "ML engineering",
}
KINDS = ("exploration", "optimisation", "data", "ml_engineering")
KEYS = {
    "worth": "worth",
    "kind": "kind_of_work",
    "work": "kind_of_work",
    "people": "people_hours",
    "person": "people_hours",
}
_MOST_HOURS = 10_000.0
_SPOKEN = {
    "explore": "exploration",
    "exploration": "exploration",
    "optimise": "optimisation",
    "optimize": "optimisation",
    "optimisation": "optimisation",
    "optimization": "optimisation",
    "data": "data",
    "ml": "ml_engineering",
    "mlengineering": "ml_engineering",
    "engineering": "ml_engineering",
}


def read(key: str, text: str, *, field: str = "") -> int | str | float | None:
    """The value of one of these fields as typed; None for an empty one. Raises Refused."""
    if not text.strip():
        return "exploration" if key == "kind_of_work" else None
    if key == "worth":
        return _points(text, field)
    if key == "kind_of_work":
        return _kind(text, field)
    return _hours(text, field)


def _points(text: str, field: str) -> int:
    plain = text.strip().removesuffix("/10")
    if not plain.isascii() or not plain.isdigit() or not 1 <= int(plain[:4]) <= 10:
        raise Refused(
            f"“{text[:20]}” is no worth: it is a whole number from 1 to 10.",
            "Write it like worth=8.",
            field=field,
        )
    return int(plain)


def _kind(text: str, field: str) -> str:
    plain = "".join(c for c in text.casefold() if c.isalpha())
    found = _SPOKEN.get(plain)
    if found is None:
        names = ", ".join(KIND_NAMES[kind] for kind in KINDS)
        raise Refused(
            f"“{text[:20]}” is no kind of work: there are {names}.",
            "Write it like kind=data or kind=ml.",
            field=field,
        )
    return found


def _hours(text: str, field: str) -> float:
    hours = gpu_hours(text.replace("people", "").strip(), field=field)
    if text.strip().lower().rstrip("s").endswith(("d", "day")):
        hours /= 3  # a working day of a person has 8 hours, a GPU's has 24
    if not math.isfinite(hours) or hours > _MOST_HOURS:
        raise Refused(f"{text[:20]} of work cannot be right.", "Write it like 16h.", field=field)
    return hours
