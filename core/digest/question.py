"""Which of leadership's questions is asked? By words, from one small table; no guessing.

A question is known when its words hold one of its patterns and nothing else but filler and what
the team calls its product: a word from elsewhere (lunch, labels, Bob) makes it another question,
which is answered "I can't answer this from the data".
"""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from core.quantity import experiments_in
from core.text import clean, listed, straighten

Kind = Literal["when", "accuracy", "status", "add", "launch", ""]
KINDS: Mapping[str, Kind] = {
    "when": "when",
    "accuracy": "accuracy",
    "status": "status",
    "add": "add",
    "launch": "launch",
}
LONGEST, LONGEST_THING = 300, 120

_CONCEPTS: dict[str, list[str]] = {
    "WHEN": listed("when eta date deadline timeline schedule soon long longer far time sprints"),
    "HOW": listed("how what whats hows which"),
    "DONE": listed(
        "ready done finished finish complete completed launch launched launching ship shipped "
        "shipping release released live production target goal there deliver delivered"
    ),
    "GOOD": listed(
        "accurate accuracy good quality correct reliable precise performance performing well right"
    ),
    "BAD": listed("wrong mistakes mistake errors error fail fails bad inaccurate"),
    "OFTEN": listed("often many much percent percentage share rate"),
    "STATE": listed("doing going status state stand standing progress progressing track"),
    "IS": listed("is are will does do can could should would"),
}
_FILLER = listed(
    "a an the it its this that thing we you they us i our your my to at in on by be been being "
    "get gets got getting go goes going have has hit reach reaches reached until till before for "
    "of and so now today currently current yet still actually really exactly roughly about please "
    "tell me know expect expected estimate estimated think take takes need needed left more from "
    "away give answers answer answered questions customer customers out with right there make "
    "makes made s re ll d new next version first able use users see number fully"
)
_PRODUCT = listed(
    "model models bot chatbot assistant product system app application feature project ai tool "
    "agent service search ranking ranker classifier pipeline release version support beta"
)
_PATTERNS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("when", ("WHEN", "DONE")),
    ("when", ("IS", "DONE")),
    ("accuracy", ("HOW", "GOOD")),
    ("accuracy", ("OFTEN", "GOOD")),
    ("accuracy", ("OFTEN", "BAD")),
    ("accuracy", ("IS", "GOOD")),
    ("status", ("HOW", "STATE")),
    ("status", ("IS", "STATE")),
)
_ALONE: dict[str, Kind] = {
    "when": "when",
    "eta": "when",
    "timeline": "when",
    "ready": "when",
    "accuracy": "accuracy",
    "accurate": "accuracy",
    "quality": "accuracy",
    "status": "status",
    "progress": "status",
    "add": "",
}
_SHORT = {
    "wen": "when",
    "whne": "when",
    "jsut": "just",
    "whn": "when",
    "hw": "how",
    "acc": "accuracy",
    "u": "you",
    "wat": "what",
}
_KNOWN = {word: concept for concept, words in _CONCEPTS.items() for word in words}
_WORDS = [word for word in (*_KNOWN, *_FILLER, *_PRODUCT) if len(word) >= 4]
# Near one of our words, and something else.
_OTHER = set(
    listed(
        "lunch launches shop food wood data dataset datasets label labels standup standups digest "
        "meeting holiday box budget report reports gate team people killed promoted decided who "
        "whose why where weather price cost costs road read lead load rate rates baseline alive "
    )
)
_ASK = (
    r"(?:(?:hey|hi|so|and|ok|can|could|would|will|should|shall|may|might|do|does|is|it|be|we|you|"
    r"u|they|i|team|please|pls|just|jsut|simply|quickly|easily|also|maybe|perhaps|then|possible|"
    r"to|want|wanted|need|like|love|us|lets|let's|how|hard|about|what|whats|what's|would|take|"
    r"takes|if|for|i'd|we'd|id|the|guys|all|not|why|don't|dont|possibly)\s+)*"
)
_VERB = (
    r"(?:add|adding|include|including|support|supporting|build|building|implement|implementing|"
    r"throw\s+in|squeeze\s+in|put\s+in|make\s+it|making\s+it|teach\s+it(?:\s+to)?|let\s+it|"
    r"have\s+it|get\s+it\s+to|ad|addd|incldue|suport)"
)
_ADD = re.compile(rf"^{_ASK}{_VERB}\s+(?:in\s+)?(?P<thing>.+)$", re.IGNORECASE)
_LAUNCH = re.compile(
    r"^(?:can|could|should|may|shall|do|is it (?:ok|okay|fine) (?:to|if)|what if)?\s{0,3}"
    r"(?:we|i)?\s{0,3}(?:launch|ship|release|go live|deploy)(?:\s(?:it|this|that|the \w{1,20}))?"
    r"(?:\s(?:at|with)\s(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent|per cent)"
    r"(?:\s(?:accuracy|right|accurate))?|\s(?:now|today|as it is|already))$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]{0,20}\b(?:please|pls|too|as well|real quick"
    r"|quickly|next sprint|this sprint|by \w{1,60}day)$",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"^(?:me|him|her|us|them|it|that|this|these|those|<@|@|#|<#|exp-?\d|my\b|someone|anyone|"
    r"(?:(?:a|an|the|one|another|some)\s+)?(?:needs?|risks?|notes?|milestones?|leads?|tickets?|"
    r"experiments?|learnings?|blockers?|members?|people|person|channel|reminders?)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DigestQuestion:
    """kind "": none of them. experiment: number or 0. thing: what shall be added; of launch, at
    which share (`85%`), "" for the headline's own.
    """

    kind: Kind
    experiment: int = 0
    thing: str = ""


def read(typed: str, own: Collection[str] = ()) -> DigestQuestion:
    """Which question it is. own: words that name the team's product or metric."""
    line = " ".join(clean(straighten(typed), limit=LONGEST).split()).strip(" \"'?!.,")
    launch = _LAUNCH.match(line)
    if launch:
        return _launched(launch["share"] or "")
    added = _ADD.match(line)
    if added:
        return _added(added["thing"])
    numbers = experiments_in(line)
    words = re.sub(r"\bexp[\s_-]?\d+\b|\d+(?:[.,]\d+)?\s*%?", " ", line.lower())
    found = [_spelled(w.strip("'"), own) for w in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", words)]
    kind = _kind([word for word in found if word])
    if len(numbers) > 1 or (numbers and kind != "accuracy"):
        return DigestQuestion("")
    return DigestQuestion(kind, numbers[0] if numbers else 0)


def _launched(share: str) -> DigestQuestion:
    value = float(share.replace(",", ".") or 0)
    return DigestQuestion("launch", thing=f"{value:g}%" if share and value <= 100 else "")


def _added(thing: str) -> DigestQuestion:
    while (shorter := _TAIL.sub("", thing)) != thing:
        thing = shorter
    thing = thing.strip(" \"'?!.,")
    if len(re.findall(r"[^\W\d_]", thing)) < 3 or _NO_THING.match(thing):
        return DigestQuestion("")
    return DigestQuestion("add", thing=thing[:LONGEST_THING])


def _spelled(word: str, own: Collection[str]) -> str:
    """The word as the table has it: shortened, in a known slip, or as it is."""
    word = word.split("'")[0]
    if word in own or word in _KNOWN or word in _OTHER or word in _FILLER or word in _PRODUCT:
        return word if word not in own or word in _KNOWN else "it"
    if word in _SHORT:
        return _SHORT[word]
    near = difflib.get_close_matches(word, _WORDS, n=1, cutoff=0.8) if len(word) >= 4 else []
    return near[0] if near else word


def _kind(words: list[str]) -> Kind:
    if len(words) == 1:
        return _ALONE.get(words[0], "")
    known = {*_KNOWN, *_FILLER, *_PRODUCT}
    if not words or any(word not in known or word in _OTHER for word in words):
        return ""
    if not any(word in _KNOWN for word in words):
        return ""
    has = {_KNOWN[word] for word in words if word in _KNOWN}
    if len(words) <= 4 and set(words) & {"eta", "accuracy", "timeline"}:
        return "accuracy" if "accuracy" in words else "when"
    return next((kind for kind, needed in _PATTERNS if has.issuperset(needed)), "")
