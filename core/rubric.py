"""What a digest for leaders has to be, checked by program: twenty points (docs/handbook.md).

People's own words (quotations, asks, risks as leads wrote them) are held to none of the points
of style: nobody's words are changed. Points that the records cannot meet pass when the text
names what is missing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core import facts
from core.asks import is_ask
from core.digest import Page
from core.facts import Sheet
from core.grounding_dates import dates
from core.grounding_scene import Scene
from core.plain_words import JARGON, WEASEL
from core.room import BULLETS, WORDS
from core.rubric_words import grade, sentences, words_in
from core.verify import ground_of, without_quotes

HEADLINE_WORDS, SENTENCE_WORDS, MEAN_WORDS, GRADE, NUMBERS = 120, 25, 15.0, 9.0, 3
_KEYS = ("headline", "progress", "learned", "risks", "needs", "next", "dates")
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* \d{1,2} [A-Z][a-z]+"
_FIRST = re.compile(
    r"^(?:.+ / .+|No headline metric) — (?:(?:on track|at risk|off track)|not enough data): \S"
)
_CHANCE = re.compile(r"\b(?:chance|probability|odds)\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:up|down|rose|fell|grew|dropped|improved|worsened|increased|decreased|moved)\b"
)
_FROM_TO = re.compile(rf"from \S+ to \S+ (?:since|on) {_DAY}")
_RISK = re.compile(
    r"^(?:(?:Low|Medium|High) likelihood|Certain|Not rated): .+Impact: .+Mitigation: .+"
    r"(?:Owner: |by )\S",
)
_NEXT = re.compile(rf"^(?:{_DAY}(?: \(overdue\))?: \S|No date set: \S|No change: \S)")
_FOREIGN = re.compile(r"<[@!#]|https?://|\bwww\.|(?<!\w)@\w")
_EMOJI = re.compile(r":[a-z_]+:|[\u2600-\u27bf\U0001f000-\U0001faff]")
_DECIMALS = re.compile(r"\d+\.\d\d+%")


@dataclass(frozen=True)
class Failed:
    """A point that the text does not meet. point: 1 to 20; why: with the figure that tells."""

    point: int
    why: str


@dataclass(frozen=True)
class _Text:
    """A page taken apart. own: the program's words, people's left out."""

    page: Page
    sheet: Sheet
    own: str

    def lines(self, key: str) -> tuple[str, ...]:
        return next((s.lines for s in self.page.sections if s.key == key), ())

    @property
    def below(self) -> list[str]:
        """The program's sentences after the first line."""
        return sentences(self.own.partition("\n")[2])


def failed(page: Page) -> tuple[Failed, ...]:
    """The points that the page does not meet, by number; empty when it meets all."""
    sheet = facts.thaw(page.sheet)
    text = _Text(page, sheet, _own(page, sheet))
    found = [Failed(point, why) for point, check in _CHECKS for why in check(text)]
    return tuple(sorted(found, key=lambda f: f.point))


def _own(page: Page, sheet: Sheet) -> str:
    """The program's own words: people's and the metric's name are left out."""
    flat = without_quotes(page.text, sheet)
    for name in {fact.label for fact in sheet.of("headline") if fact.label}:
        flat = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", flat, flags=re.IGNORECASE)
    return flat


def _first_line(text: _Text) -> Iterator[str]:
    first = (*text.lines("headline"), "")[0]
    if not _FIRST.match(first):
        yield f"the first line is not “now / target — health: why”: {first[:60]}"


def _length(text: _Text) -> Iterator[str]:
    head = words_in("\n".join(text.lines("headline")))
    whole = words_in(text.page.text)
    bullets = sum(len(s.lines) for s in text.page.sections if s.title)
    if head > HEADLINE_WORDS:
        yield f"the headline has {head} words, at most {HEADLINE_WORDS}"
    if whole > WORDS:
        yield f"the digest has {whole} words, at most {WORDS}"
    if bullets > BULLETS:
        yield f"the digest has {bullets} bullets, at most {BULLETS}"


def _impact(text: _Text) -> Iterator[str]:
    told = " ".join(text.lines("headline")[1:3])
    for kind in ("wrong", "cost"):
        for fact in text.sheet.of(kind)[:1]:
            if fact.shown not in told:
                yield f"what it means for customers is not in the second sentence: {fact.shown}"
    for line in re.findall(r"[$€£][\d,.]+[^.]*", told):
        if not re.search(r"\ba (?:week|month)\b", line):
            yield f"an amount without its period: {line[:40]}"


def _horizons(text: _Text) -> Iterator[str]:
    for sentence in sentences(text.own):
        if _CHANCE.search(sentence) and not dates(sentence, None):
            yield f"a chance without a date: {sentence[:60]}"


def _two_horizons(text: _Text) -> Iterator[str]:
    chances, ranges = len(text.sheet.of("chance")), len(text.sheet.of("range"))
    if chances == 1 and not ranges:
        yield "a forecast with one date alone"


