"""One message for several teams: a line of each from its own frozen sheet, and what they sum to.

The portfolio has a sheet of its own. What it copies names the fact it is a copy of
(`1a2b3c4d:F3`: the team's sheet, and the fact on it); what it adds up names its copies. Its lines
hold placeholders and pass the same check as a team's page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import facts, figures
from core.digest import amount, money, template
from core.digest.page import Section, filled, traceable
from core.digest.sheet_headline import UNKNOWN
from core.facts import TEXT, Book, Fact, Sheet, count
from core.privacy.injection import harmless
from core.text import shorten

HELD, MISSED = "held", "missed"
NAME_LENGTH, SAID_LENGTH = 40, 240
TITLES = {
    "deciding": "Waiting for a decision",
    "others": "No decision needed",
    "absent": "Not posted",
    amount.MONEY: "Money",
    amount.GPU: "GPU-hours",
    amount.PEOPLE: "People",
    amount.OTHER: "Other decisions",
}
GROUPS = ("deciding", "others", "absent")  # of the teams' lines
_ORDER = ("off track", "at risk", "on track", UNKNOWN)
_PLACEHOLDER = re.compile(r"\{(F\d+)\}")


@dataclass(frozen=True)
class Part:
    """A team's share. sheet, sha256: of its digest, None while it has none. said: its first line
    in a lead's words, "" where the facts speak. state: of one without a digest, held | missed |
    "" (not there yet); by: the name of who holds it.
    """

    name: str
    sheet: Sheet | None = None
    sha256: str = ""
    said: str = ""
    state: str = ""
    by: str = ""


@dataclass(frozen=True)
class Made:
    """The portfolio: its sheet, and its sections with every figure filled in."""

    sheet: Sheet
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class _Line:
    order: tuple[int, str, int, str]
    text: str
    group: str


class _Copies:
    """Copies of the teams' facts in one book, each once."""

    def __init__(self) -> None:
        self.book = Book()
        self._known: dict[str, Fact] = {}
        self.names: dict[str, Fact] = {}

    def name(self, part: Part) -> Fact:
        """The team's name."""
        shown = name_of(part)
        if shown not in self.names:
            self.names[shown] = self.book.note("team", shown, shown, unit="name", label="team")
        return self.names[shown]

    def of(self, part: Part, fact: Fact) -> Fact:
        """The copy of that fact."""
        origin = f"{part.sha256[:8]}:{fact.id}"
        if origin not in self._known:
            self._known[origin] = self.book.note(
                fact.kind, fact.value, fact.shown, unit=fact.unit, other=fact.other,
                subject=fact.subject or name_of(part), label=fact.label, says=fact.says,
                parents=(origin,),
            )  # fmt: skip
        return self._known[origin]

    def every(self, parts: Sequence[Part], kind: str) -> list[Fact]:
        """The copies of all facts of that kind, by team."""
        return [self.of(p, fact) for p in parts if p.sheet for fact in p.sheet.of(kind)]


def portfolio(parts: Sequence[Part], on: date, as_of: datetime) -> Made:
    """The portfolio of that day. as_of: when it was put together."""
    copies = _Copies()
    book = copies.book
    lines = sorted((_line(copies, part) for part in parts), key=lambda line: line.order)
    year, week, _ = on.isocalendar()
    sections = [
        Section("head", "", (_head(copies, parts, on),)),
        *(part for key in GROUPS for part in _group(key, _of_group(lines, key))),
        *_group(amount.MONEY, [*_asked(copies, parts, amount.MONEY), *_costs(copies, parts)]),
        *_group(amount.GPU, [*_asked(copies, parts, amount.GPU), *_used(copies, parts)]),
        *_group(amount.PEOPLE, _asked(copies, parts, amount.PEOPLE)),
    ]
    shown = f"{facts.day(on)} {on.year}"
    day = _put(book.note("on", on.isoformat(), shown, unit="date", label="as of"))
    sections.append(Section("dates", "", (f"As of {day}.",)))
    at = as_of.isoformat(timespec="seconds")
    sheet = Sheet(f"{year}-W{week:02d}", on.isoformat(), at, {}, tuple(book.facts))
    return Made(sheet, traceable(filled(sections, sheet), sheet))


