"""Numbers that stand as "n of m": "2 of 3", "1 in 12", "72 of 120 GPU-hours"."""

import re
from collections.abc import Iterable
from itertools import pairwise

from core.grounding.derived import LESS, part_of
from core.grounding.flipped import flipped
from core.grounding.ground import COUNT, GPU, MONEY, PERCENT, TIME, UNITS, Known
from core.grounding.matching import REST, near
from core.grounding.numbers import WrittenNumber
from core.grounding.placing import Place
from core.grounding.sentence import Scene
from core.grounding.vocabulary import own

_OF = re.compile(
    r"^\s{0,9}(?:(?!short|shy|ahead|instead|because|over|under|above|below)[a-z]{1,60}\s{1,9}){0,2}?"
    r"(?:out of|of|in|/)\s{0,9}(?:the|every|our|all|these|its|their|those)?\s{0,9}"
    r"(?:other\s{1,9}|total\s{1,9}|budgeted\s{1,9})?$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"^\s{0,9}(?:[a-z]{1,60}\s{1,9}){0,5}out of\s{0,9}(?:the|all|our)?\s{0,9}$", re.IGNORECASE
)
_FIRST = re.compile(r"\bof\s{1,9}(?:the|all|our|every)?\s{0,9}$", re.IGNORECASE)
_ALL_BUT = re.compile(r"\b(?:all|every\w*) (?:but|except|bar)\s*$", re.IGNORECASE)


def pairs(scene: Scene, found: list[Place]) -> list[tuple[Place, Place]]:
    """The numbers that stand as "n of m"."""
    joined = []
    for one, two in pairwise(found):
        between = scene.plain[one.said.end : two.said.start]
        plain = {one.said.dim, two.said.dim} <= {"", COUNT}
        if (_OF.match(between) or _OUT_OF.match(between)) and (
            plain or one.said.dim == two.said.dim != PERCENT
        ):
            joined.append((one, two))
    return joined


def turned_pairs(found: list[Place], facts: Iterable[Known]) -> list[tuple[Place, Place]]:
    """ "Out of 100 questions, 87": the whole before the part, where the sheet says so."""
    listed = list(facts)
    return [
        (two, one)
        for one, two in pairwise(found)
        if {one.said.dim, two.said.dim} <= {"", COUNT}
        and _FIRST.search(one.before)
        and pair_stands(two, one, listed)
    ]


def pair_stands(one: Place, two: Place, facts: Iterable[Known]) -> bool:
    """Is "n of m" a count with its total, two amounts of one kind, or a share?"""
    listed = list(facts)
    clause = f"{one.clause} {two.clause}"
    words = f"{clause} {one.sentence}"
    parts = list(part_of(listed, clause)) or list(part_of(listed, words))
    if any(_counted(one, two, part, whole, clause) for part, whole in parts):
        return True
    if _part_in(one, two, listed, clause):
        return True
    if _is_round(one, two, listed) and any(_share(one, two, f) for f in listed):
        return True
    return any(
        f.get("target") is not None and near(two.said, f.figures["target"] * _unit(two, f), "")
        and near(one.said, _part(f, clause) * _unit(one, f)) and not LESS.search(clause)
        for f in listed if f.kind in ("metric", "duration") and not f.is_share
        and (one.said.dim in (f.dim, "", COUNT) or (f.dim == GPU and two.said.factor == 3600))
        and not _other_unit(two, f)
    )  # fmt: skip


def _is_round(one: Place, two: Place, facts: list[Known]) -> bool:
    """A share is told as 1 in m, of a handful, of a round number, or of the sample itself."""
    m = two.said.value
    noun = own(one.said.noun) | own(two.said.noun)
    words = f"{one.clause} {two.clause}"
    if any(
        noun & own(f.unit) for f, whole in part_of(facts, words) if m > 12 or near(two.said, whole)
    ):
        return False
    sizes = {f.figures["n"] for f in facts if "n" in f.figures}
    return one.said.value == 1 or m <= 12 or m in (15, 16, 20, 25, 30, 40, *sizes) or m % 50 == 0


