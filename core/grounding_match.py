"""Does a fact say this number, in this role, at this precision?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.grounding_facts import COUNT, GPU, PERCENT, POINTS, TIME, Known
from core.grounding_numbers import Said
from core.grounding_scene import Scene
from core.grounding_words import BASELINE, GAP, MOVED, NEGATED, RIGHT, TARGET, TARGET_NOUN, WRONG

_BY = re.compile(
    r"(?:\b(?:by|down|up|fell|rose|dropped|grew|improved|gained|increased|decreased|cut|another|"
    r"climbed|declined|reduced|jumped|lost|lifted|shrank|slipped|worsened|a)\s*"
    r"(?:about|around|roughly|nearly|almost|only|just|over|more than)?)\s*(?:of\s+)?[$€£]?$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"^\s*(?:higher|lower|faster|slower|more|less|better|worse|drop|rise|gain|cut"
    r"|increase|decrease|reduction|improvement|fewer|cheaper)\b",
    re.IGNORECASE,
)
_OF_BUDGET = re.compile(r"^\s*of\s+(?:the|its|our|their)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remain\w*|left|unused|spare|headroom|to go|rest|other)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A number where it stands: the words before it since the last number, and those after."""

    said: Said
    clause: str
    before: str
    after: str
    chained: bool  # the second number of "from A to B"

    @property
    def is_target(self) -> bool:
        """Named as a target, right before or right after."""
        tail = " ".join(self.before.split()[-6:])
        head = re.match(r"^[\s-]*(?:GPU-hour\s+|GPU\s+)?([a-z-]+)", self.after)
        return bool(TARGET.search(tail)) or bool(
            head and TARGET.fullmatch(head.group(1)) and head.group(1) not in _PREPOSITIONS
        )

    @property
    def is_surely_target(self) -> bool:
        """So named that it can be nothing else: "target of 92%", "the 92% target"."""
        tail = " ".join(self.before.split()[-4:])
        near = re.search(
            rf"(?:{TARGET_NOUN.pattern})\W*(?:of|is|was|at|:)?\W*(?:[$€£]|the)?\s*$",
            tail,
            re.IGNORECASE,
        )
        head = re.match(r"^[\s-]*(?:GPU-hour\s+)?([a-z-]+)", self.after)
        return bool(near) or bool(head and TARGET_NOUN.fullmatch(head.group(1)))

    @property
    def is_start(self) -> bool:
        """Named as where it came from."""
        tail = " ".join(self.before.split()[-4:])
        return bool(BASELINE.search(tail)) or bool(
            re.match(r"^\s*(?:before|previously|baseline|earlier|at the start|last)\b", self.after)
        )

    @property
    def is_surely_start(self) -> bool:
        """ "from 84%", "a baseline of 84%"."""
        tail = re.search(
            r"\b(?:from|baseline(?: of)?|previously|up from|down from)\W*$", self.before
        )
        return bool(tail) and not self.chained

    @property
    def is_change(self) -> bool:
        """A distance moved, not a level: "by 3", "fell 24 points", "3 lower"."""
        return bool(_BY.search(self.before)) or bool(_HIGHER.match(self.after))


_PREPOSITIONS = {"against", "versus", "vs", "needs", "need", "needed", "reach", "reaches"}


def places(scene: Scene) -> Iterator[Place]:
    """Every number of the sentence where it stands."""
    last_end = 0
    previous: Said | None = None
    for said in scene.numbers:
        clause = scene.clause(said.start)
        start = max(clause.start, last_end)
        end = min([n.start for n in scene.numbers if n.start >= said.end] + [clause.end])
        before = scene.plain[start : said.start]
        between = scene.plain[last_end : said.start].strip().lower()
        opened = previous is not None and re.search(
            r"\bfrom\W*(?:about\W*|roughly\W*|1 in\W*|one in\W*)?$",
            scene.plain[: previous.start],
            re.IGNORECASE,
        )
        chained = bool(opened) and between in (
            "to",
            "down to",
            "up to",
            "→",
            "to about",
            "to just",
        )
        yield Place(
            said,
            scene.plain[clause.start : clause.end],
            before,
            scene.plain[said.end : end],
            chained,
        )
        last_end, previous = said.end, said


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
    roles = _roles(place, fact)
    for role in roles:
        value = fact.get(role)
        if value is None:
            continue
        if role in ("value", "low", "high", "baseline") and _flipped(place, fact):
            value = (1.0 if fact.unit == "fraction" else 100.0) - value
        yield from _scaled(place, fact, value)


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


def _flipped(place: Place, fact: Known) -> bool:
    """True when the words count what the fact does not: wrong answers of an accuracy."""
    if not fact.is_share:
        return False
    wrong, right = bool(WRONG.search(place.clause)), bool(RIGHT.search(place.clause))
    if wrong == right:
        return False
    if WRONG.search(fact.label) or not fact.up_is_good:
        return right and not NEGATED.search(place.clause)
    if wrong and RIGHT.search(place.clause) is None:
        return not NEGATED.search(place.clause)
    return right and bool(NEGATED.search(place.clause))


def _distances(place: Place, fact: Known) -> Iterator[float]:
    """Changes, gaps and shares that one step derives from the fact."""
    value, start, goal = fact.get("value"), fact.get("baseline"), fact.get("target")
    if value is None:
        return
    if fact.kind == "count":
        if fact.get("of") is not None and _REST.search(place.clause):
            yield fact.figures["of"] - value
        return
    if start is not None and MOVED.search(place.clause) and not place.is_start:
        yield from _apart(place, fact, value, start)
    if goal is not None and GAP.search(place.clause):
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
