"""The status a sentence gives something, against the status it has."""

import re

from core.grounding_facts import Known
from core.grounding_scene import Clause, Scene
from core.grounding_words import NEGATED, any_of

# what a status is called -> words that claim it
STATUSES = {
    "promoted": "promoted shipped launched deployed|went live|gone live|in production|rolled out",
    "killed":
        "killed stopped abandoned cancelled canceled terminated scrapped discontinued"
        "|was ended|shut down"
,
    "kill": "kill",
    "iterating": "iterating iterated iterate iteration refined|another round",
    "failed": "failed fails fail failing rejected",
    "passed": "passed passes pass passing cleared clears approved|met the bar",
    "alert": "alert drifted drifting",
    "warning": "warning",
    "rolled back": "|rolled back|roll back|rollback|reverted",
    "stale": "stale stuck stalled",
    "continue": "continue continues continued",
    "on track": "|on track|on-track",
    "|at risk": "|at risk",
    "off track": "|off track|off-track",
    "blocked": "blocked", "paused": "paused|on hold", "ready": "|not ready|is ready|are ready",
    "resolved": "resolved fixed", "ok": "|healthy|no drift",
}  # fmt: skip
_LIKE = {"alert": ("drift", "red"), "killed": ("stopped",), "kill": ("stop",),
         "iterating": ("iterate",), "passed": ("pass", "approved", "green", "met"),
         "failed": ("fail", "blocked", "red"), "continue": ("go on", "running"),
         "promoted": ("live", "production", "promote", "shipped"), "stale": ("stalled", "stuck"),
         "warning": ("warn", "amber"), "ok": ("stable", "no drift", "passed")}  # fmt: skip


def _words(forms: str) -> re.Pattern[str]:
    """Words before the first bar, phrases after it."""
    first, *phrases = forms.split("|")
    return any_of([*first.split(), *phrases])


_STATUS = {name: _words(forms) for name, forms in STATUSES.items()}
_SHOULD = re.compile(
    r"\b(?:should|must|recommend\w*|propose\w*|suggest\w*|ought|to be|candidate)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|none|no|all|both|half|every)\b)",
    re.IGNORECASE,
)


def unsupported(scene: Scene, clause: Clause) -> list[str]:
    """Words for a status that what they are said of does not have."""
    bad = []
    for name, pattern in _STATUS.items():
        for hit in pattern.finditer(clause.text):
            at = clause.start + hit.start()
            counted = _COUNTED.search(scene.plain[clause.start : clause.end])
            names = scene.subjects(at)
            here = [i for i in scene.ids if clause.start <= i[0] < clause.end]
            if _is_label(scene, hit, clause) or (counted and not here):
                continue
            if not _has_status(scene, _meant(name, clause), names, _negated(clause, hit)):
                bad.append(
                    f"“{hit.group(0)}” is not the status of {', '.join(names) or 'anything here'}"
                )
    return bad


def _meant(name: str, clause: Clause) -> str:
    """ "should be killed" is the recommendation, "was killed" the decision."""
    return "kill" if name == "killed" and _SHOULD.search(clause.text) else name


def _negated(clause: Clause, hit: re.Match[str]) -> bool:
    return bool(NEGATED.search(" ".join(clause.text[: hit.start()].split()[-3:])))


def _is_label(scene: Scene, hit: re.Match[str], clause: Clause) -> bool:
    """The word is part of what a figure is called: "the alert level", "a kill rule"."""
    after = re.match(
        r"\s+(?:level|rate|threshold|line|rule|date|box|share|count|criteria)\b",
        clause.text[hit.end() :],
        re.IGNORECASE,
    )
    word = hit.group(0).lower()
    labelled = any(
        word in f.label.lower()
        for f in scene.ground.facts
        if f.kind in ("metric", "money", "date")
    )
    return bool(after) or labelled


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
    return value in _LIKE.get(name, ()) or (
        value not in STATUSES and bool(_STATUS[name].fullmatch(value))
    )
