"""Does a fact say this number, in this role, at this precision, and per the same week or thousand
requests?
"""

import re
from collections.abc import Iterator

from core.grounding.flipped import flipped
from core.grounding.ground import COUNT, GPU, MONEY, PERCENT, POINTS, TIME, Known
from core.grounding.numbers import WrittenNumber, fits, numbers
from core.grounding.placing import Place
from core.grounding.vocabulary import GAP, MOVED, own

_BACK = re.compile(
    r"\b(?:baseline|start|starting point|before|previous\w*|last (?:week|time|month|report|sprint)"
    r"|earlier|a (?:week|month) ago|used to|it was|than (?:it )?(?:was|the old))\b",
    re.IGNORECASE,
)
_HOUR = 3600.0
_EARLY = re.compile(r"^\s*(?:early|ahead|sooner|before)\b", re.IGNORECASE)
_ABOVE = ("above", "over", "beyond", "past", "longer", "higher", "more", "overdue", "late", "too")
_SIDE_AFTER = re.compile(
    rf"^\s*(?:\w+\s)??({'|'.join(_ABOVE)}|below|under|short|shy|away|off|missing|left|lower|fewer|inside|within"
    r"|shorter|to go)\b(?! than (?:before|it was|last))",
    re.IGNORECASE,
)
_OF_BUDGET = re.compile(r"^\s*of\s+(?:the|its|our|their)\b", re.IGNORECASE)
REST = re.compile(
    r"\b(?:remain\w*|left|unused|unspent|spare|available|free|headroom|to go|rest|others?)\b",
    re.IGNORECASE,
)
_EACH = "week|month|day|sprint|quarter|year|hour|minute|second"
_LY = r"weekly|monthly|daily|yearly|annual(?:ly)?|quarterly|hourly"
_AFTER = re.compile(
    rf"^\s*(?:(?:of [a-z ]{{1,20}})?(?:an?|per|each|every|/)\s?|this |the )?(?P<each>{_EACH})\b"
    rf"|^\s*(?P<ly>{_LY})\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:this|each|every|per|an?|last|the)\s(?P<each>{_EACH})(?:['’]s)?\b(?!\s+(?:ago|late|long|over))"
    rf"|\b(?P<ly>{_LY})\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"^\s*(?:[a-z]+\s)?(?:per|for each|for every|/|a)\s+"
    r"(?P<what>(?:[\w,.]+\s+)??(?:thousand\s+|hundred\s+|million\s+)?[a-z-]+)",
    re.IGNORECASE,
)
_WORDS = {"daily": "day", "annually": "year", "annual": "year", "yearly": "year"}
# (the fact's period, the period said) -> how many of the first the second holds
_TIMES = {("week", "year"): 52.0, ("month", "year"): 12.0, ("day", "week"): 7.0,
          ("week", "day"): 1 / 7, ("day", "year"): 365.0, ("week", "month"): 52 / 12,
          ("quarter", "year"): 4.0, ("month", "quarter"): 3.0, ("hour", "day"): 24.0,
          ("day", "month"): 365 / 12, ("year", "month"): 1 / 12, ("year", "week"): 1 / 52,
          ("month", "week"): 12 / 52}  # fmt: skip


def supported(place: Place, fact: Known, times: float = 1.0) -> bool:
    """True when the fact has this number in the role the words give it.

    times: how many of the fact's period the words' period holds (grounding_rates).
    """
    if fact.kind == "probability" or not times or not _comparable(place.said, fact):
        return False
    said = place.said
    levels = ((role, v * times) for role, v in _levels(place, fact))
    if any(_level_fits(place, role, value) for role, value in levels):
        return True
    return any(near(said, value * times) for value in _distances(place, fact))


def near(said: WrittenNumber, value: float, way: str | None = None) -> bool:
    """Does the figure fit the number as it is written? way: instead of the number's own."""
    return fits(said.value, said.step, said.how if way is None else way, value)


def says(said: WrittenNumber, fact: Known) -> bool:
    """Is the number this fact's value or start, by size and unit alone?"""
    values = [fact.figures[r] for r in ("value", "baseline") if r in fact.figures]
    if not _comparable(said, fact) or said.dim == POINTS:
        return False
    return any(near(said, form) for v in values for form in _forms(said, fact, v))


