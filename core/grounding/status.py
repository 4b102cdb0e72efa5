"""The status a sentence gives something, against the status it has."""

import re

from core.grounding.ground import Known
from core.grounding.sentence import Clause, Scene
from core.grounding.vocabulary import NEGATED, any_of, stem

# what a status is called -> words for it, then phrases for it
STATUSES = {
    "promoted": "promoted promote promotes graduated|into production|moved to production",
    "live": "shipped launched deployed|went live|gone live|goes live|in production|rolled out",
    "killed": "killed stopped abandoned cancelled canceled terminated scrapped discontinued axed"
    "|was ended|shut down|pulled the plug|called off",
    "kill": "kill",
    "iterating": "iterating iterated iterate iteration refined|another round|another iteration",
    "failed": "failed fails fail failing rejected"
    r"|(?:did|does|has|have) not (?:pass|clear|get through|make it)"
    r"|(?:missed|misses) (?:its|the|this|that) (?:\w+ )?(?:gate|check|review)",
    "passed": "passed passes pass passing cleared clears approved accepted|met the bar"
    "|(?:got|gets|came|comes|made it|makes it) through",
    "alert": "alert drifted drifting",
    "warning": "warning",
    "rolled back": "reverted|rolled back|roll back|rollback",
    "stale": "stale stuck stalled",
    "continue": "continue continues continued",
    "on track": "|on track|on-track",
    "at risk": "|at risk",
    "off track": "|off track|off-track",
    "blocked": "blocked",
    "paused": "paused suspended parked|on hold|put on ice",
    "ready": "|is ready|are ready",
    "resolved": "resolved fixed",
    "ok": "|healthy|no drift",
}
# words that say a status only where they stand as one: "is open", "remains overdue"
_WEAK = {
    "open": "open ongoing unresolved|under investigation|being investigated",
    "resolved": "closed solved",
    "overdue": "overdue late",
    "stable": "stable steady",
    "running": "running active|in progress|under way|underway",
    "done": "done finished complete completed concluded",
    "pending": "pending undecided|awaiting (?:a )?decision|up in the air",
    "paused": "frozen",
    "killed": "dropped dead",
    "kill": "stop end",
}
_LIKE = {
    "alert": ("drift", "drifted", "drifting", "red", "alarm"),
    "killed": ("stopped", "dropped", "abandoned", "cancelled", "kill"),
    "kill": ("stop", "end", "killed", "drop", "cancel"),
    "iterating": ("iterate", "in iteration", "refining", "continue"),
    "passed": ("pass", "approved", "green", "met", "accepted", "promoted", "ready"),
    "failed": ("fail", "blocked", "red", "rejected", "missed"),
    "continue": ("go on", "running", "keep", "carry on", "continuing", "iterating", "active"),
    "promoted": ("live", "production", "promote", "shipped", "launched", "deployed"),
    "live": ("production", "shipped", "launched", "deployed", "serving"),
    "stale": ("stalled", "stuck", "overdue", "idle"),
    "warning": ("warn", "amber", "watch"),
    "ok": ("stable", "no drift", "passed", "healthy", "green"),
    "open": ("under investigation", "investigating", "ongoing", "active", "unresolved"),
    "resolved": ("closed", "fixed", "solved", "done", "rolled back", "mitigated"),
    "overdue": ("late", "stale", "delayed", "over time"),
    "stable": ("ok", "healthy", "no drift", "green"),
    "running": ("continue", "in progress", "iterating", "active", "started", "training", "open"),
    "done": ("completed", "finished", "promoted", "killed", "passed", "concluded", "resolved"),
    "pending": ("undecided", "open", "waiting", "iterating"),
    "paused": ("on hold", "suspended", "parked", "frozen"),
    "rolled back": ("reverted", "rollback"),
}


def _words(forms: str) -> re.Pattern[str]:
    """Words before the first bar, phrases after it."""
    first, _, phrases = forms.partition("|")
    return any_of([*first.split(), *([phrases] if phrases else [])])


_STATUS = {name: _words(forms) for name, forms in STATUSES.items()}
_STANDING = {name: _words(forms) for name, forms in _WEAK.items()}
_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|remains?|stays?|stayed|now|still|got|gone|left)\s{1,9}"
    r"(?:still\s{1,9}|now\s{1,9}|already\s{1,9}|been\s{1,9}|only\s{1,9})?$|\b(?:should|must|to)\s{1,9}$"
    r"|^\s{0,9}[A-Z][\w-]{0,60}\d{1,20}:?\s{0,9}$|^\s{0,9}:\s{0,9}$|\bkeep\s{1,9}[\w-]{1,60}\s{1,9}$",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"\b(?:should|must|recommend\w*|propose\w*|suggest\w*|ought|to be|candidate)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|none|no|all|both|half|every|thirds?|quarters?|most)\b)",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(
    r"\s+(?:level|rate|threshold|line|rule|date|box|share|count|criteria|budget|cost)\b"
    r"|\s+(?:only\s+|about\s+)?[\d$€£]",
    re.IGNORECASE,
)


