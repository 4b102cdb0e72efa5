"""Every number of a sentence against the facts: which of them does the sheet not say?"""

import re

from core.grounding_counts import (
    count_stands,
    is_times,
    pair_stands,
    pairs,
    percent_stands,
    ratio_stands,
    ratio_words,
)
from core.grounding_facts import COUNT, SPRINTS, TIME, Known
from core.grounding_match import near, supported
from core.grounding_numbers import numbers
from core.grounding_place import CHANCE_OF, Place, places
from core.grounding_scene import Scene
from core.grounding_words import CHANCE, TARGET, concepts, own

_P = re.compile(r"\bp(?:-value)?\s*(?:=|<|>|≤|of|is|was|at)\s*$", re.IGNORECASE)
_PERIOD = re.compile(
    r"^\s*(?:(?:of [a-z ]{1,20})?(?:a|per|each|every|/)\s?|this |the )?(?P<each>week"
    r"|month|day|sprint|quarter|year"
    r"|hour|customer|answer|question|ticket|user|query|run)(?:ly)?\b|^\s*(?P<ly>weekly"
    r"|monthly|daily|yearly|annually|quarterly|hourly)\b",
    re.IGNORECASE,
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:this|each|every|per|a|last)\s(?P<each>week|month|day|sprint|quarter|year|hour)\b"
    r"|\b(?P<ly>weekly|monthly|daily|yearly|annual|quarterly|hourly)\b",
    re.IGNORECASE,
)
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}
_LY = {"daily": "day", "annually": "year", "annual": "year"}
_YEARS = {("week", "year"): 52.0, ("month", "year"): 12.0, ("day", "week"): 7.0,
          ("week", "day"): 1 / 7, ("day", "year"): 365.0}  # fmt: skip
_MOST_LIKELY = re.compile(
    r"\b(?:most likely|likely|probably|expect\w*)\W+(?:about\s)?$", re.IGNORECASE
)


def unsupported(scene: Scene) -> list[str]:
    """The numbers and ratios of the sentence that the sheet does not say, each with why."""
    parts = [span for _, _, _, span in ratio_words(scene.plain)]
    found = [p for p in places(scene) if not any(a <= p.said.start < b for a, b in parts)]
    paired = pairs(scene, found)
    done = {id(p) for pair in paired for p in pair}
    bad = [_told(one) + f" of {two.said.value:g}" for one, two in paired
           if not pair_stands(one, two, _candidates(scene, one))
           and not (supported_pair(one, two, scene))]  # fmt: skip
    alone = [place for place in found if id(place) not in done]
    bad += [_told(place) for place in alone if not _stands(scene, place)]
    for clause in scene.clauses:
        for how, word, ratio, _ in ratio_words(scene.plain[clause.start : clause.end]):
            facts = _candidates_at(scene, clause.start)
            if not ratio_stands(how, ratio, clause.text, facts):
                bad.append(f"“{word}” is no ratio of the sheet")
    return bad


def supported_pair(one: Place, two: Place, scene: Scene) -> bool:
    """Numbers of a text fact, quoted with the words around them."""
    return _quoted(scene, one) and _quoted(scene, two)


def _told(place: Place) -> str:
    return (
        f"{place.said.value:g}{' ' + place.said.dim if place.said.dim else ''} is not on the sheet"
    )


def _candidates(scene: Scene, place: Place) -> list[Known]:
    return _candidates_at(scene, place.said.start)


def _candidates_at(scene: Scene, at: int) -> list[Known]:
    """The facts of what is spoken of; the project's own where that has none of the kind."""
    about = scene.about(at)
    if not scene.subjects(at):
        near_by = [f for f in about if scene.ground.ambient(f) or f.subject in scene.before]
        named = scene.named(at, about)
        ambient = [f for f in named if f in near_by]
        return (
            ambient + [f for f in about if f.kind != "metric" or f not in named]
            if ambient
            else about
        )
    kinds = {(f.kind, f.dim) for f in about}
    rest = [f for f in scene.ground.facts if scene.ground.ambient(f) and f not in about
            and (f.kind, f.dim) not in kinds and f.kind != "metric"]  # fmt: skip
    return about + rest


def _stands(scene: Scene, place: Place) -> bool:
    facts = _candidates(scene, place)
    if _P.search(place.before):
        return _p_value(scene, place, facts)
    if is_times(place):
        how = place.said.compared or ("about" if place.said.about else "")
        return ratio_stands(how, place.said.value, place.clause, _named(scene, place, facts))
    chance = _chance(scene, place)
    if chance is not None:
        return chance
    if place.said.dim == COUNT and not place.is_surely_target:
        carried = concepts(scene.plain[: place.said.start])
        return count_stands(place, facts, carried) or _quoted(scene, place) or _sized(place, facts)
    if place.said.dim == "money":
        return any(_money(scene, place, f) for f in facts if f.kind == "money") or _quoted(
            scene, place
        )
    if place.said.dim == SPRINTS:
        return any(f.kind == "duration" and f.unit.startswith("sprint") and _duration(place, f)
                   for f in facts) or _quoted(scene, place)  # fmt: skip
    named = _named(scene, place, facts)
    if any(supported(place, f) and _duration(place, f) for f in named if f.kind != "count"):
        return True
    return (
        _bare_count(scene, place, facts)
        or percent_stands(place, facts)
        or _quoted(scene, place)
        or _days_until(scene, place)
    )


