"""What a digest for leaders has to be, checked by program: twenty points (docs/handbook.md).

People's own words (quotations, asks, risks as leads wrote them) are held to none of the points
of style: nobody's words are changed. Points that the records cannot meet pass when the text
names what is missing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core import facts
from core import rubric_style as style
from core.asks import is_ask
from core.digest import Page
from core.room import BULLETS, WORDS
from core.rubric_style import DAY, Text
from core.rubric_words import words_in

HEADLINE_WORDS = 120
_KEYS = ("headline", "progress", "learned", "risks", "needs", "next", "dates")
_FIRST = re.compile(
    r"^(?:.+ / .+|No headline metric) — (?:(?:on track|at risk|off track)|not enough data): \S"
)
_RISK = re.compile(
    r"^(?:(?:Low|Medium|High) likelihood|Certain|Not rated): .+Impact: .+Mitigation: .+"
    r"(?:Owner: |by )\S",
)
_NEXT = re.compile(rf"^(?:{DAY}(?: \(overdue\))?: \S|No date set: \S|No change: \S)")
_FOREIGN = re.compile(r"<[@!#]|https?://|\bwww\.|(?<!\w)@\w")


@dataclass(frozen=True)
class Failed:
    """A point that the text does not meet. point: 1 to 20; why: with the figure that tells."""

    point: int
    why: str


def failed(page: Page) -> tuple[Failed, ...]:
    """The points that the page does not meet, by number; empty when it meets all."""
    sheet = facts.thaw(page.sheet)
    text = Text(page, sheet, style.own(page, sheet))
    found = [Failed(point, why) for point, check in _CHECKS for why in check(text)]
    return tuple(sorted(found, key=lambda f: f.point))


def _first_line(text: Text) -> Iterator[str]:
    first = (*text.lines("headline"), "")[0]
    if not _FIRST.match(first):
        yield f"the first line is not “now / target — health: why”: {first[:60]}"


def _length(text: Text) -> Iterator[str]:
    head = words_in("\n".join(text.lines("headline")))
    whole = words_in(text.page.text)
    bullets = sum(len(s.lines) for s in text.page.sections if s.title)
    if head > HEADLINE_WORDS:
        yield f"the headline has {head} words, at most {HEADLINE_WORDS}"
    if whole > WORDS:
        yield f"the digest has {whole} words, at most {WORDS}"
    if bullets > BULLETS:
        yield f"the digest has {bullets} bullets, at most {BULLETS}"


def _impact(text: Text) -> Iterator[str]:
    told = " ".join(text.lines("headline")[1:3])
    for kind in ("wrong", "cost"):
        for fact in text.sheet.of(kind)[:1]:
            if fact.shown not in told:
                yield f"what it means for customers is not in the second sentence: {fact.shown}"
    for line in re.findall(r"[$€£][\d,.]+[^.]*", told):
        if not re.search(r"\ba (?:week|month)\b", line):
            yield f"an amount without its period: {line[:40]}"


def _two_horizons(text: Text) -> Iterator[str]:
    chances, ranges = len(text.sheet.of("chance")), len(text.sheet.of("range"))
    if chances == 1 and not ranges:
        yield "a forecast with one date alone"


def _asks(text: Text) -> Iterator[str]:
    lines = [line for line in text.lines("needs") if not line.startswith("Decided: ")]
    if not text.sheet.of("need"):
        if lines != ["No decision needed this week."]:
            yield "no ask, and not “No decision needed this week.”"
        return
    for line in lines:
        if not is_ask(line):
            yield f"an ask without owner, verb, day or what happens otherwise: {line[:60]}"


def _stopped(text: Text) -> Iterator[str]:
    told = " ".join(text.lines("learned"))
    if text.sheet.of("killed") and not re.search(r"“|learning|\(from EXP-", told):
        yield "something was stopped and nothing is said about what was learned"


def _risks(text: Text) -> Iterator[str]:
    for line in text.lines("risks"):
        if not line.startswith("No change") and not _RISK.match(line):
            yield f"a risk without likelihood, impact, mitigation or owner: {line[:60]}"


def _next(text: Text) -> Iterator[str]:
    lines = text.lines("next")
    if not lines or not _NEXT.match(lines[0]):
        yield "the next milestone has no day or does not say what will be shown"


def _tested(text: Text) -> Iterator[str]:
    for kind in ("tested", "expected"):
        for fact in text.sheet.of(kind):
            if text.page.text.count(fact.shown) != 1:
                yield f"not said exactly once: {fact.shown}"


def _names(text: Text) -> Iterator[str]:
    if _FOREIGN.search(text.page.text):
        yield "a mention or a link"


def _footer(text: Text) -> Iterator[str]:
    if not any(line.startswith(f"As of {_as_of(text)}") for line in text.lines("dates")):
        yield "the day of the figures is missing"
    if text.page.sha256[:8] not in text.page.footer or not re.search(
        r"template|assistant|AI|edited", text.page.footer
    ):
        yield "the footer does not name the fact sheet and who wrote the words"


def _as_of(text: Text) -> str:
    return (text.sheet.of("on")[0].shown if text.sheet.of("on") else "?") or "?"


def _bad_first(text: Text) -> Iterator[str]:
    if text.sheet.headline.get("trajectory") != "back":
        return
    told = " ".join(text.lines("headline")[:2])
    if not any(fact.shown in told for fact in text.sheet.of("movement")):
        yield "it is worse than last time, and the first two lines do not say so"


def _order(text: Text) -> Iterator[str]:
    keys = tuple(section.key for section in text.page.sections)
    if keys != _KEYS:
        yield f"other sections than always: {', '.join(keys)}"
    empty = [s.key for s in text.page.sections if not any(line.strip() for line in s.lines)]
    if empty:
        yield f"nothing said under {', '.join(empty)}"


_CHECKS: tuple[tuple[int, Callable[[Text], Iterator[str]]], ...] = tuple(
    enumerate(
        (_first_line, _length, _impact, style.horizons, _two_horizons, _asks, style.changes,
         style.jargon, _stopped, _risks, _next, style.weasels, style.readable, style.numbers,
         _tested, _names, _footer, _bad_first, _order, style.colour),
        start=1,
    )
)  # fmt: skip
