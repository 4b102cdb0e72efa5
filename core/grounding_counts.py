"""Numbers that count or compare: "2 of 3", "1 in 12", "twice", "four experiments"."""

import re
from collections.abc import Iterable
from itertools import pairwise

from core.grounding_facts import COUNT, GPU, PERCENT, Known
from core.grounding_match import flipped, near
from core.grounding_numbers import Said
from core.grounding_place import Place
from core.grounding_scene import Scene
from core.grounding_words import BASELINE, GAP, MOVED, TARGET, concepts, own

_OF = re.compile(
    r"^\s*(?:[a-z]+\s+){0,2}?(?:out of|of|in|/)\s*"
    r"(?:the|every|our|all|these|its|their)?\s*(?:other\s+)?$",
    re.IGNORECASE,
)
_SLASH = re.compile(r"^\s*/\s*$")
_RATIOS = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0,
           "half": 0.5, "halved": 0.5}  # fmt: skip
_TIMES_PART = {"": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_RATIO = re.compile(
    r"\b(?P<how>more than|over|just over|just under|nearly|almost|about|around|roughly"
    r"|less than|under)?\s*(?P<word>(?:a )?half(?!\s+an?\s)|twice|doubled?|tripled?|halved"
    r"|(?P<n>a|one|two|three|four)[ -](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"^\s?(?:times|x|×|-fold|fold)\b", re.IGNORECASE)
_TIMES_OUT = re.compile(r"^\s?times\s+(?:out of|in)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remaining|remains?|rest|other|others|left|still)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:not|no|never|without|lack\w*|missing|miss|misses|missed|fail\w*|yet|isn't|aren't|cannot|"
    r"didn't|don't)\b",
    re.IGNORECASE,
)
_OF_ITS = re.compile(r"\bof\s+(?:its|the|our|their)\b", re.IGNORECASE)


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
    clause = f"{one.clause} {two.clause}"
    if any(_counted(one, two, part, listed) for part in listed if part.kind == "count"):
        return True
    if any(_share(one, two, f) for f in listed):
        return True
    return any(
        f.get("target") is not None and near(two.said, f.figures["target"])
        and near(one.said, f.figures.get("value", -1)) and not _LESS.search(clause)
        for f in listed if f.kind == "metric" and not f.is_share
    )  # fmt: skip


def _counted(one: Place, two: Place, part: Known, facts: list[Known]) -> bool:
    """n is the part, or what is left of the whole where the words say what is not."""
    value, of = part.get("value"), part.get("of")
    clause = f"{one.clause} {two.clause}"
    if value is None or (of is None and not part.names & concepts(clause)):
        return False
    wholes = [of] if of is not None else [
        f.figures["value"] for f in facts
        if f.kind == "count" and f.unit == part.unit and f.figures.get("value", -1) >= value
    ]  # fmt: skip
    less = bool(_LESS.search(clause)) is not bool(_LESS.search(part.label))
    return any(near(two.said, m) and near(one.said, m - value if less else value) for m in wholes)


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
        if flipped(f"{one.clause} {two.clause}", fact):
            share = 1 - share
        if _reads(one.said, two.said, share):
            return True
    return False


def _reads(one: Said, two: Said, share: float) -> bool:
    """13 of 100 for 0.13; 1 in 12 for 0.08 (12.5); 9 in 10 for 0.87."""
    n, m = one.value, two.value
    if m >= 50:
        return abs(n - share * m) <= 0.5 + 1e-9
    if abs(n / m - share) > 0.03 + 1e-9:
        return False
    if n == 1:
        return share > 0 and abs(m - 1 / share) <= 0.5 + 1e-9
    return abs(n - share * m) <= 0.5 + 1e-9


def ratio_words(clause: str) -> list[tuple[str, str, float, tuple[int, int]]]:
    """(how, word, ratio, where) for "more than twice", "half", "a third"."""
    found = []
    for hit in _RATIO.finditer(clause):
        word = hit.group("word").lower()
        if hit.group("part"):
            part = hit.group("part").lower()
            ratio = _TIMES_PART[hit.group("n").lower()] / _PARTS[part]
        else:
            ratio = _RATIOS[word.removeprefix("a ")]
        found.append(((hit.group("how") or "").lower(), word, ratio, hit.span()))
    return found


def is_times(place: Place) -> bool:
    """True for the 3 of "3 times its budget"."""
    return bool(_TIMES.match(place.after)) and not _TIMES_OUT.match(place.after)


def ratio_stands(how: str, ratio: float, clause: str, facts: Iterable[Known]) -> bool:
    """Is some fact's value that many times its target, its start, or its whole?"""
    listed = list(facts)
    reals = [real for f in listed for real in (*_ratios(f, clause), *_parts(f, listed, clause))]
    return any(_fits(how, ratio, real) for real in reals)


def _parts(part: Known, facts: list[Known], clause: str) -> list[float]:
    """A count as a share of the counts it may be part of."""
    value = part.get("value")
    if part.kind != "count" or value is None or not part.names & concepts(clause):
        return []
    wholes = [part.figures["of"]] if "of" in part.figures else [
        f.figures.get("value", 0.0) for f in facts if f.kind == "count" and f.unit == part.unit
    ]  # fmt: skip
    less = bool(_LESS.search(clause)) is not bool(_LESS.search(part.label))
    return [(m - value if less else value) / m for m in wholes if m > 0 and m >= value]


def percent_stands(place: Place, facts: Iterable[Known]) -> bool:
    """Is "5% of the features" a part of a count, in percent?"""
    if place.said.dim != PERCENT or not re.match(r"^\s+of\b", place.after):
        return False
    listed = list(facts)
    return any(near(place.said, r * 100) for f in listed for r in _parts(f, listed, place.clause))


def _ratios(fact: Known, clause: str) -> list[float]:
    value = fact.get("value")
    if not value or fact.kind == "probability":
        return []
    found = []
    goal, start = fact.get("target"), fact.get("baseline")
    if goal and not fact.is_share and (TARGET.search(clause) or GAP.search(clause)):
        found += [value / goal, abs(value - goal) / goal]
    elif goal and fact.dim == GPU and _OF_ITS.search(clause):
        found.append(value / goal)
    if start and (MOVED.search(clause) or BASELINE.search(clause)):
        found += [value / start, start / value, abs(value - start) / abs(start)]
    if fact.is_share:
        share = value / (1.0 if fact.unit == "fraction" else 100.0)
        found.append(1 - share if flipped(clause, fact) else share)
    return found


def _fits(how: str, said: float, real: float) -> bool:
    if how in ("more than", "over", "just over"):
        return said < real < said + (1 if said >= 1 else 0.25)
    if how in ("less than", "under"):
        return said * 0.6 < real < said
    if how in ("nearly", "almost", "just under"):
        return said * 0.85 <= real <= said
    return abs(real - said) <= said * (0.07 if how else 0.05)


def count_stands(place: Place, facts: Iterable[Known], carried: set[str]) -> bool:
    """Is this a count of the sheet, named as the sheet names it?"""
    listed = list(facts)
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
    return _rest(place, counts) or _subjects(place, noun, listed)


def _subjects(place: Place, noun: set[str], facts: list[Known]) -> bool:
    """ "two decisions": as many subjects have one; one of them may be spoken of alone."""
    having = {f.subject for f in facts if noun & own(f.label) and f.kind in ("date", "person")}
    return bool(noun) and bool(having) and place.said.value in (1.0, float(len(having)))


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
    """ "one other", "3 remain", "one failed": a total less its named parts."""
    if not _REST.search(place.clause) and not _LESS.search(place.clause):
        return False
    of = [f.figures["of"] - f.figures["value"] for f in counts if "of" in f.figures]
    if place.said.value in of:
        return True
    values = [f.figures.get("value", 0.0) for f in counts]
    if not values or not _REST.search(place.clause):
        return False
    rests = [max(values) - part for part in (*values, sum(values) - max(values))]
    return any(rest > 0 and near(place.said, rest) for rest in rests)
