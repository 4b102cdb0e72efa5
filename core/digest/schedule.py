"""When a team's digest is posted, and how long before the leads get its draft, as typed."""

import re
from dataclasses import dataclass, replace

from core.calendar import WEEKDAYS
from core.errors import Refused
from core.text import straighten

MOST_HOURS = 48
_HINT = "Write e.g. `/digest rhythm friday 16 draft=2`; draft=0 for none."
_HOUR = re.compile(r"^(\d{1,2})(?::00)?$")


@dataclass(frozen=True)
class CommonHour:
    """When a channel's portfolio comes, and with which other teams. day, hour, zone: as below."""

    day: int
    hour: int
    zone: str
    channel: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class DigestRhythm:
    """day: 0 = Monday; hour: local; draft: hours before, 0 = no draft; zone: IANA name. common:
    in a channel that several teams share, when it posts in fact.
    """

    day: int
    hour: int
    draft: int
    zone: str
    common: CommonHour | None = None


def read(text: str, now: DigestRhythm) -> DigestRhythm:
    """The rhythm that was typed; what is not named stays. Raises Refused."""
    for word in straighten(text).casefold().split():
        hour = _HOUR.match(word)
        if word.startswith("draft="):
            now = replace(now, draft=_hours(word.removeprefix("draft=").removesuffix("h")))
        elif len(word) >= 3 and word[:3] in WEEKDAYS and word.isalpha():
            now = replace(now, day=WEEKDAYS.index(word[:3]))
        elif hour and int(hour.group(1)) < 24:
            now = replace(now, hour=int(hour.group(1)))
        else:
            raise Refused(f"I don't understand “{word[:30]}” here.", _HINT)
    return now


def _hours(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or int(typed) > MOST_HOURS:
        raise Refused(f"A draft comes 0 to {MOST_HOURS} hours before the digest.", _HINT)
    return int(typed)


def read_switch(text: str) -> bool:
    """`on` or `off`. Raises Refused."""
    word = straighten(text).casefold().strip()
    if word not in ("on", "off"):
        raise Refused("On or off?", "Write `/digest copy on` or `/digest copy off`.")
    return word == "on"
