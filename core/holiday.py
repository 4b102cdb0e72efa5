"""Public holidays by country, and the country somebody lives in by their zone."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources

from core.errors import Refused
from core.text import clean, shorten

AUTO, NONE = "auto", "none"
_HOW = "Write `DE`, or with its part `DE-BE`; `none` for no holidays, `auto` for your zone's."


def country_of(zone: str) -> str:
    """ISO code of the country that zone lies in; "" for zones of no country (UTC)."""
    return _countries().get(zone, "")


def known(typed: str) -> str:
    """A country code as we keep it: `DE`, `DE-BE`, or "" for `auto`, `none`. Raises Refused."""
    said = clean(typed).upper().replace("_", "-").replace(" ", "-")
    if said.casefold() == AUTO:
        return ""
    if said.casefold() == NONE:
        return NONE
    country, _, part = said.partition("-")
    supported = _supported()
    if country not in supported:
        raise Refused(f"I know no holidays of “{shorten(said, 20)}”.", _HOW)
    if part and part not in supported[country]:
        parts = ", ".join(sorted(supported[country])[:20])
        more = f"Its parts: {parts}." if parts else f"Write `{country}`: it has no parts."
        raise Refused(f"I know no part “{shorten(part, 20)}” of {country}.", more)
    return said


def name_of(country: str, day: date) -> str:
    """The name of that country's public holiday on that day; "" for an ordinary day."""
    return _in_year(country, day.year).get(day, "") if country and country != NONE else ""


@lru_cache(maxsize=512)
def _in_year(country: str, year: int) -> Mapping[date, str]:
    import holidays  # a tenth of a second: not before somebody is asked for

    code, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=year, language="en_US")
    except NotImplementedError:
        return {}  # a country without a calendar, or one that left the library
    return dict(found.items())


@lru_cache(maxsize=1)
def _supported() -> Mapping[str, frozenset[str]]:
    import holidays

    found = holidays.list_supported_countries()
    return {code: frozenset(parts) for code, parts in found.items()}


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Zone → country by tzdata: zone.tab names each zone's one country, tzdata.zi the aliases."""
    data = resources.files("tzdata").joinpath("zoneinfo")
    rows = data.joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    found = {parts[2]: parts[0] for parts in fields}
    for line in data.joinpath("tzdata.zi").read_text(encoding="utf-8").splitlines():
        kind, *names = line.split()
        if kind == "L" and names[0] in found:
            found.setdefault(names[1], found[names[0]])
    return found