def _other_unit(place: Place, fact: Known) -> bool:
    """The noun is a unit of something else: "400 budgeted days" of GPU-hours."""
    words = place.said.noun.lower().split()
    return any(w in UNITS and UNITS[w][0] != fact.dim for w in words)


def _unit(place: Place, fact: Known) -> float:
    if place.said.dim == TIME and fact.dim == GPU:
        return place.said.factor
    return fact.scale if place.said.dim in (TIME, MONEY) else 1.0


def _counted(one: Place, two: Place, part: Known, whole: float, clause: str) -> bool:
    """n is the part, or what is left of the whole where the words say what is not."""
    if one.said.dim == MONEY and not _same_money(one, two, part):
        return False
    value = part.figures["value"]
    less = bool(LESS.search(clause)) is not bool(LESS.search(part.label))
    less = less is not bool(_ALL_BUT.search(one.sentence[: one.said.start]))
    return near(two.said, whole) and (
        near(one.said, whole - value if less else value)
        or (bool(LESS.search(part.label)) and near(one.said, value))
    )


def _part(fact: Known, clause: str) -> float:
    """What is used of the target, or what is left of it where the words say so."""
    value = fact.figures.get("value", -1.0)
    return fact.figures["target"] - value if REST.search(clause) else value


def _same_money(one: Place, two: Place, part: Known) -> bool:
    return part.kind == "money" and {one.said.currency, two.said.currency} <= {part.currency, ""}


def _part_in(one: Place, two: Place, facts: list[Known], clause: str) -> bool:
    """ "one in twelve" of a count of its total."""
    if one.said.dim == MONEY or one.said.value != 1:
        return False
    for part, whole in part_of(facts, f"{clause} {one.sentence}"):
        less = bool(LESS.search(clause)) is not bool(LESS.search(part.label))
        share = part.figures["value"] / whole
        if any(_reads(one.said, two.said, s) for s in ({1 - share} if less else {share})):
            return True
        if LESS.search(part.label) and _reads(one.said, two.said, share):
            return True
    return False


def _share(one: Place, two: Place, fact: Known) -> bool:
    if not fact.is_share or fact.kind == "probability" or two.said.value <= 0:
        return False
    if one.said.dim not in ("", COUNT) or _other_unit(two, fact):
        return False
    roles = ["baseline"] if one.is_surely_start else ["value", "low", "high"]
    roles += ["baseline"] if one.is_start else []
    if one.is_target:
        roles.append("target")
    for role in roles:
        given = fact.get(role)
        if given is None:
            continue
        share = given / fact.whole
        if flipped(f"{one.clause} {two.clause}", fact):
            share = 1 - share
        if _reads(one.said, two.said, share):
            return True
    return False


def share_moved(
    start: tuple[Place, Place], end: tuple[Place, Place], facts: Iterable[Known]
) -> bool:
    """Do both pairs of "from 1 in 12 to 1 in 50" tell of one share?"""
    return any(_share(*start, f) and _share(*end, f) for f in facts)


def _reads(one: WrittenNumber, two: WrittenNumber, share: float) -> bool:
    """13 of 100 for 0.13; 1 in 12 for 0.08 (12.5); 9 in 10 for 0.87."""
    n, m = one.value, two.value
    if not m:
        return False  # nothing is a share of none
    if m >= 50 and n > 1:
        return abs(n - share * m) <= 0.5 + 1e-9
    loose = bool(one.how)
    if abs(n / m - share) > (0.04 if loose else 0.03) + 1e-9:
        return False
    if n == 1:
        return share > 0 and abs(m - 1 / share) <= max(0.5, (0.08 if loose else 0.02) * m) + 1e-9
    return abs(n - share * m) <= 0.5 + 1e-9