def unsupported(scene: Scene, clause: Clause) -> list[str]:
    """Words for a status that what they are said of does not have."""
    bad = []
    for name, hit in _claims(clause):
        names = scene.subjects(clause.start + hit.start())
        if _is_no_claim(scene, hit, clause):
            continue
        if not _has_status(scene, _meant(scene, name, clause), names, _negated(clause, hit)):
            bad.append(
                f"“{hit.group(0)}” is not the status of {', '.join(names) or 'anything here'}"
            )
    for name, pattern in _STANDING.items():
        for hit in pattern.finditer(clause.text):
            if _is_no_claim(scene, hit, clause) or not _IS.search(clause.text[: hit.start()]):
                continue
            names = scene.subjects(clause.start + hit.start())
            if _contradicts(scene, name, names, hit, _negated(clause, hit)):
                bad.append(f"“{hit.group(0)}” is not the status on the sheet")
    return bad


def _claims(clause: Clause) -> list[tuple[str, re.Match[str]]]:
    """Every claim of a status; of two that overlap the longer one."""
    hits = [(name, hit) for name, p in _STATUS.items() for hit in p.finditer(clause.text)]
    return [
        (name, hit) for name, hit in hits
        if not any(o.start() <= hit.start() and hit.end() <= o.end()
                   and o.end() - o.start() > hit.end() - hit.start() for _, o in hits)
    ]  # fmt: skip


def _meant(scene: Scene, name: str, clause: Clause) -> str:
    """ "should be killed" is the recommendation, "was killed" the decision; "went live" is more
    than "was promoted" where the sheet says what is live.
    """
    if name == "live" and not scene.ground.tells_live:
        return "promoted"
    return "kill" if name == "killed" and _SHOULD.search(clause.text) else name


def _negated(clause: Clause, hit: re.Match[str]) -> bool:
    if re.search(r"\bnot\b", hit.group(0), re.IGNORECASE):
        return False
    return bool(NEGATED.search(" ".join(clause.text[: hit.start()].split()[-3:])))


def _is_no_claim(scene: Scene, hit: re.Match[str], clause: Clause) -> bool:
    """Counted without an id, retold, or part of a name: "the alert level", "a kill rule"."""
    here = [i for i in scene.ids if clause.start <= i[0] < clause.end]
    if scene.text[clause.end : clause.end + 1] == ":":
        here += [i for i in scene.ids if i[0] == clause.end + 2]
    if not here and _COUNTED.search(_counting(scene, hit, clause)):
        return True
    word = hit.group(0).lower()
    if any(word in f.word.lower() for f in scene.retold):
        return True
    labels = [f.label for f in scene.ground.facts if f.kind in ("metric", "money", "date")]
    labelled = " " not in word and any(
        stem(word) in {stem(w) for w in re.findall(r"\w+", label)} for label in labels
    )
    return bool(_LABEL_AFTER.match(clause.text[hit.end() :])) or (labelled and not here)


def _counting(scene: Scene, hit: re.Match[str], clause: Clause) -> str:
    """The words that may count what has the status: before it, or "ready for three"."""
    end = clause.start + hit.end()
    goes_on = re.match(r"\s+(?:for|at|in|on)\s", scene.plain[end:])
    return scene.plain[clause.start : clause.end if goes_on else end]


def _contradicts(
    scene: Scene, name: str, names: tuple[str, ...], hit: re.Match[str], negated: bool
) -> bool:
    """Something spoken of has a status, and it is not this one."""
    facts = [f for f in scene.ground.facts if f.kind == "status" and f.subject in names]
    if not facts and not names:
        facts = [f for f in scene.ground.facts if f.kind == "status" and scene.ground.ambient(f)]
    word = hit.group(0).lower()
    has = any(_is_status(name, f) or word in f.word.lower() for f in facts)
    return bool(facts) and has is negated


def _has_status(scene: Scene, name: str, names: tuple[str, ...], negated: bool) -> bool:
    facts = [f for f in scene.ground.facts if f.kind == "status"]
    if names:
        for subject in names:
            own = [f for f in facts if f.subject == subject]
            has = any(_is_status(name, f) for f in own)
            if not own or has is negated:
                return negated and not has
        return True
    subjects = scene.before
    own = [f for f in facts if not subjects or f.subject in subjects or scene.ground.ambient(f)]
    return any(_is_status(name, f) for f in own) is not negated


def _is_status(name: str, fact: Known) -> bool:
    value = fact.word.lower()
    if value == name:
        return True
    known = value in STATUSES or value in _WEAK
    pattern = _STATUS.get(name) or _STANDING[name]
    return value in _LIKE.get(name, ()) or (not known and bool(pattern.fullmatch(value)))