def name_of(part: Part) -> str:
    """The team's name as a line begins with it."""
    return shorten(harmless(part.name), NAME_LENGTH).replace(" — ", " - ") or "A team"


def _line(copies: _Copies, part: Part) -> _Line:
    book = copies.book
    name = _put(copies.name(part))
    if part.sheet is None:
        order = (2, "", len(_ORDER), name_of(part))
        return _Line(order, f"{name} — {_absent(book, part)}", "absent")
    text = _standing(copies, part, name)
    waiting = part.sheet.of("need")
    due = min((str(fact.other) for fact in waiting if fact.other), default="9999")
    if waiting:
        text += "\n" + _asks(copies, part, waiting)
    health = str(part.sheet.headline.get("health", UNKNOWN))
    place = _ORDER.index(health) if health in _ORDER else len(_ORDER)
    order = (0, due, place, name_of(part)) if waiting else (1, "", place, name_of(part))
    return _Line(order, text, "deciding" if waiting else "others")


def _of_group(lines: Sequence[_Line], key: str) -> list[str]:
    return [line.text for line in lines if line.group == key]


def _absent(book: Book, part: Part) -> str:
    if part.state == HELD:
        by = book.note("held by", part.by, harmless(part.by) or "a lead", unit="name")
        return f"held by {_put(by)} until it is released; its page then follows in the thread."
    if part.state == MISSED:
        return "was not posted this week."
    return "not posted yet; its page follows in the thread."


def _standing(copies: _Copies, part: Part, name: str) -> str:
    """Where it stands and why, as its own page says."""
    assert part.sheet is not None
    first = template.headline(part.sheet)[0]
    own = {fact.id: fact for fact in part.sheet.facts}
    line = _PLACEHOLDER.sub(lambda hit: _put(copies.of(part, own[hit.group(1)])), first)
    if not part.said:
        return f"{name} — {line}"
    return _put(_edited(copies, part, line))


def _edited(copies: _Copies, part: Part, line: str) -> Fact:
    """Value, target and health stay what the facts say; why is what a lead wrote."""
    known = {fact.id: fact for fact in copies.book.facts}
    stands = line.split(": ", 1)[0]
    shown = _PLACEHOLDER.sub(lambda hit: known[hit.group(1)].shown, stands)
    said = harmless(part.said)
    said = said.removeprefix(f"{shown}: ")
    words = f"{name_of(part)} — {shown}: {shorten(said, SAID_LENGTH)}"
    return copies.book.note("line", part.said, words, unit=TEXT, subject=name_of(part),
                            parents=tuple(_PLACEHOLDER.findall(stands)))  # fmt: skip


def _asks(copies: _Copies, part: Part, waiting: Sequence[Fact]) -> str:
    """The ask that is due first, whole; how many more there are."""
    assert part.sheet is not None
    first = _put(copies.of(part, waiting[0]))
    all_of = [fact for fact in part.sheet.of("asks") if isinstance(fact.value, int)]
    if not all_of or int(all_of[0].value or 0) < 2:
        return first
    asks = copies.of(part, all_of[0])
    rest = int(asks.value or 0) - 1
    more = copies.book.note("more asks", rest, f"{rest} more {'ask' if rest == 1 else 'asks'}",
                            unit="asks", parents=(asks.id,))  # fmt: skip
    return f"{first} — and {_put(more)}"


def _head(copies: _Copies, parts: Sequence[Part], on: date) -> str:
    """How many teams stand how, and how many decisions they need."""
    book = copies.book
    total = book.note("teams", len(parts), count(len(parts), "team"), unit="teams",
                      parents=book.ids("team"))  # fmt: skip
    told = [_how_many(copies, parts, word) for word in _ORDER]
    told += [_without(copies, parts)]
    said = ", ".join(filter(None, told))
    asking = [p for p in parts if p.sheet and any(f.value for f in p.sheet.of("asks"))]
    needed = copies.every(asking, "asks")
    decisions = sum(int(fact.value or 0) for fact in needed)
    if not decisions:
        return f"{_put(total)}: {said}. No decision is needed."
    due = min((str(fact.other) for fact in needed if fact.other), default="")
    shown = f"{count(decisions, 'decision')} needed{_first(due, on, decisions)}"
    asked = book.note("decisions", decisions, shown, unit="decisions", other=due or None,
                      parents=tuple(fact.id for fact in needed))  # fmt: skip
    return f"{_put(total)}: {said}. {_put(asked)}."