def _level_fits(place: Place, role: str, value: float) -> bool:
    """ "above 85%" is its target, exactly; "above 80%" is its value."""
    if role in ("target", "baseline"):
        return near(place.said, value, "about" if place.said.how == "about" else "")
    return near(place.said, value)


def _comparable(said: WrittenNumber, fact: Known) -> bool:
    dim = said.dim
    if dim == "":
        return fact.dim != MONEY
    if dim in (PERCENT, POINTS):
        return (
            fact.is_share
            or (dim == PERCENT and fact.dim in (TIME, GPU, MONEY, COUNT, ""))
            or (dim == POINTS and fact.dim == "")
        )
    if dim == MONEY and said.currency and fact.currency != said.currency:
        return False
    return dim == fact.dim or (said.factor == _HOUR and dim == TIME and fact.dim == GPU)


def _scaled(place: Place, fact: Known, value: float) -> list[float]:
    """Also in the unit of the sentence's other numbers, where this one has none."""
    forms = _forms(place.said, fact, value)
    if place.said.dim == "" and fact.dim in (TIME, MONEY):
        forms += [value * fact.scale / o.factor for o in place.others if o.dim == fact.dim]
    return forms


def _forms(said: WrittenNumber, fact: Known, value: float) -> list[float]:
    """The fact's figure as it may be written: a fraction also as a percentage."""
    if said.dim == "":
        return [value, value / 100] if fact.dim == PERCENT and said.step < 1 else [value]
    if said.dim in (PERCENT, POINTS):
        if fact.unit == "fraction" or (said.dim == POINTS and fact.dim == "" and said.step >= 1):
            return [value * 100]
        return [value]
    return [value * (_HOUR if fact.dim == GPU and said.dim == TIME else fact.scale)]


def _levels(place: Place, fact: Known) -> Iterator[tuple[str, float]]:
    """(role, figure) of the values, targets and starts that these words may mean."""
    if _is_no_level(place, fact):
        return
    goal = fact.get("target")
    for role in _roles(place, fact):
        value = fact.get(role)
        if value is None or (role == "target" and not _on_side(place, fact)):
            continue
        for side in _sides(place, fact, role, value):
            if role == "value" and side != goal and _is_goal(place, fact, goal):
                continue  # 4.6 rounds to 5, but 5 is the target
            for form in _scaled(place, fact, side):
                yield role, form


def _is_no_level(place: Place, fact: Known) -> bool:
    """A distance by its unit or by the words: "3 points", "by 3", "3 higher"."""
    if (place.said.dim == POINTS and fact.is_share) or (
        place.said.dim == PERCENT and not fact.is_share
    ):
        return True
    if "delay" in fact.names and _EARLY.match(place.after):
        return True
    held = fact.kind in ("count", "duration", "money")
    return place.is_change and not place.is_surely_target and not held


def _sides(place: Place, fact: Known, role: str, value: float) -> list[float]:
    """The figure, or its complement; both where only the rest of the sentence turns it round."""
    if role == "target":
        return [value]
    if flipped(place.clause, fact):
        return [fact.whole - value]
    turned = place.said.dim == "" and flipped(place.sentence, fact)
    if turned or (place.said.dim == PERCENT and fact.is_share and _is_told(place, fact)):
        return [value, fact.whole - value]
    return [value]


def _is_goal(place: Place, fact: Known, goal: float | None) -> bool:
    return goal is not None and any(
        abs(form - place.said.value) < 1e-9 for form in _scaled(place, fact, goal)
    )


def _on_side(place: Place, fact: Known) -> bool:
    """ "above the target" only when the value is."""
    value, goal = fact.get("value"), fact.get("target")
    if not place.side or value is None or goal is None:
        return True
    if place.side == "missed":
        return value < goal if fact.up_is_good else value > goal
    return value > goal if place.side == "above" else value < goal


def _roles(place: Place, fact: Known) -> list[str]:
    if place.is_surely_start and fact.get("baseline") is not None:
        return ["baseline"]
    if place.chained:
        return ["value"]
    if place.is_surely_target and fact.get("target") is not None:
        return ["target"]
    roles = ["value", "low", "high"]
    told = not place.is_surely_value and _is_told(place, fact)
    roles += ["target"] if place.is_target or told else []
    roles += ["baseline"] if place.is_start or told else []
    return roles


