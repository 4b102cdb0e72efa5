"""What a digest for leaders has to be, checked by program: twenty points (docs/handbook.md),
what it must say and how: lengths, numbers, jargon, weasel words.

People's own words (quotations, asks, risks as leads wrote them) are held to none of the points
of style: nobody's words are changed. Points that the records cannot meet pass when the text
names what is missing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core import facts
from core.digest.page import Page
from core.digest.page_budget import BULLETS, WORDS
from core.digest.plain_words import JARGON, WEASEL, grade, sentences
from core.digest.sheet_needs import is_ask
from core.facts import Sheet
from core.grounding.dates import dates
from core.grounding.sentence import Scene
from core.grounding.verifier import ground_of, without_quotes
from core.text import words_in

SENTENCE_WORDS, MEAN_WORDS, GRADE, NUMBERS = 25, 15.0, 9.0, 3
DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* \d{1,2} [A-Z][a-z]+"
_MOVED = re.compile(
    r"\b(?:up|down|rose|fell|grew|dropped|improved|worsened|increased|decreased|moved)\b"
)
_FROM_TO = re.compile(rf"from \S+ to \S+ (?:since|on) {DAY}")
_EMOJI = re.compile(r":[a-z_]+:|[\u2600-\u27bf\U0001f000-\U0001faff]")
_DECIMALS = re.compile(r"\d{1,20}\.\d\d{1,20}%")
_CHANCE = re.compile(r"\b(?:chance|probability|odds)\b", re.IGNORECASE)
HEADLINE_WORDS = 120
_KEYS = ("headline", "progress", "learned", "risks", "needs", "next", "dates")
_FIRST = re.compile(
    r"^(?:.{1,300} / .{1,300}|No headline metric) — (?:(?:on track"
    r"|at risk|off track)|not enough data): \S"
)
_RISK = re.compile(
    r"^(?:(?:Low|Medium|High) likelihood|Certain"
    r"|Not rated)(?:, says [^“:]{1,80})?: .{1,300}Impact: .{1,300}Mitigation: .{1,300}"
    r"(?:Owner: |by )\S",
)
_NEXT = re.compile(rf"^(?:{DAY}(?: \(overdue\))?: \S|No date set: \S|No milestone is planned\.)")
_FOREIGN = re.compile(r"<[@!#]|https?://|\bwww\.|(?<!\w)@\w")


@dataclass(frozen=True)
class Text:
    """A page taken apart. own: the program's words, people's left out."""

    page: Page
    sheet: Sheet
    own: str

    def lines(self, key: str) -> tuple[str, ...]:
        """The lines of that section."""
        return next((s.lines for s in self.page.sections if s.key == key), ())

    @property
    def below(self) -> list[str]:
        """The program's sentences after the first line."""
        return sentences(self.own.partition("\n")[2])


def own(page: Page, sheet: Sheet) -> str:
    """The program's own words: people's and the metric's name are left out."""
    flat = without_quotes(page.text, sheet)
    for name in {fact.label for fact in sheet.of("headline") if fact.label}:
        flat = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", flat, flags=re.IGNORECASE)
    return flat


def jargon(text: Text) -> Iterator[str]:
    """Words of the trade that are not explained."""
    for hit in JARGON.finditer(text.own):
        yield f"“{hit.group(0)}” is not explained"


def weasels(text: Text) -> Iterator[str]:
    """Words that say nothing that can be checked."""
    for hit in WEASEL.finditer(text.own):
        yield f"“{hit.group(0)}” says nothing that can be checked"


def readable(text: Text) -> Iterator[str]:
    """Sentences and words that are too long."""
    lengths = [words_in(s) for s in sentences(text.own)] or [0]
    if max(lengths) > SENTENCE_WORDS:
        yield f"a sentence has {max(lengths)} words, at most {SENTENCE_WORDS}"
    mean = sum(lengths) / len(lengths)
    if mean > MEAN_WORDS:
        yield f"sentences have {mean:.1f} words on average, at most {MEAN_WORDS:g}"
    if grade(text.own) > GRADE:
        yield f"reading grade {grade(text.own):.1f}, at most {GRADE:g}"


def numbers(text: Text) -> Iterator[str]:
    """Too many numbers in a sentence, or more digits than it takes."""
    ground = ground_of(text.sheet)
    for sentence in text.below:
        many = len(Scene(sentence, ground).numbers)
        if many > NUMBERS:
            yield f"{many} numbers in one sentence, at most {NUMBERS}: {sentence[:60]}"
    for sentence in sentences(text.own):
        for found in _DECIMALS.findall(sentence):
            if not _told_apart(found, text.sheet):
                yield f"{found} has more digits than anybody knows"


def _told_apart(found: str, sheet: Sheet) -> bool:
    """True when with one decimal it would be nothing, or the same as another figure."""
    value = facts.told(found)
    others = [
        float(said[role])
        for fact in sheet.facts
        for said in fact.says
        for role in ("value", "baseline", "target", "low", "high")
        if isinstance(said.get(role), int | float)
    ]
    # figures that stand beside each other are all written with the same digits
    return f"{value:.1f}" == "0.0" or len({f"{o:.1f}" for o in others}) < len(set(others))


def colour(text: Text) -> Iterator[str]:
    """Signs in place of words."""
    for hit in _EMOJI.finditer(text.own):
        yield f"{hit.group(0)} in place of a word"


def changes(text: Text) -> Iterator[str]:
    """Changes without from, to and since when."""
    for sentence in sentences(text.own):
        if _MOVED.search(sentence) and not _FROM_TO.search(sentence):
            yield f"a change without from, to and since when: {sentence[:60]}"


def horizons(text: Text) -> Iterator[str]:
    """Chances without a day."""
    for sentence in sentences(text.own):
        if _CHANCE.search(sentence) and not dates(sentence, None):
            yield f"a chance without a date: {sentence[:60]}"


@dataclass(frozen=True)
class Failed:
    """A point that the text does not meet. point: 1 to 20; why: with the figure that tells."""

    point: int
    why: str


def failed(page: Page) -> tuple[Failed, ...]:
    """The points that the page does not meet, by number; empty when it meets all."""
    sheet = facts.thaw(page.sheet)
    text = Text(page, sheet, own(page, sheet))
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
        if line != "No risk is known." and not _RISK.match(line):
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
        (_first_line, _length, _impact, horizons, _two_horizons, _asks, changes,
         jargon, _stopped, _risks, _next, weasels, readable, numbers,
         _tested, _names, _footer, _bad_first, _order, colour),
        start=1,
    )
)  # fmt: skip
