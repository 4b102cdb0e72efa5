"""A ticket's secondary success criteria that can be measured: `Latency < 500ms per response`.

Each line (or part between semicolons) that names a metric, a way and a number is one; other prose
is left to people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.experiments.measurement import Measurement, newest
from core.experiments.metric import is_called, plain
from core.figures import number
from core.quantity import metric_value, times

_WAYS = {"<=": "≤", "≤": "≤", "at most": "≤", "no more than": "≤", "<": "<", "under": "<",
         "below": "<", "less than": "<", ">=": "≥", "≥": "≥", "at least": "≥", ">": ">",
         "over": ">", "above": ">", "more than": ">"}  # fmt: skip
_WAY = "|".join(re.escape(way) for way in sorted(_WAYS, key=len, reverse=True))
_LINE = re.compile(
    rf"^(?P<name>[A-Za-z][\w@/ .-]{{0,58}}?)\s{{0,3}}(?:\b(?:is|stays|must be|of)\s)?\s{{0,3}}"
    rf"(?P<way>{_WAY})\s{{0,3}}(?P<sign>[$€£])?(?P<limit>\d{{1,12}}(?:[.,]\d{{1,6}})?)"
    r"(?P<k>[km](?![A-Za-z]))?\s?(?P<unit>%|[A-Za-z]{1,12}\b)?",
    re.I,
)
_TYPED = re.compile(r"^(?P<sign>[$€£])?([+-]?\d{1,12}(?:[.,]\d{1,9})?)(%|[A-Za-z]{1,12})?$")
_UNITS = {"ms": ("ms", 1.0), "millisecond": ("ms", 1.0), "msec": ("ms", 1.0), "s": ("s", 1e3),
          "sec": ("s", 1e3), "second": ("s", 1e3), "min": ("min", 6e4),
          "minute": ("min", 6e4)}  # unit as shown, and in milliseconds  # fmt: skip


@dataclass(frozen=True)
class Secondary:
    """One criterion. way: < | ≤ | > | ≥; limit: in its unit, a share (0.05) when that is %; unit:
    "" when the line names none that is known; text: its whole line.
    """

    name: str
    way: str
    limit: float
    unit: str = ""
    text: str = ""

    def shown(self, value: float) -> str:
        """`420 ms`, `5%`."""
        if self.unit == "%":
            return f"{number(100 * value, 2)}%"
        return f"{number(value)}{f' {self.unit}' if self.unit else ''}"

    def seconds(self, value: float) -> float | None:
        """That value in seconds; None when its unit is no time."""
        return value * _UNITS[self.unit][1] / 1e3 if self.unit in _UNITS else None

    @property
    def told(self) -> str:
        """`Latency < 500 ms`."""
        return f"{self.name} {self.way} {self.shown(self.limit)}"

    def is_met(self, value: float) -> bool:
        """True when that value keeps it."""
        return {"<": value < self.limit, "≤": value <= self.limit,
                ">": value > self.limit, "≥": value >= self.limit}[self.way]  # fmt: skip

    def read(self, typed: str) -> float:
        """A value as typed, in the criterion's unit: 420, 0.42s, 3%. Raises Refused."""
        found = _TYPED.match(typed)
        if not found:
            raise Refused(f"“{typed[:30]}” is no value of {self.name}.",
                          f"Write it like {self.shown(self.limit).replace(' ', '')}.")  # fmt: skip
        unit = (found[3] or "").lower()
        if self.unit == "%" or unit == "%":
            return self._share(typed, unit)
        value = _money(found["sign"], found[2], unit)
        mine, its = _UNITS.get(self.unit), _unit(unit)
        return round(value * its[1] / mine[1], 9) if mine and its else value

    def _share(self, typed: str, unit: str) -> float:
        value = metric_value(typed)
        if self.unit == "%" and unit != "%" and value > 1:
            raise Refused(f"“{typed[:20]}” is more than {self.name} can be.",
                          f"Did you mean {value:g}%?")  # fmt: skip
        return value if self.unit == "%" else value * 100


@dataclass(frozen=True)
class Standing:
    """A criterion and what it was measured at last, None while nothing was."""

    criterion: Secondary
    measured: Measurement | None

    @property
    def state(self) -> str:
        """met | missed | not measured."""
        if self.measured is None or self.measured.value is None:
            return "not measured"
        return "met" if self.criterion.is_met(self.measured.value) else "missed"

    @property
    def told(self) -> str:
        """`Latency < 500 ms: 420 ms typed, met`."""
        if self.measured is None or self.measured.value is None:
            return f"{self.criterion.told}: not measured"
        value = self.criterion.shown(self.measured.value)
        return f"{self.criterion.told}: {value} {self.measured.source}, {self.state}"


def read(text: str) -> tuple[Secondary, ...]:
    """The criteria in the ticket's secondary text that can be measured, each metric once."""
    found: dict[str, Secondary] = {}
    for line in re.split(r"[\n;]", text):
        one = _LINE.match(line.strip().lstrip("-•*0123456789.) ").strip())
        if one:
            percent = one["unit"] == "%"
            limit = _money(one["sign"], one["limit"], one["k"]) / (100 if percent else 1)
            unit = "%" if percent else (_unit(one["unit"] or "") or ("", 0.0))[0]
            name = " ".join(one["name"].split())
            way = _WAYS[one["way"].lower()]
            made = Secondary(name, way, round(limit, 12), unit, line.strip())
            found.setdefault(plain(name), made)
    return tuple(found.values())


def named(criteria: Sequence[Secondary], key: str) -> Secondary | None:
    """The criterion whose metric that word names, or None."""
    return next((one for one in criteria if is_called(one.name, key)), None)


def standing(
    criteria: Sequence[Secondary], measured: Sequence[Measurement]
) -> tuple[Standing, ...]:
    """Each criterion with the newest measurement of its metric, from the best source there is."""
    found = []
    for one in criteria:
        mine = [m for m in measured if m.value is not None and m.role == "candidate"
                and not m.own and (is_called(one.name, m.metric)
                                   or is_called(m.metric, one.name))]  # fmt: skip
        found.append(Standing(one, newest(mine)))
    return tuple(found)


def require_met(called: str, found: Sequence[Standing]) -> None:
    """Pass when none of the ticket's criteria was missed. Raises Refused naming those that were;
    what nobody measured holds nothing up.
    """
    missed = [one for one in found if one.state == "missed"]
    if missed:
        raise Refused(
            f"{called} misses a secondary criterion: {'; '.join(one.told for one in missed)}.",
            f"Refine it (`/exp move {called} iteration why`), or change what is asked for in the "
            f"open: `/exp edit {called}`.",
        )


def _money(sign: str | None, digits: str, thousand: str | None) -> float:
    """4000 for `$4k`; behind a number without a currency k and m are units, not thousands."""
    return float(digits.replace(",", ".")) * (times(thousand) if sign else 1.0)


def _unit(word: str) -> tuple[str, float] | None:
    plain_ = word.lower()
    return _UNITS.get(plain_) or _UNITS.get(plain_.removesuffix("s"))