def _is_told(place: Place, fact: Known) -> bool:
    """The sentence gives the value itself too: then this number may be what it is held to."""
    value = fact.get("value")
    return value is not None and any(
        _comparable(other, fact) and other.dim != POINTS and not other.how
        and any(near(other, form) for form in _forms(other, fact, value))
        for other in place.others
    )  # fmt: skip


def _distances(place: Place, fact: Known) -> Iterator[float]:
    """Changes, gaps and shares that one step derives from the fact."""
    value, start, goal = fact.get("value"), fact.get("baseline"), fact.get("target")
    if value is None or (place.said.dim == MONEY and place.is_per):
        return
    if fact.kind == "count":
        if fact.get("of") is not None and REST.search(place.clause):
            yield fact.figures["of"] - value
        return
    ends = _ends(place)
    ends |= {"goal"} if ends and start is None else set()
    back = _BACK.search(place.after) and _SIDE_AFTER.match(place.after)
    if back and start is not None and (back.group(1).lower() in _ABOVE) is not (value > start):
        return
    if start is not None and "start" in ends:
        yield from _apart(place, fact, value, start)
    if goal is not None and "goal" in ends and _right_side(place, fact, value - goal):
        yield from _apart(place, fact, value, goal)
    if goal and place.said.dim == PERCENT and not fact.is_share and _OF_BUDGET.match(place.after):
        yield value / goal * 100


def _right_side(place: Place, fact: Known, ahead: float) -> bool:
    """ "6.5 points below" only when it is below; "short" only when it is not there yet."""
    hit = _SIDE_AFTER.match(place.after)
    if not hit:
        return True
    word = hit.group(1).lower()
    if word in ("short", "shy", "away", "off", "missing"):
        return ahead < 0 if fact.up_is_good and fact.kind != "duration" else ahead > 0
    return ahead > 0 if word in _ABOVE else ahead < 0


def _ends(place: Place) -> set[str]:
    """What a distance may be counted from, by the words near it, else by those of the sentence."""
    if GAP.search(place.clause) and _BACK.search(place.after):
        return {"start"}
    found = _cues(place, place.clause)
    surely = place.is_change or place.said.dim == POINTS
    if found:
        return found
    return {"start", "goal"} if surely else _cues(place, place.sentence)


def _cues(place: Place, words: str) -> set[str]:
    gap, moved = bool(GAP.search(words)), bool(MOVED.search(words))
    found = {"goal"} if gap else set()
    if moved and (place.is_change or place.said.dim == POINTS or not place.is_start):
        found.add("start")
    return found


def _apart(place: Place, fact: Known, value: float, other: float) -> Iterator[float]:
    """How far two figures are apart: as a percentage of the other, or in their own unit."""
    gap = abs(value - other)
    if place.said.dim != PERCENT:
        yield from _scaled(place, fact, gap)
    elif other and not (REST.search(place.clause) and value > other):
        yield gap / abs(other) * 100


def times(place: Place, fact: Known) -> float:
    """How many of the fact's period the words' period holds; 0 where they do not go together."""
    per = fact.per
    if fact.kind == "money" or re.fullmatch(_EACH, per or "-"):
        said = period(place)
        return 1.0 if not said or said == per else _TIMES.get((per, said), 0.0)
    hit = _PER.match(place.after_all)
    if not hit:
        return 1.0
    what = hit.group("what")
    if not per:
        return 1.0 if fact.dim != MONEY or not re.search(r"\bper\b", hit.group(0)) else 0.0
    said_of = [n.value for n in numbers(what)] or [1.0]
    real_of = [n.value for n in numbers(per)] or [1.0]
    same = own(re.sub(r"^[\d.,]+k?", "", what)) & (own(per) | {"it"})
    return 1.0 if same and said_of[0] == real_of[0] else 0.0


def period(place: Place) -> str:
    """The period in the words around the number, else ""."""
    hit = _AFTER.match(place.after) or _BEFORE.search(place.clause)
    if not hit:
        return ""
    if hit.group("each"):
        return hit.group("each").lower()
    word = hit.group("ly").lower()
    return _WORDS.get(word, word[:-2])
