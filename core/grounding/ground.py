"""A fact sheet as the verifier reads it: each fact's figures with unit and role."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.grounding.vocabulary import own

MONEY, PERCENT, POINTS, TIME, GPU, COUNT, SPRINTS = (
    "money", "percent", "points", "time", "gpu", "count", "sprint",
)  # fmt: skip
# unit as written -> (what it measures, how many of the base unit)
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "percent", "per cent"), (PERCENT, 1.0)),
    **dict.fromkeys(("percentage points", "percentage point"), (POINTS, 1.0)),
    **dict.fromkeys(("percentage-points", "percentage-point", "p.p."), (POINTS, 1.0)),
    **dict.fromkeys(("points", "point", "pp", "pts", "ppt", "pt"), (POINTS, 1.0)),
    **dict.fromkeys(("basis points", "basis point", "bps"), (POINTS, 0.01)),
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), (TIME, 0.001)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), (TIME, 1.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), (TIME, 60.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), (TIME, 3600.0)),
    **dict.fromkeys(("day", "days"), (TIME, 86400.0)),
    **dict.fromkeys(("week", "weeks"), (TIME, 604800.0)),
    **dict.fromkeys(("fortnight", "fortnights"), (TIME, 1209600.0)),
    **dict.fromkeys(("month", "months"), (TIME, 2629800.0)),
    **dict.fromkeys(("year", "years"), (TIME, 31557600.0)),
    **dict.fromkeys(("sprint", "sprints"), (SPRINTS, 1.0)),
    **dict.fromkeys(
        ("gpu-hours", "gpu hours", "gpu-hour", "gpu hour", "gpu-h", "gpu h"), (GPU, 1.0)
    ),
    **dict.fromkeys(("$", "€", "£", "usd", "eur", "gbp"), (MONEY, 1.0)),
    **dict.fromkeys(("dollars", "dollar", "euros", "euro", "pounds"), (MONEY, 1.0)),
    **dict.fromkeys(("cents", "cent", "¢"), (MONEY, 0.01)),
}
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "dollar": "USD", "euro": "EUR", "pound": "GBP"}
_PLAIN = ("score", "fraction", "ratio", "index", "")
_FIGURES = ("value", "baseline", "target", "low", "high", "of", "n")
PROJECT = "project"
_LIVE, _PROMOTED = frozenset({"live"}), frozenset({"promo"})  # stems


@dataclass(frozen=True)
class Known:
    """One fact of the sheet. figures: value, baseline, target, low, high, of, n where given."""

    id: str
    kind: str
    subject: str
    label: str
    unit: str
    figures: Mapping[str, float]
    word: str  # the value of a fact that is no figure
    more: Mapping[str, Any]
    also: frozenset[str] = frozenset()  # stems that name it on this sheet, beside its label's

    @property
    def dim(self) -> str:
        """What its figures measure; "" for a plain score."""
        if self.kind in ("count",):
            return COUNT
        unit = self.head
        return "" if unit in _PLAIN else UNITS.get(unit, (COUNT, 1.0))[0]

    @property
    def head(self) -> str:
        """The unit without what it is per."""
        return re.split(r"\s{0,9}/\s{0,9}|\s{1,9}per\s{1,9}", self.unit.lower())[0].strip()

    @property
    def per(self) -> str:
        """What it is per: "week", "1k requests"; "" for a plain amount."""
        given = str(self.more.get("period") or "")
        for text in (self.unit, self.label):
            parts = re.split(r"\s{0,9}/\s{0,9}|\bper\s{1,9}", text.lower(), maxsplit=1)
            given = given or (parts[1].strip() if len(parts) > 1 else "")
        return given

    @property
    def currency(self) -> str:
        """The currency of an amount of money, else ""."""
        return currency(self.head)

    @property
    def scale(self) -> float:
        """Base units in one of its unit."""
        return UNITS.get(self.head, ("", 1.0))[1]

    @property
    def names(self) -> set[str]:
        """The stems that name it."""
        return own(self.label) - own(self.unit if self.kind == "count" else "") | self.also

    @property
    def is_share(self) -> bool:
        """True for a percentage or a fraction of one."""
        return self.dim == PERCENT or self.unit == "fraction"

    @property
    def up_is_good(self) -> bool:
        """True when higher is better."""
        return bool(self.more.get("better", "higher") == "higher")

    @property
    def whole(self) -> float:
        """All of what a share is a share of, in its own unit."""
        return 1.0 if self.unit == "fraction" else 100.0

    def get(self, role: str) -> float | None:
        """A figure in the fact's own unit."""
        return self.figures.get(role)

    @property
    def on(self) -> date | None:
        """The day of a date or of a probability's horizon."""
        given = self.more.get("horizon") if self.kind == "probability" else self.word
        try:
            return date.fromisoformat(str(given)[:10])
        except ValueError:
            return None


@dataclass(frozen=True)
class Ground:
    """All facts a text may use."""

    as_of: date | None
    title: str
    people: tuple[str, ...]
    facts: tuple[Known, ...]

    @property
    def subjects(self) -> list[str]:
        """What the facts are about, longest name first."""
        return sorted({f.subject for f in self.facts if f.subject != PROJECT}, key=len)[::-1]

    def ambient(self, fact: Known) -> bool:
        """True when the fact needs no name beside it: about the project, or the only one."""
        return fact.subject == PROJECT or not any(c.isdigit() or c == "_" for c in fact.subject)

    @property
    def tells_live(self) -> bool:
        """True when the sheet says what is live: on another sheet "promoted" may mean that."""
        return _tells_live(self.facts)

    @property
    def words(self) -> str:
        """Every word somebody put on the sheet."""
        said = [f"{f.label} {f.word} {f.subject}" for f in self.facts]
        return " ".join([self.title, *self.people, *said])


def currency(unit: str) -> str:
    """The code of a currency as it is written, else ""."""
    plain = unit.strip().lower().rstrip("s")
    code = plain.upper()
    return code if code in ("USD", "EUR", "GBP") else _CURRENCY.get(plain, "")


def read(sheet: Mapping[str, Any]) -> Ground:
    """The sheet of a case file or of a digest in that shape: {as_of, title, people, facts}."""
    facts = tuple(_fact(fact) for fact in sheet.get("facts", ()))
    if not _tells_live(facts):
        facts = tuple(replace(f, also=_LIVE) if _PROMOTED & f.names else f for f in facts)
    return Ground(
        _day(sheet.get("as_of")),
        str(sheet.get("title") or sheet.get("project") or ""),
        tuple(_people(sheet.get("people", ()), facts)),
        facts,
    )


def _tells_live(facts: Iterable[Known]) -> bool:
    counted = (f for f in facts if f.unit == "experiments" or f.kind == "status")
    return any(_LIVE & own(f"{f.label} {f.word}") for f in counted)


def _people(listed: Sequence[Any], facts: Sequence[Known]) -> list[str]:
    named = [p if isinstance(p, str) else str(p.get("name", "")) for p in listed]
    return [
        n for n in dict.fromkeys([*named, *(f.word for f in facts if f.kind == "person")]) if n
    ]


def _fact(given: Mapping[str, Any]) -> Known:
    numbers = {
        role: float(given[role])
        for role in _FIGURES
        if isinstance(given.get(role), int | float) and not isinstance(given.get(role), bool)
    }
    value = given.get("value")
    word = "" if "value" in numbers or value is None else str(value)
    text = [str(given.get(key) or "") for key in ("kind", "subject", "label", "unit")]
    return Known(
        str(given.get("id", "")), text[0], text[1], text[2], text[3], numbers, word, given
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