def _asks(text: _Text) -> Iterator[str]:
    lines = [line for line in text.lines("needs") if not line.startswith("Decided: ")]
    if not text.sheet.of("need"):
        if lines != ["No decision needed this week."]:
            yield "no ask, and not “No decision needed this week.”"
        return
    for line in lines:
        if not is_ask(line):
            yield f"an ask without owner, verb, day or what happens otherwise: {line[:60]}"


def _changes(text: _Text) -> Iterator[str]:
    for sentence in sentences(text.own):
        if _MOVED.search(sentence) and not _FROM_TO.search(sentence):
            yield f"a change without from, to and since when: {sentence[:60]}"


def _jargon(text: _Text) -> Iterator[str]:
    for hit in JARGON.finditer(text.own):
        yield f"“{hit.group(0)}” is not explained"


def _stopped(text: _Text) -> Iterator[str]:
    told = " ".join(text.lines("learned"))
    if text.sheet.of("killed") and not re.search(r"“|learning", told):
        yield "something was stopped and nothing is said about what was learned"


def _risks(text: _Text) -> Iterator[str]:
    for line in text.lines("risks"):
        if not line.startswith("No change") and not _RISK.match(line):
            yield f"a risk without likelihood, impact, mitigation or owner: {line[:60]}"


def _next(text: _Text) -> Iterator[str]:
    lines = text.lines("next")
    if not lines or not _NEXT.match(lines[0]):
        yield "the next milestone has no day or does not say what will be shown"


def _weasels(text: _Text) -> Iterator[str]:
    for hit in WEASEL.finditer(text.own):
        yield f"“{hit.group(0)}” says nothing that can be checked"


def _readable(text: _Text) -> Iterator[str]:
    lengths = [words_in(s) for s in sentences(text.own)] or [0]
    if max(lengths) > SENTENCE_WORDS:
        yield f"a sentence has {max(lengths)} words, at most {SENTENCE_WORDS}"
    mean = sum(lengths) / len(lengths)
    if mean > MEAN_WORDS:
        yield f"sentences have {mean:.1f} words on average, at most {MEAN_WORDS:g}"
    if grade(text.own) > GRADE:
        yield f"reading grade {grade(text.own):.1f}, at most {GRADE:g}"


def _numbers(text: _Text) -> Iterator[str]:
    ground = ground_of(text.sheet)
    for sentence in text.below:
        many = len(Scene(sentence, ground).numbers)
        if many > NUMBERS:
            yield f"{many} numbers in one sentence, at most {NUMBERS}: {sentence[:60]}"
    for sentence in sentences(text.own):
        for found in _DECIMALS.findall(sentence):
            if not _told_apart(found, text.page.text):
                yield f"{found} has more digits than anybody knows"


def _told_apart(found: str, whole: str) -> bool:
    """True when with one decimal it would be nothing, or the same as another figure."""
    rounded = f"{facts.told(found):.1f}"
    others = [o for o in re.findall(r"\d[\d,]*(?:\.\d+)?%", whole) if o != found]
    return rounded == "0.0" or any(f"{facts.told(o):.1f}" == rounded for o in others)


def _tested(text: _Text) -> Iterator[str]:
    for kind in ("tested", "expected"):
        for fact in text.sheet.of(kind):
            if text.page.text.count(fact.shown) != 1:
                yield f"not said exactly once: {fact.shown}"


def _names(text: _Text) -> Iterator[str]:
    if _FOREIGN.search(text.page.text):
        yield "a mention or a link"


def _footer(text: _Text) -> Iterator[str]:
    if not any(line.startswith(f"As of {_as_of(text)}") for line in text.lines("dates")):
        yield "the day of the figures is missing"
    if text.page.sha256[:8] not in text.page.footer or not re.search(
        r"template|assistant|AI|edited", text.page.footer
    ):
        yield "the footer does not name the fact sheet and who wrote the words"


def _as_of(text: _Text) -> str:
    return (text.sheet.of("on")[0].shown if text.sheet.of("on") else "?") or "?"


def _bad_first(text: _Text) -> Iterator[str]:
    if text.sheet.headline.get("trajectory") != "back":
        return
    told = " ".join(text.lines("headline")[:2])
    if not any(fact.shown in told for fact in text.sheet.of("movement")):
        yield "it is worse than last time, and the first two lines do not say so"


def _order(text: _Text) -> Iterator[str]:
    keys = tuple(section.key for section in text.page.sections)
    if keys != _KEYS:
        yield f"other sections than always: {', '.join(keys)}"
    empty = [s.key for s in text.page.sections if not any(line.strip() for line in s.lines)]
    if empty:
        yield f"nothing said under {', '.join(empty)}"


def _colour(text: _Text) -> Iterator[str]:
    for hit in _EMOJI.finditer(text.own):
        yield f"{hit.group(0)} in place of a word"


_CHECKS: tuple[tuple[int, Callable[[_Text], Iterator[str]]], ...] = tuple(
    enumerate(
        (_first_line, _length, _impact, _horizons, _two_horizons, _asks, _changes, _jargon,
         _stopped, _risks, _next, _weasels, _readable, _numbers, _tested, _names, _footer,
         _bad_first, _order, _colour),
        start=1,
    )
)  # fmt: skip
