"""The lines of a project canvas as people write them: metrics, risks, kill criteria."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.experiments.metric import same_name
from core.project import note

MOST_LINES = 10
NAME_LENGTH = 60
_BULLET = re.compile(r"^(?:\d{1,2}[.)]|[-•*–])\s+")
_WAYS = {">=": ">=", "≥": ">=", "at least": ">=", ">": ">", "over": ">", "above": ">",
         "<=": "<=", "≤": "<=", "at most": "<=", "<": "<", "under": "<", "below": "<"}  # fmt: skip
_WAY = "|".join(re.escape(way) for way in sorted(_WAYS, key=len, reverse=True))
_FIGURE = (
    r"\$?(?P<number>[+-]?\d{1,20}(?:[.,]\d{1,20})?)\s{0,9}"
    r"(?P<unit>%|/\s?\d{1,20}|[A-Za-z€$]{1,12}(?![A-Za-z]))?"
)
_TARGET = re.compile(
    rf"^(?P<name>.{{1,300}}?)\s{{0,9}}(?P<way>{_WAY})\s{{0,9}}{_FIGURE}(?P<rest>.*)$", re.I
)
_KILL = re.compile(
    rf"^(?:if\s{{1,9}})?(?P<name>.{{1,300}}?)\s{{0,9}}(?:is\s{{1,9}})?(?P<way>{_WAY})"
    rf"\s{{0,9}}{_FIGURE}\s{{0,9}},?\s{{0,9}}(?:after|by|at the end of)"
    r"\s{1,9}sprint\s{0,9}#?(?P<sprint>\d{1,3})\s{0,9}[,:;.–—-]{0,20}\s{0,9}(?P<then>.*)$",
    re.I,
)
_MITIGATED = re.compile(
    r"^(?P<text>.{0,300}?)\s{0,9}[(\[,;–—-]{0,20}\s{0,9}mitigation\s{0,9}[:=]\s{0,9}(?P<how>.*)$",
    re.I,
)


@dataclass(frozen=True)
class Measure:
    """A success metric. target: as a number of its unit (0.92 when the unit is %), or None.

    direction: higher | lower is better. note: what else its line says.
    """

    name: str
    target: float | None = None
    direction: str = "higher"
    unit: str = ""
    note: str = ""

    @property
    def percent(self) -> bool:
        """True when the target was written in percent."""
        return self.unit == "%"

    @property
    def aim(self) -> str:
        """`at least 92 %`, `at most 2 seconds`; "" without a target."""
        if self.target is None:
            return ""
        shown = f"{self.target * 100 if self.percent else self.target:.6g}"
        gap = "" if self.unit.startswith("/") else " "
        unit = f"{gap}{self.unit}" if self.unit else ""
        return f"{'at least' if self.direction == 'higher' else 'at most'} {shown}{unit}"


@dataclass(frozen=True)
class Risk:
    """A known risk and what is done against it ("" when nobody said)."""

    text: str
    mitigation: str = ""


@dataclass(frozen=True)
class Kill:
    """`If accuracy < 80% after sprint 3, pivot`. limit: 0.8 for 80 %; then: what follows."""

    text: str
    name: str
    way: str
    limit: float
    percent: bool
    sprint: int
    then: str


def lines(text: str) -> list[str]:
    """The lines of a field without numbers and bullets; empty ones are left out."""
    plain = (_BULLET.sub("", line.strip()).strip() for line in text.splitlines())
    return [" ".join(line.split()) for line in plain if line]


def measures(text: str) -> tuple[Measure, ...]:
    """The success metrics in their order. Raises Refused (too many, too long, twice)."""
    found = tuple(_measure(line) for line in _few(text, "metrics"))
    for place, one in enumerate(found):
        if any(same_name(one.name, other.name) for other in found[:place]):
            raise Refused(f"“{one.name}” is a metric twice.", "Name each once.", field="metrics")
    return found


def risks(text: str) -> tuple[Risk, ...]:
    """The known risks in their order. Raises Refused when one is too long for a digest."""
    return tuple(_risk(line) for line in _few(text, "risks"))


def kill(line: str) -> Kill | None:
    """The kill criterion in that line; None when only people can judge it."""
    found = _KILL.match(line)
    if not found or int(found["sprint"]) < 1:
        return None
    percent = found["unit"] == "%"
    return Kill(
        line,
        found["name"].strip(" *"),
        _WAYS[found["way"].lower()],
        _number(found["number"], percent=percent),
        percent,
        int(found["sprint"]),
        re.sub(r"^then\s+", "", found["then"].strip(" .!"), flags=re.I),
    )


def _few(text: str, field: str) -> Sequence[str]:
    found = lines(text)
    if len(found) > MOST_LINES:
        raise Refused(
            f"{len(found)} {field} are too many for one page.",
            f"Keep the {MOST_LINES} that matter most.",
            field=field,
        )
    return found


def _measure(line: str) -> Measure:
    found = _TARGET.match(line)
    name, _, explained = (found["name"] if found else line).partition(":")
    name = name.strip(" *")
    if not name or len(name) > NAME_LENGTH:
        raise Refused(
            f"A metric's name has 1 to {NAME_LENGTH} characters.",
            "Write a line like accuracy >= 92% on the eval set.",
            field="metrics",
        )
    if found is None:
        return Measure(name, note=explained.strip())
    unit = (found["unit"] or "").replace(" ", "")
    rest = found["rest"].strip(" ,;.")
    return Measure(
        name,
        _number(found["number"], percent=unit == "%"),
        "higher" if _WAYS[found["way"].lower()] in (">", ">=") else "lower",
        unit,
        " ".join(part for part in (explained.strip(), rest) if part),
    )


def _risk(line: str) -> Risk:
    found = _MITIGATED.match(line)
    text = found["text"].rstrip(" (") if found else line
    how = found["how"].strip() if found else ""
    if how.endswith((")", "]")) and how.count("(") < how.count(")") + how.count("]"):
        how = how[:-1].strip()
    for part, most in ((text, note.LIMITS["text"]), (how, note.LIMITS["mitigation"])):
        if len(part) > most:
            raise Refused(
                f"“{part[:40]}…” has {len(part)} characters, too many for one page.",
                f"Say it in {most}.",
                field="risks",
            )
    return Risk(text, how)


def _number(digits: str, *, percent: bool) -> float:
    value = float(digits.replace(",", "."))
    return round(value / 100, 12) if percent else value
