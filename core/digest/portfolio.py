"""One message for several teams: a line of each from its own frozen sheet, and what they sum to.

The portfolio has a sheet of its own. What it copies names the fact it is a copy of
(`1a2b3c4d:F3`: the team's sheet, and the fact on it); what it adds up names its copies. Its lines
hold placeholders and pass the same check as a team's page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import facts
from core.digest import amount, template
from core.digest import portfolio_sums as sums
from core.digest.page import Section, filled, flat, traceable
from core.digest.portfolio_copies import Copies, Part, name_of, put
from core.digest.sheet_headline import UNKNOWN
from core.facts import TEXT, Book, Fact, Sheet, count
from core.privacy.injection import harmless
from core.text import shorten, words_in

HELD, MISSED = "held", "missed"
WORDS, SAID_LENGTH = 150, 240  # a minute to read; one line of a lead's
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
class Made:
    """The portfolio: its sheet, and its sections with every figure filled in."""

    sheet: Sheet
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class _Fold:
    """How much of each team is told; its own page in the thread tells the rest. asks: the first
    ask (each stands below with its buttons in any case); why: of whom, by health; named: who
    needs no decision is only named.
    """

    asks: bool
    why: tuple[str, ...]
    named: bool = False


_FOLDS = (
    _Fold(asks=True, why=_ORDER),
    _Fold(asks=False, why=_ORDER),
    _Fold(asks=False, why=_ORDER[:2]),
    _Fold(asks=False, why=()),
    _Fold(asks=False, why=(), named=True),
)


@dataclass(frozen=True)
class _Line:
    order: tuple[int, str, int, str]
    text: str
    group: str


def portfolio(parts: Sequence[Part], on: date, as_of: datetime) -> Made:
    """The portfolio of that day, in WORDS words where so many teams can be told in them.

    as_of: when it was put together.
    """
    made = _made(parts, on, as_of, _FOLDS[0])
    for fold in _FOLDS[1:]:
        if words_in(flat(made.sections)) <= WORDS:
            return made
        made = _made(parts, on, as_of, fold)
    return made


def _made(parts: Sequence[Part], on: date, as_of: datetime, fold: _Fold) -> Made:
    copies = Copies()
    book = copies.book
    named = [part for part in parts if fold.named and part.sheet and not part.sheet.of("need")]
    told = [part for part in parts if part not in named]
    lines = sorted((_line(copies, part, fold) for part in told), key=lambda line: line.order)
    year, week, _ = on.isocalendar()
    money, gpu, people = (
        sums.asked(copies, parts, kind) for kind in (amount.MONEY, amount.GPU, amount.PEOPLE)
    )
    sections = [
        Section("head", "", (_head(copies, parts, on),)),
        *_group("deciding", _of_group(lines, "deciding")),
        *_group("others", [*_of_group(lines, "others"), *_only_named(copies, named)]),
        *_group("absent", _of_group(lines, "absent")),
        *_group(amount.MONEY, [*money, *sums.costs(copies, parts)]),
        *_group(amount.GPU, [*gpu, *sums.used(copies, parts)]),
        *_group(amount.PEOPLE, people),
    ]
    shown = f"{facts.day(on)} {on.year}"
    day = put(book.note("on", on.isoformat(), shown, unit="date", label="as of"))
    sections.append(Section("dates", "", (f"As of {day}.",)))
    at = as_of.isoformat(timespec="seconds")
    sheet = Sheet(f"{year}-W{week:02d}", on.isoformat(), at, {}, tuple(book.facts))
    return Made(sheet, traceable(filled(sections, sheet), sheet))


def _health(part: Part) -> str:
    assert part.sheet is not None
    found = str(part.sheet.headline.get("health", UNKNOWN))
    return found if found in _ORDER else UNKNOWN


def _only_named(copies: Copies, parts: Sequence[Part]) -> list[str]:
    """Who stands how, a line a health."""
    lines = []
    for word in _ORDER:
        names = [put(copies.name(part)) for part in parts if _health(part) == word]
        if names:
            lines.append(f"{word[0].upper()}{word[1:]}: {', '.join(names)}")
    return lines


def _line(copies: Copies, part: Part, fold: _Fold) -> _Line:
    book = copies.book
    name = put(copies.name(part))
    if part.sheet is None:
        order = (2, "", len(_ORDER), name_of(part))
        return _Line(order, f"{name} — {_absent(book, part)}", "absent")
    text = _standing(copies, part, name, why=_health(part) in fold.why)
    waiting = part.sheet.of("need")
    due = min((str(fact.other) for fact in waiting if fact.other), default="9999")
    if waiting and fold.asks:
        text += "\n" + _asks(copies, part, waiting)
    place = _ORDER.index(_health(part))
    order = (0, due, place, name_of(part)) if waiting else (1, "", place, name_of(part))
    return _Line(order, text, "deciding" if waiting else "others")


def _of_group(lines: Sequence[_Line], key: str) -> list[str]:
    return [line.text for line in lines if line.group == key]


def _absent(book: Book, part: Part) -> str:
    if part.state == HELD:
        by = book.note("held by", part.by, harmless(part.by) or "a lead", unit="name")
        return f"held by {put(by)} until it is released; its page then follows in the thread."
    if part.state == MISSED:
        return "was not posted this week."
    return "not posted yet; its page follows in the thread."


def _standing(copies: Copies, part: Part, name: str, *, why: bool) -> str:
    """Where it stands and why, as its own page says."""
    assert part.sheet is not None
    first = template.headline(part.sheet)[0]
    first = first if why else f"{first.split(': ', 1)[0]}."
    own = {fact.id: fact for fact in part.sheet.facts}
    line = _PLACEHOLDER.sub(lambda hit: put(copies.of(part, own[hit.group(1)])), first)
    if not part.said or not why:
        return f"{name} — {line}"
    return put(_edited(copies, part, line))


def _edited(copies: Copies, part: Part, line: str) -> Fact:
    """Value, target and health stay what the facts say; why is what a lead wrote."""
    known = {fact.id: fact for fact in copies.book.facts}
    stands = line.split(": ", 1)[0]
    shown = _PLACEHOLDER.sub(lambda hit: known[hit.group(1)].shown, stands)
    said = harmless(part.said)
    said = said.removeprefix(f"{shown}: ")
    words = f"{name_of(part)} — {shown}: {shorten(said, SAID_LENGTH)}"
    return copies.book.note("line", part.said, words, unit=TEXT, subject=name_of(part),
                            parents=tuple(_PLACEHOLDER.findall(stands)))  # fmt: skip


def _asks(copies: Copies, part: Part, waiting: Sequence[Fact]) -> str:
    """The ask that is due first, whole; how many more there are."""
    assert part.sheet is not None
    first = put(copies.of(part, waiting[0]))
    all_of = [fact for fact in part.sheet.of("asks") if isinstance(fact.value, int)]
    if not all_of or int(all_of[0].value or 0) < 2:
        return first
    asks = copies.of(part, all_of[0])
    rest = int(asks.value or 0) - 1
    more = copies.book.note("more asks", rest, f"{rest} more {'ask' if rest == 1 else 'asks'}",
                            unit="asks", parents=(asks.id,))  # fmt: skip
    return f"{first} — and {put(more)}"


def _head(copies: Copies, parts: Sequence[Part], on: date) -> str:
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
        return f"{put(total)}: {said}. No decision is needed."
    due = min((str(fact.other) for fact in needed if fact.other), default="")
    shown = f"{count(decisions, 'decision')} needed{_first(due, on, decisions)}"
    asked = book.note("decisions", decisions, shown, unit="decisions", other=due or None,
                      parents=tuple(fact.id for fact in needed))  # fmt: skip
    return f"{put(total)}: {said}. {put(asked)}."


def _first(due: str, on: date, decisions: int) -> str:
    """When the first of them is due, as the teams' pages say it."""
    if not due:
        return ""
    first = date.fromisoformat(due)
    how = "overdue since" if first < on else "by"
    return f", {'the first ' if decisions > 1 else ''}{how} {facts.day(first)}"


def _how_many(copies: Copies, parts: Sequence[Part], word: str) -> str:
    """`2 at risk`; parents: what each of these teams says of itself."""
    alike = [p for p in parts if p.sheet and p.sheet.headline.get("health", UNKNOWN) == word]
    if not alike:
        return ""
    words = "without enough data" if word == UNKNOWN else word
    proof = copies.every(alike, "health") or [copies.name(part) for part in alike]
    return put(copies.book.note("standing", len(alike), f"{len(alike)} {words}", unit="teams",
                                 parents=tuple(fact.id for fact in proof)))  # fmt: skip


def _without(copies: Copies, parts: Sequence[Part]) -> str:
    absent = [copies.name(part) for part in parts if part.sheet is None]
    if not absent:
        return ""
    return put(copies.book.note("absent", len(absent), f"{len(absent)} not posted", unit="teams",
                                 parents=tuple(fact.id for fact in absent)))  # fmt: skip


def _group(key: str, lines: Sequence[str]) -> list[Section]:
    return [Section(key, TITLES[key], tuple(lines))] if lines else []