def _sized(place: Place, facts: list[Known]) -> bool:
    """A metric that is itself an amount of something: queries labelled, of so many."""
    noun = own(place.said.noun)
    listed = [f for f in facts if f.kind == "metric" and f.dim == COUNT and noun & own(f.unit)]
    return any(supported(place, f) for f in listed)


def _bare_count(scene: Scene, place: Place, facts: list[Known]) -> bool:
    if place.said.dim != "":
        return False
    carried = concepts(scene.plain[: place.said.start])
    return count_stands(place, [f for f in facts if f.kind == "count"], carried)


def _named(scene: Scene, place: Place, facts: list[Known]) -> list[Known]:
    """The metrics that the clause names, and what is no metric; all when none is named."""
    metrics = [f for f in facts if f.kind in ("metric", "test")]
    named = scene.named(place.said.start, metrics)
    if not named:
        return facts
    return named + [f for f in facts if f.kind not in ("metric", "test")]


def _duration(place: Place, fact: Known) -> bool:
    """A range's ends are its low and high; "most likely" is its middle."""
    low, high, value = fact.get("low"), fact.get("high"), fact.get("value")
    if low is None or high is None:
        return True
    factor = fact.scale if place.said.dim else 1.0
    if _MOST_LIKELY.search(place.before):
        return value is not None and near(place.said, value * factor)
    if re.search(r"(?:\bto|–|-|\band)\s*$", place.before):
        return near(place.said, high * factor)
    if re.match(r"^\s*(?:to|–|-|and)\s*$", place.after):
        return near(place.said, low * factor)
    ends = [end * factor for end in (low, high, value) if end is not None]
    loose = re.search(r"\b(?:at least|at most|up to|as little as|between|from)\s*$", place.before)
    return any(near(place.said, e) for e in (ends if loose else ends[2:]))


def _p_value(scene: Scene, place: Place, facts: list[Known]) -> bool:
    tests = [f for f in facts if f.kind == "test"]
    named = scene.named(place.said.start, tests) or tests
    known = [float(f.more["p_value"]) for f in named if "p_value" in f.more]
    if "<" in place.before[-4:]:
        return bool(known) and all(p < place.said.value for p in known)
    if ">" in place.before[-4:]:
        return bool(known) and all(p > place.said.value for p in known)
    return any(near(place.said, p) for p in known)


def _chance(scene: Scene, place: Place) -> bool | None:
    """Of a percentage that is a probability: is it, by that date? None for other numbers."""
    chances = [f for f in scene.ground.facts if f.kind == "probability"]
    if place.said.dim not in ("percent", "") or place.said.noun:
        return None
    if place.said.dim == "" and place.said.value > 1:
        return None
    close = re.search(
        rf"(?:{CHANCE.pattern})(?:\s+(?:of|is|at|now|about|stands at|was))*\s*$",
        place.before,
        re.I,
    ) or re.match(rf"^[\s-]*(?:a\s)?{CHANCE.pattern}", place.after, re.IGNORECASE)
    if not close:
        if not chances or not CHANCE.search(scene.text) or place.is_target:
            return None
        if not re.match(r"^\s*(?:by|before|until|at)\s", place.after):
            return None
    if CHANCE_OF.match(place.before):
        return None
    miss = re.search(r"\b(?:miss\w*|not|fail\w*|fall short)\b", place.after, re.IGNORECASE)
    after = [w for w in scene.dates if w.start >= place.said.end]
    day = next(iter(after or scene.dates), None)
    return any(
        near(place.said, 100 - f.figures.get("value", 101) if miss else f.figures.get("value", -1))
        and (day is None or (f.on is not None and day.fits(f.on)))
        for f in chances
    )


def _money(scene: Scene, place: Place, fact: Known) -> bool:
    value = fact.get("value")
    if value is None:
        return False
    sign = scene.plain[place.said.start : place.said.end].strip()[:1]
    if sign in _CURRENCIES and fact.unit.upper() not in (_CURRENCIES[sign], sign):
        return False
    period = str(fact.more.get("period") or "")
    hit = _PERIOD.match(place.after) or _PERIOD_BEFORE.search(place.clause)
    said = ""
    if hit:
        said = hit.group("each") or _LY.get(hit.group("ly").lower(), hit.group("ly").lower()[:-2])
    said = said.lower()
    times = 1.0 if not said or said == period else _YEARS.get((period, said), 0.0)
    if not times or not near(place.said, value * times):
        return False
    rivals = [f for f in scene.ground.facts if f.kind == "money" and f is not fact]
    words = concepts(scene.text)
    return len(fact.names & words) >= max((len(f.names & words) for f in rivals), default=0)


def _quoted(scene: Scene, place: Place) -> bool:
    """The number stands in a text fact, or in a label, whose words are here too."""
    words = concepts(scene.plain)
    for fact in _candidates(scene, place):
        for text, least in ((fact.word, 2), (fact.label, 2)):
            known = any(n.value == place.said.value for n in numbers(text))
            if not known or (text is fact.label and not TARGET.search(place.clause)):
                continue
            if len(concepts(text) & words) >= least and not place.is_change:
                return True
    return False


def _days_until(scene: Scene, place: Place) -> bool:
    """ "in 7 days": from the sheet's day to one of its dates."""
    if place.said.dim != TIME or not re.search(r"\b(?:in|within)\s*$", place.before):
        return False
    words = concepts(scene.plain)
    ends = [f.on for f in scene.ground.facts if f.kind == "date" and f.on and f.names & words]
    as_of = scene.ground.as_of
    return as_of is not None and any((e - as_of).days * 86400 == place.said.value for e in ends)
