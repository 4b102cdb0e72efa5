"""Numbers that count: "four experiments", "the other two", "three are missing"."""

import re
from collections.abc import Iterable

from core.grounding.derived import LESS
from core.grounding.ground import Known
from core.grounding.matching import near
from core.grounding.placing import Place
from core.grounding.vocabulary import concepts, own

_REST = re.compile(r"\b(?:remaining|remains?|rest|other|others|left|still|neither)\b", re.I)
_MEASURED = re.compile(
    r"\b(?:on|over|across|from|in|of|n ?=|sample of|set of|based on)\s*(?:the |some |a set of )?$",
    re.I,
)
_WHOLE_OF = re.compile(r"\b(?:of|in)\s{0,9}(?:the|its|our|all)?\s{0,9}$", re.IGNORECASE)
_SIZES = own(
    "questions examples cases samples test tests items conversations tickets answers users "
    "sessions requests replies calls pages documents"
)


def count_stands(place: Place, facts: Iterable[Known], carried: set[str]) -> bool:
    """Is this a count of the sheet, named as the sheet names it?"""
    listed = list(facts)
    said = concepts(place.clause)
    counts = [f for f in listed if f.kind == "count"]
    for fact in counts:
        value = fact.get("value")
        if value is None or not near(place.said, value) or _is_other_side(place, fact):
            continue
        if _named(fact, said, carried, place, counts):
            return True
    noun = own(place.said.noun)
    sizes = any(near(place.said, f.figures["n"]) for f in listed if "n" in f.figures)
    counted = {stem for f in counts for stem in own(f.unit)}
    if sizes and (
        not noun or noun & _SIZES or (_MEASURED.search(place.before) and not noun & counted)
    ):
        return True
    if any(_whole_of(place, f, noun) for f in counts):
        return True
    return _rest(place, counts) or _subjects(place, noun, listed)


def _is_other_side(place: Place, fact: Known) -> bool:
    """ "Three are missing" of a count that has its own total counts the rest."""
    said = bool(LESS.search(place.clause)) is not bool(LESS.search(fact.label))
    return "of" in fact.figures and said


def _whole_of(place: Place, fact: Known, noun: set[str]) -> bool:
    """ "half of the four metrics": the total that the count is of."""
    of = fact.get("of")
    if of is None or not near(place.said, of) or not _WHOLE_OF.search(place.before):
        return False
    return not noun or bool(noun & (own(fact.unit) | own(fact.label)))


def _subjects(place: Place, noun: set[str], facts: list[Known]) -> bool:
    """ "two decisions", "the two batches": as many subjects have one, or are called so."""
    having = {f.subject for f in facts if noun & own(f.label) and f.kind in ("date", "person")}
    if noun and having and place.said.value in (1.0, float(len(having))):
        return True
    called = {f.subject for f in facts if noun & own(re.sub(r"[-_]\d+$", "", f.subject))}
    return len(called) > 1 and place.said.value == float(len(called))


def _named(
    fact: Known, said: set[str], carried: set[str], place: Place, counts: list[Known]
) -> bool:
    unit, noun = own(fact.unit), own(place.said.noun)
    if noun and not noun & (unit | own(fact.label)) and not said & fact.names:
        return False
    rivals = [f for f in counts if f is not fact and f.names & said]
    if fact.names:
        if fact.names & said:
            return len(fact.names & said) >= max((len(f.names & said) for f in rivals), default=0)
        if not rivals and fact.names & carried:
            return True
        if _WHOLE_OF.search(place.before) and _is_only(
            fact, counts, noun or own(fact.unit) & carried
        ):
            return True
        return not rivals and (_is_only(fact, counts, noun) or _is_plain(place, fact, carried))
    return bool(noun & (unit | own(fact.label))) or bool(unit & said)


def _is_plain(place: Place, fact: Known, carried: set[str]) -> bool:
    """No count is named: a number of three digits, or of what the sentence counts, will do."""
    noun = own(place.said.noun)
    if place.said.value >= 100 and place.said.value % 10 ** (len(str(int(place.said.value))) - 1):
        return not noun or bool(noun & own(fact.unit))
    return not noun and bool(own(fact.unit) & carried)


def _is_only(fact: Known, counts: list[Known], noun: set[str]) -> bool:
    """The largest count of that unit needs no more words: "of eight experiments"."""
    same = [f.figures.get("value", 0.0) for f in counts if f.unit == fact.unit]
    return bool(noun & own(fact.unit)) and fact.figures["value"] >= max(same)


def _rest(place: Place, counts: list[Known]) -> bool:
    """ "one other", "3 remain", "one failed": a total less its named parts."""
    words = place.clause
    if not _REST.search(words) and not LESS.search(words):
        return False
    of = [f.figures["of"] - f.figures["value"] for f in counts if "of" in f.figures]
    if place.said.value in of:
        return True
    values = [f.figures.get("value", 0.0) for f in counts]
    if not values or not _REST.search(words):
        return False
    rests = [max(values) - part for part in (*values, sum(values) - max(values))]
    return any(rest > 0 and near(place.said, rest) for rest in rests)
