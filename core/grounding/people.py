"""Names in a text: only people of the sheet, only in the role it gives them."""

import re

from core.grounding.ground import PROJECT, Known
from core.grounding.sentence import Clause, Scene
from core.grounding.vocabulary import concepts
from core.text import listed

_CAPITAL = re.compile(r"(?<![\w<@#-])[A-Z][a-zà-öø-ÿ'’]+(?:-[A-Z][a-z]+)?")
_KNOWN = set(
    listed(
        "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
        "March April May June July August September October November December Mon Tue Wed "
        "Thu Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec Slack English German "
        "French Spanish Accuracy Latency"
    )
)
_ROLES = {
    "decision": re.compile(
        r"\b(?:approv\w+|decid\w+|decision|sign\w* off|choos\w+|go-ahead|green light|a yes|yes or"
        r"|say(?:s|ing)? yes|nod|verdict|ruling|consent|greenlight\w*)\b",
        re.IGNORECASE,
    ),
    "owner": re.compile(r"\b(?:owns?|owner|owned|responsible)\b", re.IGNORECASE),
    "on call": re.compile(r"\bon[- ]call\b", re.IGNORECASE),
    "lead": re.compile(r"\b(?:leads?|led)\b", re.IGNORECASE),
}
_ACTS = re.compile(
    r"^(?:['’]s\b|\s+(?:owns?|leads?|led|approv\w+|decid\w+|promot\w+|kill\w+|says?"
    r"|said|will|needs?"
    r"|must|is|was|has|re-evaluat\w+|ships?|fix\w+|plans?|runs?|ran|reports?|confirm\w+)\b)"
)
_AND_ACTS = re.compile(
    r"^\s{0,9},?\s{0,9}(?:and|but|who)\s{1,9}(?:also\s{1,9}|now\s{1,9})?(?:owns|leads|reviews|decides|approves|runs)\b"
)
_OWNED_BY = re.compile(
    r"\s{0,9}[,(]?\s{0,9}(?:which )?(?:is )?(?:owned by"
    r"|led by|run by|reviewed by|owner:?|lead:?)\s{0,9}",
    re.IGNORECASE,
)
_PRONOUNS = set(
    listed(
        "The A An It Its This That These Those There We Our They You He She His Her Their "
        "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Only About Over "
        "Under Nothing Nobody Everyone None Each Both All Some Who What Which When Where "
        "Why How Data Spend Next Cost Time Model Quality Delivery Review Still Now So "
        "Otherwise Without With By From After Before Until Since In On At For To If And "
        "But Or No Not More Less Most At Nearly Almost Another Today Here There Then Also Yet "
        "Currently Meanwhile However Overall Together Instead Though Although While As Up Down "
        "Just Roughly Around Half Twice Please Thanks Spending Customers Users Team Everything"
    )
)


def unsupported(scene: Scene) -> list[str]:
    """Names that are not on the sheet, or in another role or at another subject than there."""
    bad = []
    left = scene.plain
    for name in scene.ground.people:
        for form in (name, *name.split()):
            for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", left):
                bad += _misplaced(scene, name, hit)
                left = left[: hit.start()] + "_" * (hit.end() - hit.start()) + left[hit.end() :]
    return bad + _strangers(scene, left)


def _misplaced(scene: Scene, name: str, hit: re.Match[str]) -> list[str]:
    facts = [f for f in scene.ground.facts if f.kind == "person"]
    clause = _said_of(scene, hit)
    mine = [f for f in facts if f.word == name]
    subjects = _held(scene, hit) or tuple(
        dict.fromkeys(s for a, _, s in scene.ids if clause.start <= a < clause.end)
    )
    for role, pattern in _ROLES.items():
        roles = [f for f in facts if role in f.label.lower()]
        told = [s for s in scene.subjects(hit.start()) if any(f.subject == s for f in roles)]
        whose = subjects or tuple(told)
        if pattern.search(clause.text) and roles and not _one_of(mine, roles, whose):
            return [f"{name} is not the {role} here"]
    if _wrong_day(scene, mine, clause.start, clause.end):
        return [f"{name} has no such date"]
    if subjects and facts and not any(f.subject in subjects for f in mine):
        return [f"{name} does not belong to {', '.join(subjects)}"]
    if not subjects and not any(pattern.search(clause.text) for pattern in _ROLES.values()):
        return _elsewhere(scene, name, mine, clause.text)
    return []


def _said_of(scene: Scene, hit: re.Match[str]) -> Clause:
    """The clause of a name; with the next one where the name stands alone: "Ada Low, please"."""
    clause = scene.clause(hit.start())
    then = scene.clause(clause.end) if clause.end < len(scene.text) else clause
    if then is not clause and _AND_ACTS.match(then.text):
        return Clause(clause.start, then.end, scene.text[clause.start : then.end])
    if hit.end() < clause.end and re.search(r"\w", scene.text[hit.end() : clause.end]):
        return clause
    if re.search(r"\w", scene.text[clause.start : hit.start()]):
        return clause
    return Clause(clause.start, then.end, scene.text[clause.start : then.end])


def _wrong_day(scene: Scene, mine: list[Known], start: int, end: int) -> bool:
    """A date of somebody else's: the person has dates too, and this is none of them."""
    own = {f.subject for f in mine} - {PROJECT}
    dated = [f for f in scene.ground.facts if f.kind == "date" and f.on]
    here = [w for w in scene.dates if start <= w.start < end]
    for when in here:
        meant = {f.subject for f in dated if f.on and when.fits(f.on)}
        held = {f.subject for f in scene.ground.facts if f.kind == "person"}
        if meant and meant <= held - {PROJECT} and not meant & own:
            return True
    return False


def _held(scene: Scene, hit: re.Match[str]) -> tuple[str, ...]:
    """The subject right after "Ana's"."""
    for start, end, subject in scene.ids:
        if re.fullmatch(r"['’]s?\s+(?:[a-z]+\s+){0,2}", scene.text[hit.end() : start]):
            return (subject,)
        if _OWNED_BY.fullmatch(scene.text[end : hit.start()]):
            return (subject,)
    return ()


def _one_of(mine: list[Known], roles: list[Known], subjects: tuple[str, ...]) -> bool:
    return any(f in roles and (not subjects or f.subject in subjects) for f in mine)


def _elsewhere(scene: Scene, name: str, mine: list[Known], clause: str) -> list[str]:
    """Spoken of with the figures of something else."""
    known = {f.subject for f in mine}
    owned = [s for s in scene.before if any(c.isdigit() for c in s)]
    if owned and known and not known & {*owned, "project"} and not concepts(clause) & {"decis"}:
        return [f"{name} does not belong to {', '.join(owned)}"]
    return []


def _strangers(scene: Scene, text: str) -> list[str]:
    words = scene.ground.words.lower()
    bad = []
    for hit in _CAPITAL.finditer(text):
        name = re.sub(r"['’]s?$", "", hit.group(0))
        first = not re.search(r"[\w,)]\s*$", text[: hit.start()])
        if name in _KNOWN or re.search(rf"\b{re.escape(name.lower())}", words):
            continue
        if first and not _is_name_first(name, text[hit.start() + len(name) :]):
            continue
        bad.append(f"{name} is not on the sheet")
    return bad


def _is_name_first(name: str, after: str) -> bool:
    """At the start of a sentence a capital says little: a name owns, acts, or has a surname."""
    if name in _PRONOUNS:
        return False
    return bool(re.match(r"\s+[A-Z][a-z]+", after)) or (
        bool(_ACTS.match(after)) and name not in _PRONOUNS
    )
