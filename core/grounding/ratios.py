"""Ratios: "twice its budget", "a third of the rows", "cut by a quarter", "2.5 times"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from core.grounding.derived import shares
from core.grounding.flipped import flipped
from core.grounding.ground import Known
from core.grounding.matching import REST
from core.grounding.numbers import HOW, meaning
from core.grounding.placing import Place
from core.grounding.vocabulary import BASELINE, GAP, MOVED, TARGET, concepts

_WHOLE = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "triple": 3.0,
          "tripled": 3.0, "tripling": 3.0, "quadrupled": 4.0, "quadruple": 4.0, "twofold": 2.0,
          "threefold": 3.0, "fourfold": 4.0, "half": 0.5, "halved": 0.5, "halves": 0.5,
          "halving": 0.5}  # fmt: skip
_TOP = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7,
        "nine": 9}  # fmt: skip
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20}  # fmt: skip
_RATIO = re.compile(
    rf"(?:(?P<how>(?<![\w-])(?:{HOW}))\s*)?(?:the\s)?(?<!and )(?<!and a )"
    r"(?P<word>\b(?:a |one )?half(?!\s+an?\s|-)"
    rf"|\b(?:{'|'.join(w for w in _WHOLE if w != 'half')})\b"
    rf"|\bevery (?P<nth>{'|'.join(_PARTS)})\b(?!\s+(?:day|week|month|sprint))"
    rf"|\b(?P<n>{'|'.join(_TOP)})[ -](?P<part>{'|'.join(_PARTS)})s?(?!-)\b)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"^\s?(?:times|x|×|-?fold|percent of (?:its|the) )\b", re.IGNORECASE)
_TIMES_OUT = re.compile(r"^\s?times\s+(?:out of|in)\b", re.IGNORECASE)
_OF_ITS = re.compile(r"\bof\s+(?:its|the|our|their)\b", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:over|above|beyond|under|below|short|exceed\w*|overr\w+|overshot|late|longer|behind|past)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:by|fell|down|drop\w*|cut|trim\w*|shed|reduc\w+|lower|fewer|less|off|faster|cheaper"
    r"|shorter|smaller|up|rose|grew|more|higher|increase\w*|improv\w+|worse\w*|better|slower"
    r"|gain\w*|edged|again|cost\w* less)\b",
    re.IGNORECASE,
)


_TO = re.compile(r"\bto\s*$", re.IGNORECASE)
_OF_OLD = re.compile(
    r"^\s+(?:of )?(?:what it (?:was|used to be)|its (?:old|former|previous|earlier)"
    r"|the (?:old|baseline|former|previous)|as (?:high|large|big|many|much|long))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ratio:
    """A ratio in words, and where it stands. times: "twice", "2.5 times"; else a part."""

    how: str
    word: str
    value: float
    start: int
    end: int
    times: bool
    of_start: bool = False  # "a quarter of what it was", "down to a quarter"


def ratio_words(text: str) -> list[Ratio]:
    """ "more than twice", "half", "a third", "every tenth"."""
    found = []
    for hit in _RATIO.finditer(text):
        word = hit.group("word").lower()
        if hit.group("part"):
            value = _TOP[hit.group("n").lower()] / _PARTS[hit.group("part").lower()]
        elif hit.group("nth"):
            value = 1 / _PARTS[hit.group("nth").lower()]
        else:
            value = _WHOLE[word.removeprefix("a ").removeprefix("one ")]
        way = meaning(hit.group("how")) if hit.group("how") else ""
        kept = bool(_TO.search(text[: hit.start()]) or _OF_OLD.match(text[hit.end() :]))
        kept = kept and not re.search(r"\bagain\b", text[hit.end() :])
        found.append(Ratio(way, word, value, hit.start("word"), hit.end(), value > 1, kept))
    return found


def is_times(place: Place) -> bool:
    """True for the 3 of "3 times its budget"."""
    return bool(_TIMES.match(place.after)) and not _TIMES_OUT.match(place.after)


def ratio_stands(ratio: Ratio, clause: str, sentence: str, facts: Iterable[Known]) -> bool:
    """Is some fact's value that many times its target, its start, or its whole?"""
    listed = list(facts)
    reals = [real for f in listed for real in _ratios(f, ratio, clause, sentence)]
    reals += shares(listed, clause, sentence)
    return any(_fits(ratio, real) for real in reals)


def ratio_between(ratio: Ratio, text: str, facts: Iterable[Known]) -> bool:
    """Is a figure that many times the same one of another subject, or a count of a count?"""
    amounts = [f for f in facts if f.kind in ("count", "metric", "money") and f.get("value")]
    return any(
        _fits(ratio, one.figures["value"] / two.figures["value"])
        for one, two in permutations(amounts, 2)
        if one.unit == two.unit
        and (
            (one.label == two.label and one.subject != two.subject)
            or (one.kind == two.kind == "count" and one.subject == two.subject)
        )
        and _at(text, one) < _at(text, two)  # "A is twice B"
    )


def _at(text: str, fact: Known) -> int:
    """Where the text first names the fact: its subject, or else a word of its label."""
    named = text.find(fact.subject)
    if named >= 0:
        return named
    words = [h.start() for h in re.finditer(r"[A-Za-z]+", text) if concepts(h[0]) & fact.names]
    return min(words, default=len(text))


def _ratios(fact: Known, ratio: Ratio, clause: str, sentence: str) -> Iterator[float]:
    value, goal, start = fact.get("value"), fact.get("target"), fact.get("baseline")
    if not value or fact.kind == "probability":
        return
    of_goal = any((
        TARGET.search(sentence), GAP.search(clause), _OF_ITS.search(sentence),
        ratio.times and not MOVED.search(clause),
    ))  # fmt: skip
    if goal and not fact.is_share and of_goal:
        if REST.search(clause) or _APART.search(clause):
            yield abs(value - goal) / goal
        if not REST.search(clause):
            yield value / goal
    if start:
        yield from _changes(ratio, clause, value, start)
    if fact.is_share and not ratio.times:
        share = value / fact.whole
        yield 1 - share if flipped(clause, fact) else share


def _changes(ratio: Ratio, clause: str, value: float, start: float) -> Iterator[float]:
    """ "halved" is what is left, "down a third" what is gone; times: either way round."""
    moved = MOVED.search(clause) or BASELINE.search(clause) or _LOST.search(clause)
    if ratio.times:
        if moved or ratio.word.startswith(("doubl", "tripl", "quadr")):
            yield value / start
        yield start / value
    elif ratio.word.startswith("halv") or ratio.of_start:
        yield value / start
    elif moved:
        yield abs(value - start) / abs(start)
        if not _LOST.search(clause):
            yield value / start


def _fits(ratio: Ratio, real: float) -> bool:
    said = ratio.value
    if ratio.how == "over":
        return said < real < said + (1 if said >= 1 else 0.25 * said + 0.1)
    if ratio.how == "just over":
        return said <= real < said * 1.15
    if ratio.how == "under":
        return said * 0.6 < real < said
    if ratio.how == "just under":
        return said * 0.85 <= real <= said
    return abs(real - said) <= said * (0.08 if ratio.how else 0.05)
