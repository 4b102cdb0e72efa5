"""What a sentence claims without a number: status, direction, people, significance, causes, and
how it stands to the target (met, missed, over budget, no decision yet).
"""

import re

from core.grounding.dates import When
from core.grounding.direction import unsupported as directions
from core.grounding.ground import Known
from core.grounding.sentence import Clause, Scene
from core.grounding.status import unsupported as statuses
from core.grounding.vocabulary import CAUSE, CHANCE, LOOSE, NEGATED, OPINION, SURELY, concepts

_LOOSE = {CAUSE: "a cause", OPINION: "an opinion", LOOSE: "a vague amount", SURELY: "a promise"}
_NOW = re.compile(
    r"(?:this|last)\s(?:week|month|quarter|year|sprint)|today|right now|yesterday", re.IGNORECASE
)
_KEPT = re.compile(
    r"\b(?:must|needs? to|need|should|will|shall|due|deadline|decid\w+|decision|approv\w+"
    r"|deliver\w*"
    r"|arriv\w+|sign\w*|please|launch\w*|review|milestone|demo|goes|ship\w*|expected|re-\w+)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previous|last|began|start\w*|since|earlier)\b", re.IGNORECASE)
_SIGNIFICANT = re.compile(
    r"\b(?:in)?significan(?:t|tly|ce)\b|\bstatistical(?:ly)?\b|\bconfirm\w*\b"
    r"|\bthe test (?:does|did|shows?|showed|says?|finds?|found|bears?|backs?|supports?)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:insignificant\w*|could be (?:noise|chance)|may be (?:noise|chance)|"
    r"within noise|inconclusive|unconfirmed)\b",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:its |the |our |their |a |this )?(?:\S{1,300} ){0,2}?(?:target|goal|threshold|limit"
    r"|bar|budget|ceiling|box|level|requirement)"
)
_OVER = re.compile(
    rf"\b(?:over|above|exceed\w{{0,60}}|beyond|overr[au]n\w{{0,60}}|past|outside|breach\w{{0,60}})\b\W{{0,20}}{_NOUN}\b",
    re.I,
)
_UNDER = re.compile(rf"\b(?:under|below|inside|within|short of)\b\W{{0,20}}{_NOUN}\b", re.I)
_MET = re.compile(
    rf"\b(?:met|meets|reached|hit|hits|beat|beats|achieved|cleared|clears"
    rf"|surpass\w{{0,60}})\b\W{{0,20}}{_NOUN}\b",
    re.I,
)
_MISSED = re.compile(
    rf"\b(?:miss\w{{0,60}}|fell short of|falls short of|short of)\b\W{{0,20}}{_NOUN}\b", re.I
)
_UNDECIDED = re.compile(
    r"\b(?:no decision|undecided|not (?:been )?decided|decision is (?:still )?open)\b", re.I
)
_FINAL = {"promoted", "killed", "passed", "failed"}


def unsupported(scene: Scene) -> list[str]:
    """What the sentence claims beyond the sheet, each with why."""
    found = _ids(scene) + _dates(scene) + _loose(scene)
    for clause in scene.clauses:
        found += statuses(scene, clause) + directions(scene, clause) + _tests(scene, clause)
    return found


def _ids(scene: Scene) -> list[str]:
    known = {f.subject.lower() for f in scene.ground.facts} | {scene.ground.title.lower()}
    return [
        f"{name} is not on the sheet"
        for _, _, name in scene.ids
        if name.lower() not in known and name not in scene.ground.words
    ]


def _dates(scene: Scene) -> list[str]:
    """Dates that no date of the sheet fits, or that fit another one than is spoken of."""
    return [
        f"{when.text.strip(' .')} is no date of the sheet for this"
        for when in scene.dates
        if not _is_quoted(scene, when)
        and not _is_now(scene, when)
        and not any(f.on and when.fits(f.on) for f in _meant(scene, when))
    ]


def _is_now(scene: Scene, when: When) -> bool:
    """ "this week", "today", "last month" as the time that is told of, not as a date to keep."""
    if not _NOW.fullmatch(when.text.strip(" .")):
        return False
    if re.search(
        r"\b(?:by|before|until|due|on)\W*(?:the end of\W*)?$", scene.text[: when.start], re.I
    ):
        return False
    return not _KEPT.search(scene.clause(when.start).text)


def _is_quoted(scene: Scene, when: When) -> bool:
    """The sheet's own day ("as of"), or a date in somebody's words."""
    as_of = scene.ground.as_of
    before = scene.text[: when.start]
    if as_of and when.fits(as_of) and re.search(r"\bas of\W*$", before, re.IGNORECASE):
        return True
    text = when.text.lower().strip(" .")
    return any(text in f.word.lower() for f in scene.ground.facts if f.kind == "text")


def _meant(scene: Scene, when: When) -> list[Known]:
    """The dates that this one can be: of what is spoken of, and named nearest to it."""
    chance = bool(CHANCE.search(scene.text))
    kinds = ("date", "probability") if chance else ("date",)
    about = [f for f in scene.about(when.start) if f.on and f.kind in kinds]
    every = [f for f in scene.ground.facts if f.on]
    dated = about or [f for f in every if f.kind in kinds and scene.ground.ambient(f)] or every
    since = re.search(r"\b(?:since|after)\W*$", scene.text[: when.start], re.IGNORECASE)
    earlier = [f for f in dated if _EARLIER.search(f.label)] if since else []
    if earlier:
        return earlier
    for words in (scene.clause(when.start).text, scene.plain):
        said = concepts(words)
        most = max((len(f.names & said) for f in dated), default=0)
        if most:
            return [f for f in dated if len(f.names & said) == most]
    return dated


def _loose(scene: Scene) -> list[str]:
    """Causes, opinions and vague amounts that no text fact gives."""
    said = [f for f in scene.ground.facts if f.kind == "text"]
    found = []
    for pattern, what in _LOOSE.items():
        for hit in pattern.finditer(scene.plain):
            words = concepts(scene.plain[hit.start() :])
            if not any(
                len(concepts(f.word) & words) >= max(2, 0.5 * len(words)) for f in said
            ) and not any(hit.group(0).lower() in f.word.lower() for f in said):
                found.append(f"“{hit.group(0)}”: {what} that the sheet does not give")
    return found


def _tests(scene: Scene, clause: Clause) -> list[str]:
    """Significance only as the test of that metric found it."""
    hit = _SIGNIFICANT.search(clause.text) or _UNSURE.search(clause.text)
    if not hit:
        return []
    at = clause.start + hit.start()
    named = scene.named(at, [f for f in scene.about(at) if f.kind in ("metric", "test")])
    tests = [f for f in named or scene.about(at) if f.kind == "test"]
    if not tests:
        return [f"“{hit.group(0)}”: no test on the sheet"]
    denied = bool(NEGATED.search(clause.text)) or bool(_UNSURE.search(clause.text))
    if all(bool(f.more.get("significant")) is not denied for f in tests):
        return []
    return [f"“{hit.group(0)}” against the test"]


def against_target(scene: Scene) -> list[str]:
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
