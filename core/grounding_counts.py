"""Numbers that count or compare: "2 of 3", "1 in 12", "twice", "four experiments"."""

import re
from collections.abc import Iterable
from itertools import pairwise

from core.grounding_facts import COUNT, Known
from core.grounding_match import Place, _flipped, near
from core.grounding_numbers import Said
from core.grounding_scene import Scene
from core.grounding_words import BASELINE, GAP, MOVED, TARGET, concepts, own

_OF = re.compile(
    r"^\s*(?:[a-z]+\s+){0,2}?(?:out of|of|in|/)\s*(?:the|every|our|all|these)?\s*(?:other\s+)?$",
    re.IGNORECASE,
)
_SLASH = re.compile(r"^\s*/\s*$")
_RATIOS = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0,
           "half": 0.5, "halved": 0.5, "third": 1 / 3, "quarter": 0.25, "two thirds": 2 / 3,
           "three quarters": 0.75}  # fmt: skip
_RATIO = re.compile(
    r"\b(?P<how>more than|over|nearly|almost|about|around|roughly|less than|under)?\s*(?:a |one )?"
    r"\b(?P<word>two[ -]thirds|three[ -]quarters|twice|doubled?|tripled?|half|halved|"
    r"(?<=a )third|(?<=one )third|(?<=a )quarter)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"^\s?(?:times|x|×|-fold|fold)\b", re.IGNORECASE)
_TIMES_OUT = re.compile(r"^\s?times\s+(?:out of|in)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remaining|rest|other|others|left|still|not)\b", re.IGNORECASE)


def pairs(scene: Scene, found: list[Place]) -> list[tuple[Place, Place]]:
    """The numbers that stand as "n of m"."""
    joined = []
    for one, two in pairwise(found):
        between = scene.plain[one.said.end : two.said.start]
        plain = {one.said.dim, two.said.dim} <= {"", COUNT}
        if _OF.match(between) and (plain or one.said.dim == two.said.dim not in ("percent", "")):
            joined.append((one, two))
    return joined


def pair_stands(one: Place, two: Place, facts: Iterable[Known]) -> bool:
    """Is "n of m" a count with its total, two counts of one kind, or a share?"""
    listed = list(facts)
    whole = [f for f in listed if f.kind == "count"]
    said = concepts(one.clause) | concepts(two.clause)
    for fact in whole:
        value, of = fact.get("value"), fact.get("of")
        if of is None or value is None or not near(two.said, of) or not near(one.said, value):
            continue
        if fact.names & said or not _REST.search(one.clause):
            return True
    for part in whole:
        value = part.get("value")
        if value is None or not near(one.said, value) or not part.names & said:
            continue
        if any(f.unit == part.unit and near(two.said, f.figures.get("value", -1)) for f in whole):
            return True
    if any(_share(one, two, f) for f in listed):
        return True
    return any(
        f.get("target") is not None and near(two.said, f.figures["target"])
        and near(one.said, f.figures.get("value", -1))
        for f in listed if f.kind == "metric" and not f.is_share
    )  # fmt: skip


def _share(one: Place, two: Place, fact: Known) -> bool:
    if not fact.is_share or fact.kind == "probability" or two.said.value <= 0:
        return False
    roles = ["baseline"] if one.is_surely_start else ["value", "low", "high"]
    if one.is_target:
        roles.append("target")
    whole = 1.0 if fact.unit == "fraction" else 100.0
    for role in roles:
        given = fact.get(role)
        if given is None:
            continue
        share = given / whole
        if _flipped(one, fact) or _flipped(two, fact):
            share = 1 - share
        if _reads(one.said, two.said, share):
            return True
    return False


def _reads(one: Said, two: Said, share: float) -> bool:
    """13 of 100 for 0.13; 1 in 12 for 0.08 (12.5); 9 in 10 for 0.87."""
    n, m = one.value, two.value
    if m >= 50:
        return abs(n - share * m) <= 0.5 + 1e-9
    if abs(n / m - share) > 0.03:
        return False
    if n == 1:
        return share > 0 and abs(m - 1 / share) <= 0.5 + 1e-9
    return abs(n - share * m) <= 0.5 + 1e-9


def ratio_words(clause: str) -> list[tuple[str, str, float]]:
    """(how, word, ratio) for "more than twice", "half", "a third"."""
    return [
        ((h.group("how") or "").lower(), h.group("word"),
         _RATIOS[h.group("word").lower().replace("-", " ")])
        for h in _RATIO.finditer(clause)
    ]  # fmt: skip


def is_times(place: Place) -> bool:
    """True for the 3 of "3 times its budget"."""
    return bool(_TIMES.match(place.after)) and not _TIMES_OUT.match(place.after)


def ratio_stands(how: str, ratio: float, clause: str, facts: Iterable[Known]) -> bool:
    """Is some fact's value that many times its target, its start, or its whole?"""
    return any(_fits(how, ratio, real) for f in facts for real in _ratios(f, clause))


def _ratios(fact: Known, clause: str) -> list[float]:
    value = fact.get("value")
    if not value:
        return []
    found = []
    goal, start, of = fact.get("target"), fact.get("baseline"), fact.get("of")
    if goal and (TARGET.search(clause) or GAP.search(clause)):
        found.append(value / goal)
    if start and (MOVED.search(clause) or BASELINE.search(clause)):
        found += [value / start, start / value, abs(value - start) / abs(start)]
    if of:
        found.append(value / of)
    if fact.is_share:
        found.append(value / (1.0 if fact.unit == "fraction" else 100.0))
    return found


def _fits(how: str, said: float, real: float) -> bool:
    if how in ("more than", "over"):
        return said < real < said + (1 if said >= 1 else 0.25)
    if how in ("less than", "under"):
        return said * 0.6 < real < said
    if how in ("nearly", "almost"):
        return said * 0.85 <= real <= said
    return abs(real - said) <= said * (0.07 if how else 0.05)


def count_stands(place: Place, facts: Iterable[Known], carried: set[str]) -> bool:
    """Is this a count of the sheet, named as the sheet names it?"""
    listed = [f for f in facts if f.kind in ("count", "metric", "duration")]
    said = concepts(place.clause)
    counts = [f for f in listed if f.kind == "count"]
    for fact in counts:
        value = fact.get("value")
        if value is None or not near(place.said, value):
            continue
        if _named(fact, said, carried, place, counts):
            return True
    noun = own(place.said.noun)
    sizes = any(near(place.said, f.figures["n"]) for f in listed if "n" in f.figures)
    if sizes and (
        not noun
        or noun
        & own(
            "questions examples cases samples test tests items "
            "conversations tickets answers users sessions requests"
        )
    ):
        return True
    return _rest(place, counts)


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
        return bool(fact.names & carried) and not rivals
    return bool(noun & (unit | own(fact.label))) or bool(unit & said)


def _rest(place: Place, counts: list[Known]) -> bool:
    """ "one other", "3 remain": a total less its named parts."""
    if not _REST.search(place.clause):
        return False
    values = [f.figures.get("value", 0.0) for f in counts]
    of = [f.figures["of"] - f.figures["value"] for f in counts if "of" in f.figures]
    return place.said.value in of or any(
        near(place.said, a - b) for a in values for b in values if a > b
    )
