"""Up, down, better and worse, against how the figure moved."""

import re

from core.grounding.flipped import flipped
from core.grounding.ground import Known
from core.grounding.matching import says
from core.grounding.sentence import Clause, Scene
from core.grounding.vocabulary import BETTER, DOWN, UP, WORSE, own, stem

_WAYS = ((UP, 1, None), (DOWN, -1, None), (BETTER, 0, True), (WORSE, 0, False))
_THAN = re.compile(r"^\s+(?:[a-z]+\s+)?than\s+(?P<what>.*)|^\s+is better", re.IGNORECASE)
_EARLIER = re.compile(
    r"^(?:it (?:was|used to)|before|the baseline|baseline|the old|last|previous\w*|earlier"
    r"|at the start"
    r"|a (?:week|month|year|sprint) ago|the (?:last|previous|earlier|starting))\b",
    re.IGNORECASE,
)
_PARTICLE_AFTER = re.compile(
    r"^\s*(?:$|[,;:.)]|(?:from|by|on|at|over|since|slightly|sharply|again|only|just|about|nearly"
    r"|almost|roughly|around|a|an|another|to)\b|[\d$€£]|(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|half|twice)\b)",
    re.IGNORECASE,
)
_PARTICLE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|went|go|goes|gone|going|came|come|comes|crept|edged|moved|brought"
    r"|bring|got|still|ticked|driven|drove|pushed|pulled|sent|inched|way|well|points?|percent|%)\s*$",
    re.IGNORECASE,
)
_PHRASAL = re.compile(
    r"\b(?:end\w*|us(?:e|es|ed|ing)|turn\w*|set|sets|setting|shut\w*|laid|lays?|broken?|settl\w+|show\w*|writ\w+|wrote"
    r"|sign\w*|adds?|added|adding|pick\w*|stand\w*|hold\w*|held|follow\w*|clean\w*|back\w*|speed\w*)\s*$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\b(?:slow\w*|sped|speed\w*|br[eo]\w*k\w*)\b[^,;]{0,25}$", re.IGNORECASE)
_UP_TO = re.compile(
    r"^\s+(?:to\s+(?![\d$€£]|about|around|nearly|just|an?\b|half"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)|with|for)\b",
    re.IGNORECASE,
)
_WAS_BEFORE = re.compile(
    r"^\s+(?:[a-z]+\s+)?(?:before|previously|earlier|at first)\b", re.IGNORECASE
)


def unsupported(scene: Scene, clause: Clause) -> list[str]:
    """Words of movement that the sheet does not bear out, each with why."""
    bad = []
    for pattern, sign, good in _WAYS:
        for hit in pattern.finditer(clause.text):
            at = clause.start + hit.start()
            if _is_idiom(hit, clause) or _is_retold(scene, hit) or _is_label(scene, hit, at):
                continue
            back = _WAS_BEFORE.match(clause.text[hit.end() :]) and re.search(
                r"\b(?:was|were|had|used to)\b", clause.text[: hit.start()], re.IGNORECASE
            )
            moved = _moved(scene, at, clause)
            if not moved and hit.group(0).lower().startswith("sli") and _is_delay(scene, at):
                continue
            if not moved:
                bad.append(f"“{hit.group(0)}”: no movement on the sheet")
            elif not any(_agrees(f, sign, good, clause) is not bool(back) for f in moved):
                bad.append(f"“{hit.group(0)}” against the sheet's direction")
    return bad


def _is_idiom(hit: re.Match[str], clause: Clause) -> bool:
    """ "up to 5", "laid down", "better than the target" claim no movement."""
    before, after = clause.text[: hit.start()], clause.text[hit.end() :]
    word = hit.group(0).lower()
    if word == "up" and _UP_TO.match(after):
        return True
    if word in ("up", "down"):
        return bool(_PHRASAL.search(before) or _PARTED.search(before)) or not (
            _PARTICLE_BEFORE.search(before) or _PARTICLE_AFTER.match(after)
        )
    than = _THAN.match(after)
    return than is not None and not _EARLIER.match(than.group("what") or "")


def _is_delay(scene: Scene, at: int) -> bool:
    """ "Delivery has slipped by five days": the dates and durations are checked as such."""
    late = [f for f in scene.about(at) if f.kind in ("date", "duration")]
    return bool(scene.named(at, late))


def _is_label(scene: Scene, hit: re.Match[str], at: int) -> bool:
    """ "Lost revenue" of a fact called "revenue lost"."""
    amounts = [f for f in scene.about(at) if f.kind != "metric"]
    return any(stem(hit.group(0)) in own(f.label) for f in amounts)


def _is_retold(scene: Scene, hit: re.Match[str]) -> bool:
    return any(hit.group(0).lower() in f.word.lower() for f in scene.retold)


def _moved(scene: Scene, at: int, clause: Clause) -> list[Known]:
    """The facts that moved and are spoken of; those whose figures the clause gives, if any."""
    found = _spoken_of(scene, at)
    here = [n for n in scene.numbers if clause.start <= n.start < clause.end]
    given = [f for f in found if any(says(n, f) for n in here)]
    return given or found


def _spoken_of(scene: Scene, at: int) -> list[Known]:
    known = [f for f in scene.about(at) if f.kind == "metric" and "baseline" in f.figures]
    named = scene.named(at, [f for f in scene.about(at) if f.kind == "metric"])
    if named:
        named = [f for f in named if f in known]
        here = [f for f in named if scene.ground.ambient(f)]
        return named if scene.subjects(at) else here or named
    if not scene.subjects(at):
        return [f for f in known if scene.ground.ambient(f)] or known
    return known


def _agrees(fact: Known, sign: int, good: bool | None, clause: Clause) -> bool:
    step = fact.figures.get("value", 0.0) - fact.figures["baseline"]
    if step == 0:
        return False
    up = step > 0
    if good is not None:
        return (up == fact.up_is_good) is good
    if flipped(clause.text, fact) and fact.up_is_good:
        up = not up
    return up == (sign > 0)
