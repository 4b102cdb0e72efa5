"""Figures made from two facts of one kind: sum, difference, one as a part of the other."""

import re
from collections.abc import Iterator
from itertools import combinations

from core.grounding.ground import COUNT, MONEY, PROJECT, Known
from core.grounding.matching import REST, near
from core.grounding.placing import Place
from core.grounding.vocabulary import GAP, TARGET_NOUN, concepts, own

_SUM = re.compile(
    r"\b(?:together|combined|in total|total\w*|altogether|both|in all|sum|overall|between them"
    r"|jointly|all told)\b",
    re.IGNORECASE,
)
_APIECE = re.compile(r"^\s*(?:apiece|each|per|a piece|for each|an?)\b", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:than|ahead of|behind|between|apart|difference|gap|over|above|below|more|fewer|less|left"
    r"|remain\w*|neither|nor|not)\b",
    re.IGNORECASE,
)
_MORE_IS = re.compile(r"\b(?:above|over|more|beyond|higher|larger|longer|exceed\w*)\b", re.I)
_LESS_IS = re.compile(
    r"\b(?:below|under|less|fewer|lower|smaller|shorter|left|remain\w*|short of|behind)\b", re.I
)
LESS = re.compile(
    r"\b(?:not|no|never|without|lack\w*|missing|miss|misses|missed|fail\w*|yet|isn't|aren't|cannot|"
    r"didn't|don't|rejected|turned down|refused|wait\w*|neither|nor|unread\w*|undecided)\b",
    re.IGNORECASE,
)


def combined(place: Place, facts: list[Known]) -> bool:
    """Is the number the sum or the difference of two amounts of one kind, or money for one?"""
    made = (*_sums(place, facts), *_gaps(place, facts), *_each(place, facts))
    return any(near(place.said, value) for value in made)


def _each(place: Place, facts: list[Known]) -> Iterator[float]:
    """ "$3 apiece": the money of a period by what is counted in it."""
    if place.said.dim != MONEY or not _APIECE.match(place.after):
        return
    for cash in [f for f in facts if f.kind == "money" and f.get("value")]:
        for many in [f for f in facts if f.dim == COUNT and f.get("value")]:
            if cash.per == many.per:
                yield cash.figures["value"] / many.figures["value"]


def _sums(place: Place, facts: list[Known]) -> Iterator[float]:
    if not _SUM.search(place.sentence):
        return
    for group in _families(facts):
        values = [f.figures["value"] * f.scale for f in group]
        yield sum(values)
        yield from (a + b for a, b in combinations(values, 2))


def _gaps(place: Place, facts: list[Known]) -> Iterator[float]:
    if not (_THAN.search(place.clause) or GAP.search(place.clause) or REST.search(place.clause)):
        return
    for one, two in combinations([f for f in facts if _is_amount(f)], 2):
        if _alike(one, two) and _both_meant(place, one, two) and _right_way(place, one, two):
            yield abs(one.figures["value"] * one.scale - two.figures["value"] * two.scale)


def _right_way(place: Place, one: Known, two: Known) -> bool:
    """ "one above the limit" only when it is above; "4 more than B" only when A has more."""
    more, less = bool(_MORE_IS.search(place.clause)), bool(_LESS_IS.search(place.clause))
    if more == less:
        return True
    at = [_at(place.sentence_with_ids, f) for f in (one, two)]
    if one.subject == two.subject:
        limits = [bool(TARGET_NOUN.search(f.label)) for f in (one, two)]
        if limits[0] == limits[1]:
            return True
        first, second = (two, one) if limits[0] else (one, two)
    else:
        first, second = (one, two) if at[0] <= at[1] else (two, one)
    return (first.figures["value"] > second.figures["value"]) is more


def _at(text: str, fact: Known) -> int:
    found = text.find(fact.subject)
    return found if found >= 0 else len(text)


def _both_meant(place: Place, one: Known, two: Known) -> bool:
    """Of two things both named, or of one thing where the words name one of the two amounts."""
    if one.subject != two.subject:
        return one.label == two.label
    said = concepts(place.sentence)
    return bool((one.names ^ two.names) & said)


def _families(facts: list[Known]) -> Iterator[list[Known]]:
    """Amounts of one label over several subjects, or of several labels of one subject."""
    amounts = [f for f in facts if _is_amount(f) and f.subject != PROJECT]
    for label in dict.fromkeys(f.label for f in amounts):
        group = [f for f in amounts if f.label == label]
        if len(group) > 1 and all(_alike(group[0], f) for f in group):
            yield group


def _is_amount(fact: Known) -> bool:
    return fact.kind in ("count", "money", "metric", "duration") and "value" in fact.figures


def _alike(one: Known, two: Known) -> bool:
    return (one.kind, one.unit, one.per) == (two.kind, two.unit, two.per) or (
        one.dim == two.dim == "money" and (one.currency, one.per) == (two.currency, two.per)
    )


def shares(facts: list[Known], clause: str, sentence: str) -> list[float]:
    """Each amount as a part of another of its kind; what is left where the words say so."""
    found: list[float] = []
    for part, whole in part_of(facts, sentence):
        less = bool(LESS.search(clause)) is not bool(LESS.search(part.label))
        less = less or bool(REST.search(clause))
        value = part.figures["value"]
        found.append((whole - value if less else value) / whole)
        if LESS.search(part.label):
            found.append(value / whole)
    return found


def part_of(facts: list[Known], words: str) -> Iterator[tuple[Known, float]]:
    """(part, whole): a count and what it is of; two amounts of a subject in one unit."""
    said = concepts(words)
    for part in facts:
        value = part.get("value")
        if value is None or part.kind not in ("count", "money"):
            continue
        if "of" in part.figures:
            if (part.names | own(part.unit)) & said:
                yield part, part.figures["of"]
            continue
        if part.names & said:
            wholes = [f for f in facts if _is_whole(part, f, facts, said)]
            yield from ((part, whole.figures["value"]) for whole in wholes)


def _is_whole(part: Known, other: Known, facts: list[Known], said: set[str]) -> bool:
    """The largest of its kind, or one that the words name; never less than the part."""
    least = max(part.figures["value"], 1e-9)
    if other is part or other.kind != part.kind or other.figures.get("value", 0.0) < least:
        return False
    if not _alike(part, other) or part.subject != other.subject:
        return False
    family = [f for f in facts if _alike(part, f) and f.subject == part.subject]
    largest = max(f.figures.get("value", 0.0) for f in family)
    return other.figures["value"] == largest or bool(other.names & said)
