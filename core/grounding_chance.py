"""Percentages that are a probability: is it that high, by that date?"""

import re

from core.grounding_dates import When
from core.grounding_match import near
from core.grounding_place import CHANCE_OF, Place
from core.grounding_scene import Scene
from core.grounding_words import CHANCE

_LINK = r"(?:\s+(?:of|is|at|now|about|stands at|was|are|to be|put at))*"
_BEFORE = re.compile(rf"(?:{CHANCE.pattern}){_LINK}\s*$", re.IGNORECASE)
_AFTER = re.compile(rf"^[\s-]*(?:a\s)?(?:{CHANCE.pattern})", re.IGNORECASE)
_PUT_AT = re.compile(r"\b(?:at|and|to|is|are)\s*$", re.IGNORECASE)
_HORIZON = re.compile(r"^\s*(?:(?:chance|likely|probab\w+)\s+)?(?:by|before|until|at|for)\s", re.I)
_MISS = re.compile(r"\b(?:miss\w*|not|fail\w*|fall short|won't|without|below)\b", re.IGNORECASE)


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
    if _BEFORE.search(place.before) or _AFTER.match(place.after):
        return True
    known = any(f.kind == "probability" for f in scene.ground.facts)
    if not known or not CHANCE.search(scene.text):
        return False
    if _PUT_AT.search(place.before) and re.match(r"^\s*(?:by|before|until)\s", place.after):
        return True
    return not place.is_target and bool(_HORIZON.match(place.after))
