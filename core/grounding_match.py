"""Does a fact say this number, in this role, at this precision?"""

import re
from collections.abc import Iterator

from core.grounding_facts import COUNT, GPU, PERCENT, POINTS, TIME, Known
from core.grounding_numbers import Said
from core.grounding_place import Place
from core.grounding_words import GAP, MOVED, NEGATED, RIGHT, WRONG

_BACK = re.compile(r"\b(?:baseline|start|starting point|before|previous\w*)\b", re.IGNORECASE)
_OF_BUDGET = re.compile(r"^\s*of\s+(?:the|its|our|their)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remain\w*|left|unused|spare|headroom|to go|rest|other)\b", re.IGNORECASE)


def supported(place: Place, fact: Known) -> bool:
    """True when the fact has this number in the role the words give it."""
    said = place.said
    if fact.kind == "probability" or not _comparable(said, fact):
        return False
    return any(_near(said, value, place) for value in _levels(place, fact)) or any(
        _near(said, value, None) for value in _distances(place, fact)
    )


def near(said: Said, value: float) -> bool:
    """Does the value round to the number as it is written? "about" also allows 2 %."""
    slack = max(said.step / 2, 0.02 * abs(value) if said.about else 0.0)
    if abs(said.value - value) > slack * (1 + 1e-9) + 1e-9:
        return False
    return abs(said.value - value) <= 0.12 * abs(value) + 1e-9


def _near(said: Said, value: float, place: Place | None) -> bool:
    more = said.compared in ("more than", "over", "above")
    less = said.compared in ("less than", "under", "below", "fewer than")
    if place is None or not (more or less) or place.is_target or said.dim == TIME:
        return near(said, value)
    ahead = value - said.value if more else said.value - value
    return 0 < ahead <= 0.15 * abs(value)


def _comparable(said: Said, fact: Known) -> bool:
    dim = said.dim
    if dim == "":
        return fact.dim != "money"
    if dim in (PERCENT, POINTS):
        return (
            fact.is_share
            or (dim == PERCENT and fact.dim in (TIME, GPU, "money", COUNT, ""))
            or (dim == POINTS and fact.dim == "")
        )
    return dim == fact.dim


def _scaled(place: Place, fact: Known, value: float) -> list[float]:
    """The fact's figure as it may be written: a fraction also as a percentage."""
    said = place.said
    if said.dim == "":
        forms = [value]
        return [*forms, value / 100] if fact.dim == PERCENT and said.step < 1 else forms
    if said.dim in (PERCENT, POINTS):
        return [value * 100] if fact.unit == "fraction" else [value]
    return [value * fact.scale]


def _levels(place: Place, fact: Known) -> Iterator[float]:
    """Values, targets and starts that these words may mean."""
    if place.said.dim == POINTS and fact.is_share:
        return
    if place.said.dim == PERCENT and not fact.is_share:
        return
    held = fact.kind in ("count", "duration", "money")
    if place.is_change and not place.is_surely_target and not held:
        return
    roles, goal = _roles(place, fact), fact.get("target")
    for role in roles:
        value = fact.get(role)
        if value is None or (role == "target" and not _on_side(place, fact)):
            continue
        if role in ("value", "low", "high", "baseline") and flipped(place.clause, fact):
            value = (1.0 if fact.unit == "fraction" else 100.0) - value
        if role == "value" and value != goal and _is_goal(place, fact, goal):
            continue  # 4.6 rounds to 5, but 5 is the target
        yield from _scaled(place, fact, value)


def _is_goal(place: Place, fact: Known, goal: float | None) -> bool:
    return goal is not None and any(
        abs(form - place.said.value) < 1e-9 for form in _scaled(place, fact, goal)
    )


def _on_side(place: Place, fact: Known) -> bool:
    """ "above the target" only when the value is."""
    value, goal = fact.get("value"), fact.get("target")
    if not place.side or value is None or goal is None:
        return True
    return value > goal if place.side == "above" else value < goal


def _roles(place: Place, fact: Known) -> list[str]:
    if place.is_surely_start:
        return ["baseline"]
    if place.chained:
        return ["value"]
    if place.is_surely_target and fact.get("target") is not None:
        return ["target"]
    roles = ["value", "low", "high"]
    roles += ["target"] if place.is_target else []
    roles += ["baseline"] if place.is_start else []
    return roles


def flipped(clause: str, fact: Known) -> bool:
    """True when the words count what the fact does not: wrong answers of an accuracy."""
    if not fact.is_share:
        return False
    wrong, right = bool(WRONG.search(clause)), bool(RIGHT.search(clause))
    if wrong == right:
        return False
    if bool(NEGATED.search(clause)):
        wrong, right = right, wrong
    bad = bool(WRONG.search(fact.label)) or not fact.up_is_good
    return right if bad else wrong


def _distances(place: Place, fact: Known) -> Iterator[float]:
    """Changes, gaps and shares that one step derives from the fact."""
    value, start, goal = fact.get("value"), fact.get("baseline"), fact.get("target")
    if value is None:
        return
    if fact.kind == "count":
        if fact.get("of") is not None and _REST.search(place.clause):
            yield fact.figures["of"] - value
        return
    back = GAP.search(place.clause) and _BACK.search(place.after)
    moved = MOVED.search(place.clause) and (place.is_change or not place.is_start)
    if start is not None and (back or moved):
        yield from _apart(place, fact, value, start)
    if goal is not None and GAP.search(place.clause) and not back:
        yield from _apart(place, fact, value, goal)
    if goal and place.said.dim == PERCENT and not fact.is_share and _OF_BUDGET.match(place.after):
        yield value / goal * 100


def _apart(place: Place, fact: Known, value: float, other: float) -> Iterator[float]:
    """How far two figures are apart: as a percentage of the other, or in their own unit."""
    gap = abs(value - other)
    if place.said.dim != PERCENT:
        yield from _scaled(place, fact, gap)
    elif other and not (_REST.search(place.clause) and value > other):
        yield gap / abs(other) * 100