def _first(due: str, on: date, decisions: int) -> str:
    """When the first of them is due, as the teams' pages say it."""
    if not due:
        return ""
    first = date.fromisoformat(due)
    how = "overdue since" if first < on else "by"
    return f", {'the first ' if decisions > 1 else ''}{how} {facts.day(first)}"


def _how_many(copies: _Copies, parts: Sequence[Part], word: str) -> str:
    """`2 at risk`; parents: what each of these teams says of itself."""
    alike = [p for p in parts if p.sheet and p.sheet.headline.get("health", UNKNOWN) == word]
    if not alike:
        return ""
    words = "without enough data" if word == UNKNOWN else word
    proof = copies.every(alike, "health") or [copies.name(part) for part in alike]
    return _put(copies.book.note("standing", len(alike), f"{len(alike)} {words}", unit="teams",
                                 parents=tuple(fact.id for fact in proof)))  # fmt: skip


def _without(copies: _Copies, parts: Sequence[Part]) -> str:
    absent = [copies.name(part) for part in parts if part.sheet is None]
    if not absent:
        return ""
    return _put(copies.book.note("absent", len(absent), f"{len(absent)} not posted", unit="teams",
                                 parents=tuple(fact.id for fact in absent)))  # fmt: skip


def _asked(copies: _Copies, parts: Sequence[Part], kind: str) -> list[str]:
    """What all open asks of that kind come to, a line a currency."""
    asked = copies.every(parts, f"asked {kind}")
    lines = []
    for unit in dict.fromkeys(fact.unit for fact in asked):
        of_unit = [fact for fact in asked if fact.unit == unit]
        value = sum(float(fact.value or 0) for fact in of_unit)
        words = amount.Amount(kind, value, unit).words
        asks = count(len(of_unit), "decision")
        total = copies.book.note(f"total {kind}", value, f"{words} asked for, in {asks}",
                                 unit=unit, parents=tuple(f.id for f in of_unit))  # fmt: skip
        lines.append(f"{_put(total)}.")
    return lines


def _used(copies: _Copies, parts: Sequence[Part]) -> list[str]:
    used = copies.every(parts, "gpu")
    if not used:
        return []
    value = round(sum(float(fact.value or 0) for fact in used), 6)
    budget = round(sum(float(fact.other or 0) for fact in used), 6)
    shown = f"{figures.number(value, 1)} of {figures.number(budget, 1)} GPU-hours used"
    total = copies.book.note("total used", value, shown, unit="GPU-hours", other=budget,
                             parents=tuple(fact.id for fact in used))  # fmt: skip
    return [f"{_put(total)} by experiments under way."]


def _costs(copies: _Copies, parts: Sequence[Part]) -> list[str]:
    """What wrong answers cost, where more than nothing is known, a line a currency and period."""
    known = copies.every(parts, "cost")
    lines = []
    for unit in dict.fromkeys(fact.unit for fact in known):
        of_unit = [fact for fact in known if fact.unit == unit]
        value = sum(float(fact.value or 0) for fact in of_unit)
        currency, _, period = unit.partition(" a ")
        likely = money.shown(money.rounded((value, value, value))[1], currency)
        total = copies.book.note("total cost", value, f"about {likely} a {period}", unit=unit,
                                 parents=tuple(fact.id for fact in of_unit))  # fmt: skip
        lines.append(f"Wrong answers cost {_put(total)}.")
    return lines


def _group(key: str, lines: Sequence[str]) -> list[Section]:
    return [Section(key, TITLES[key], tuple(lines))] if lines else []


def _put(fact: Fact) -> str:
    return f"{{{fact.id}}}"
