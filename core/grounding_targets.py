"""Comparisons with the target that name no number: met, missed, over budget, no decision yet."""

import re

from core.grounding_facts import Known
from core.grounding_scene import Clause, Scene
from core.grounding_words import NEGATED

_NOUN = (
    r"(?:its |the |our |their |a |this )?(?:\S+ ){0,2}?(?:target|goal|threshold|limit"
    r"|bar|budget|ceiling|box|level|requirement)"
)

_OVER = re.compile(
    rf"\b(?:over|above|exceed\w*|beyond|overr[au]n\w*|past|outside|breach\w*)\b\W*{_NOUN}\b", re.I
)
_UNDER = re.compile(rf"\b(?:under|below|inside|within|short of)\b\W*{_NOUN}\b", re.I)
_MET = re.compile(
    rf"\b(?:met|meets|reached|hit|hits|beat|beats|achieved|cleared|clears"
    rf"|surpass\w*)\b\W*{_NOUN}\b",
    re.I,
)
_MISSED = re.compile(rf"\b(?:miss\w*|fell short of|falls short of|short of)\b\W*{_NOUN}\b", re.I)
_UNDECIDED = re.compile(
    r"\b(?:no decision|undecided|not (?:been )?decided|decision is (?:still )?open)\b", re.I
)
_FINAL = {"promoted", "killed", "passed", "failed"}


def unsupported(scene: Scene) -> list[str]:
    """Comparisons with a target that no fact bears out, each with why."""
    found = []
    for clause in scene.clauses:
        for pattern, holds in ((_OVER, _over), (_UNDER, _under), (_MET, _met), (_MISSED, _missed)):
            hit = pattern.search(clause.text)
            if hit and not _stands(scene, clause, hit, holds):
                found.append(f"“{hit.group(0)}” is not so on the sheet")
        if _UNDECIDED.search(clause.text) and _decided(scene, clause):
            found.append("there is a decision on the sheet")
    return found


def _stands(scene: Scene, clause: Clause, hit: re.Match[str], holds: object) -> bool:
    at = clause.start + hit.start()
    facts = [f for f in scene.about(at) if "target" in f.figures and "value" in f.figures]
    if not scene.subjects(at) and [f for f in facts if scene.ground.ambient(f)]:
        facts = [f for f in facts if scene.ground.ambient(f)]
    named = scene.named(at, facts) or facts
    denied = bool(NEGATED.search(clause.text[: hit.start()]))
    return any(holds(f) is not denied for f in named)  # type: ignore[operator]


def _over(fact: Known) -> bool:
    return fact.figures["value"] > fact.figures["target"]


def _under(fact: Known) -> bool:
    return fact.figures["value"] <= fact.figures["target"]


def _met(fact: Known) -> bool:
    value, goal = fact.figures["value"], fact.figures["target"]
    lower = fact.kind == "duration" or not fact.up_is_good
    return value <= goal if lower else value >= goal


def _missed(fact: Known) -> bool:
    return not _met(fact)


def _decided(scene: Scene, clause: Clause) -> bool:
    names = scene.subjects(clause.start) or scene.before
    return any(
        f.kind == "status" and f.word.lower() in _FINAL and (not names or f.subject in names)
        for f in scene.ground.facts
    )
