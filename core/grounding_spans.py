"""Durations: the ends of a range, its most likely length, days until a date."""

import re

from core.grounding_facts import TIME, Known
from core.grounding_match import near
from core.grounding_place import Place
from core.grounding_scene import Scene

_LIKELY = r"(?:most likely|likeliest|likely|probable|probably|expect\w*|best guess|central|median)"
_MIDDLE_BEFORE = re.compile(rf"\b{_LIKELY}\W+(?:[a-z]+\W+){{0,3}}$", re.IGNORECASE)
_MIDDLE_AFTER = re.compile(
    rf"^\s*(?:weeks?|days?|months?|sprints?)?\s*(?:[a-z,]+\s+){{0,3}}{_LIKELY}", re.IGNORECASE
)
_TO = re.compile(r"(?:\b(?:to|and)|–|-|—)\s*(?:about\s*)?$", re.IGNORECASE)
_ENDS = {
    "low": r"at least|at best|best case|as little as|as few as|earliest"
    r"|no less than|between|from|a minimum of",
    "high": r"at most|at worst|worst case|up to|as long as|as many as|as much as|no more than"
    r"|latest|within|a maximum of",
}
_BEFORE = {
    end: re.compile(rf"\b(?:{words})\W*(?:[a-z]+\W+){{0,3}}$", re.IGNORECASE)
    for end, words in _ENDS.items()
}
_AFTER = {
    "low": re.compile(r"^[^,;\d]{0,12}\b(?:at best|at least|best case)\b", re.IGNORECASE),
    "high": re.compile(r"^[^,;\d]{0,12}\b(?:at worst|at most|worst case)\b", re.IGNORECASE),
}


def is_range(fact: Known) -> bool:
    """True for a duration with a low and a high end."""
    return fact.kind == "duration" and "low" in fact.figures and "high" in fact.figures


def is_end(place: Place) -> bool:
    """Said to be the best or the worst case: "at most five"."""
    return place.said.dim == "" and any(p.search(place.before) for p in _BEFORE.values())


def span_stands(place: Place, fact: Known) -> bool:
    """A range's ends are its low and high; "most likely" is its middle."""
    if place.said.dim not in (fact.dim, ""):
        return False
    factor = fact.scale if place.said.dim else 1.0
    ends = {
        r: fact.figures[r] * factor for r in ("low", "value", "high") if fact.get(r) is not None
    }
    return any(near(place.said, ends[role], "") for role in _which(place) if role in ends) or (
        place.said.how == "about" and "value" in ends and near(place.said, ends["value"])
    )


def _which(place: Place) -> tuple[str, ...]:
    if _TO.search(place.before):
        return ("high",)
    if re.match(r"^\s*(?:to|–|-|—|and)\s*$", place.after):
        return ("low",)
    if _MIDDLE_BEFORE.search(place.before) or _MIDDLE_AFTER.match(place.after):
        return ("value",)
    for end in ("low", "high"):
        if _BEFORE[end].search(place.before) or _AFTER[end].match(place.after):
            return (end,)
    return ("value",)


def days_until(scene: Scene, place: Place) -> bool:
    """ "in 7 days", "14 days left": from the sheet's day to one of its dates."""
    if _later(scene, place):
        return True
    around = re.search(r"\b(?:in|within)\s*$", place.before) or re.match(
        r"^\s*(?:left|to go|from (?:now|today)|away|until|before|remain)", place.after
    )
    as_of = scene.ground.as_of
    if place.said.dim != TIME or not around or as_of is None:
        return False
    named = [f for f in scene.about(place.said.start) if f.on]
    return any(near(place.said, (f.on - as_of).days * 86400.0) for f in named if f.on)


def _later(scene: Scene, place: Place) -> bool:
    """ "One week later": between two dates of the sheet."""
    if place.said.dim != TIME or not re.match(
        r"^\s*(?:later|earlier|after|before|apart)\b", place.after
    ):
        return False
    days = [f.on for f in scene.ground.facts if f.kind == "date" and f.on]
    given = [d for d in days if any(w.fits(d) for w in scene.dates)]
    return any(
        near(place.said, abs((a - b).days) * 86400.0, "") for a in given for b in given if a != b
    )
