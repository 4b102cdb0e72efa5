"""The points of a digest that are about its words: lengths, numbers, jargon, weasel words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core import facts
from core.digest import Page
from core.facts import Sheet
from core.grounding_dates import dates
from core.grounding_scene import Scene
from core.plain_words import JARGON, WEASEL
from core.rubric_words import grade, sentences, words_in
from core.verify import ground_of, without_quotes

SENTENCE_WORDS, MEAN_WORDS, GRADE, NUMBERS = 25, 15.0, 9.0, 3
DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* \d{1,2} [A-Z][a-z]+"
_MOVED = re.compile(
    r"\b(?:up|down|rose|fell|grew|dropped|improved|worsened|increased|decreased|moved)\b"
)
_FROM_TO = re.compile(rf"from \S+ to \S+ (?:since|on) {DAY}")
_EMOJI = re.compile(r":[a-z_]+:|[\u2600-\u27bf\U0001f000-\U0001faff]")
_DECIMALS = re.compile(r"\d+\.\d\d+%")
_CHANCE = re.compile(r"\b(?:chance|probability|odds)\b", re.IGNORECASE)


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
