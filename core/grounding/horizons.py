"""What lies ahead: the ends of a range of time, its most likely length, days until a date, and the
probability that something is reached by then.
"""

import re

from core.grounding.dates import When
from core.grounding.ground import TIME, Known
from core.grounding.matching import near
from core.grounding.placing import CHANCE_OF, Place
from core.grounding.sentence import Scene
from core.grounding.vocabulary import CHANCE

_LIKELY = (
    r"(?:most likely|likeliest|likely|probable|probably|expect\w{0,60}|best guess|central|median)"
)
_MIDDLE_BEFORE = re.compile(rf"\b{_LIKELY}\W+(?:[a-z]+\W+){{0,3}}$", re.IGNORECASE)
_MIDDLE_AFTER = re.compile(
    rf"^\s{{0,9}}(?:weeks?|days?|months?|sprints?)?\s{{0,9}}(?:[a-z,]{{1,60}}\s{{1,9}}){{0,3}}{_LIKELY}",
    re.IGNORECASE,
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
_LINK = r"(?:\s+(?:of|is|at|now|about|stands at|was|are|to be|put at))*"
_CHANCE_BEFORE = re.compile(rf"(?:{CHANCE.pattern}){_LINK}\s*$", re.IGNORECASE)
_CHANCE_AFTER = re.compile(rf"^[\s-]*(?:a\s)?(?:{CHANCE.pattern})", re.IGNORECASE)
_PUT_AT = re.compile(r"\b(?:at|and|to|is|are)\s*$", re.IGNORECASE)
_HORIZON = re.compile(r"^\s*(?:(?:chance|likely|probab\w+)\s+)?(?:by|before|until|at|for)\s", re.I)
_MISS = re.compile(r"\b(?:miss\w*|not|fail\w*|fall short|won't|without|below)\b", re.IGNORECASE)


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


def chance(scene: Scene, place: Place) -> bool | None:
    """Does the sheet give this probability by that date? None for other numbers."""
    surely = _is_chance(scene, place)
    if not surely and not _may_be_chance(scene, place):
        return None
    value = place.said.value * (100 if place.said.dim == "" and place.said.step < 1 else 1)
    miss = _MISS.search(_around(scene, place))
    day = _day(scene, place)
    stands = any(
        _same(value, place, 100 - f.figures["value"] if miss else f.figures["value"])
        and (day is None or (f.on is not None and day.fits(f.on)))
        for f in scene.ground.facts
        if f.kind == "probability" and "value" in f.figures
    )
    return stands if surely else (stands or None)


def _day(scene: Scene, place: Place) -> When | None:
    """The date that goes with the chance: of its own clause, after it before before it."""
    clause = scene.clause(place.said.start)
    here = [w for w in scene.dates if clause.start <= w.start < clause.end]
    after = [w for w in scene.dates if w.start >= place.said.end]
    same = [w for w in here if w in after] or here[-1:]
    return next(iter(same or after or scene.dates), None)


def _may_be_chance(scene: Scene, place: Place) -> bool:
    """A percentage in a sentence about a chance, that may be it."""
    return place.said.dim == "percent" and not place.is_target and bool(CHANCE.search(scene.text))


def _around(scene: Scene, place: Place) -> str:
    """The words that say what the chance is of: all, or what follows where there are several."""
    shares = [n for n in scene.numbers if n.dim == "percent"]
    rest = scene.plain if len(shares) <= 2 else scene.plain[place.said.end :]
    return re.sub(r"\bthan not\b", "", rest if len(shares) <= 2 else re.split(r"[;.]", rest)[0])


def _same(value: float, place: Place, real: float) -> bool:
    return value == real if place.said.dim == "" else near(place.said, real)


def _is_chance(scene: Scene, place: Place) -> bool:
    if place.said.dim not in ("percent", "") or place.said.noun or CHANCE_OF.match(place.before):
        return False
    if place.said.dim == "" and place.said.value > 1:
        return False
    if _CHANCE_BEFORE.search(place.before) or _CHANCE_AFTER.match(place.after):
        return True
    known = any(f.kind == "probability" for f in scene.ground.facts)
    if not known or not CHANCE.search(scene.text):
        return False
    if _PUT_AT.search(place.before) and re.match(r"^\s*(?:by|before|until)\s", place.after):
        return True
    return not place.is_target and bool(_HORIZON.match(place.after))
