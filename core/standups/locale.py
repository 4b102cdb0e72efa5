"""Where somebody lives: their zone, and whose public holidays they have."""

import difflib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import available_timezones

from core.errors import Refused
from core.text import clean, shorten


@dataclass(frozen=True)
class Locale:
    """zone: IANA name; own_zone: chosen, not Slack's. country: "" for no public holidays.

    holiday: name and date of the next public holiday. next_on, next_at: the next standup's.
    """

    user: str
    name: str
    zone: str
    own_zone: bool
    country: str
    own_country: bool
    holiday: tuple[str, date] | None = None
    next_on: date | None = None
    next_at: datetime | None = None


def zone_named(typed: str) -> str:
    """The IANA zone meant: any case, blanks for underscores, or its city. Raises Refused."""
    said = clean(typed).casefold().replace(" ", "_")
    names = _zones()
    if said in names:
        return names[said]
    cities = sorted({name for low, name in names.items() if low.rpartition("/")[2] == said})
    if len(cities) == 1:
        return cities[0]
    near = cities or [names[low] for low in difflib.get_close_matches(said, names, n=3)]
    guess = f" or {', '.join(near)}" if near else ""
    shown = shorten(clean(typed), 40)
    raise Refused(f"“{shown}” is no time zone I know.", f"Write it like Europe/Berlin{guess}.")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    # Left out: EST, CET and the like keep no place's summer time, and Etc/GMT+2 lies west of 0.
    named = (name for name in available_timezones() if not name.startswith("Etc/"))
    places = (name for name in named if "/" in name or name == "UTC")
    return {name.casefold(): name for name in sorted(places)}
