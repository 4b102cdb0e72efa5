"""How long standup answers are kept, as an admin sets it."""

import re
from dataclasses import dataclass
from datetime import date

from core.errors import Refused
from core.text import straighten

FEWEST, MOST = 30, 3660  # days
_HOW = "Write e.g. `/exp retention answers=365d`, or `answers=off`."
_TYPED = re.compile(r"(?:answers?\s*=\s*)?(?:(\d{1,4})\s*(d|days?|w|weeks?|y|years?)|(off))", re.I)
_DAYS = {"d": 1, "w": 7, "y": 365}


@dataclass(frozen=True)
class Retention:
    """What holds, and what a wish would do. days: 0 = kept for ever; wanted: None without a wish.

    before: rounds of earlier dates are forgotten; answers: how many of them still have words.
    """

    days: int
    wanted: int | None = None
    before: date | None = None
    answers: int = 0
    set_by: str = ""
    set_on: str = ""


def read(text: str) -> int | None:
    """Days in what was typed; 0 for off, None for nothing. Raises Refused."""
    typed = straighten(text).strip()
    if not typed:
        return None
    found = _TYPED.fullmatch(typed)
    if found is None:
        raise Refused(f"I don't understand “{typed[:40]}”.", _HOW)
    return 0 if found[3] else checked(int(found[1]) * _DAYS[found[2][0].lower()])


def checked(days: int) -> int:
    """The days themselves. Raises Refused for too few or too many."""
    if not FEWEST <= days <= MOST:
        raise Refused(f"Answers are kept for {FEWEST} to {MOST} days.", _HOW)
    return days
