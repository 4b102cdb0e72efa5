"""A sentence where it was said: wanted from Assay, an answer to the standup, or perhaps both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.assay import follow
from core.assay.about import Id
from core.assay.follow import Before
from core.assay.intent import Meaning
from core.standups import direct
from core.standups.questions import Question
from core.text import clean

# What somebody may also tell in a standup answer.
TELLS = frozenset({"update", "blocker", "extend"})
_PARTS = {  # what a standup asks, said in a sentence
    "learned": re.compile(
        r"\b(?:l(?:ea)?rn(?:e?d|t)|yesterday|gestern|finished|found|gelernt)\b", re.I
    ),
    "next": re.compile(
        r"\b(?:ne?xt|today|tomorrow|heute|morgen|als nächstes|going to|gonna)\b", re.I
    ),
    "stuck": re.compile(r"\b(?:stuck|blocke[dr]s?|blocking|blockiert|no problems?)\b", re.I),
}
_MARKED = re.compile(r"^\s*(?:[-•*◦]|[*_]*q?\d{1,2}\s*[.):]+)[*_]*\s+\S", re.I)
_SENTENCES = re.compile(r"\w[.!]\s")
_STANDUP = ("What did you learn?", "What will you do next?", "Are you stuck on anything?")


@dataclass(frozen=True)
class Said:
    """text: as typed. thread: the id that the message it stands below names. waits: an answer is
    waited for here; below: it stands below the question itself. asked: that standup's questions.
    before: what was wanted last in this conversation.
    """

    text: str
    thread: Id | None = None
    waits: bool = False
    below: bool = False
    asked: Sequence[Question] = ()
    before: Before | None = None


def read(said: Said) -> Meaning:
    """What is wanted; of what comes while an answer is waited for, `answer` for what can only be
    one, and `maybe_answer` for what its writer has to be asked about.
    """
    found = follow.read(said.text, said.thread, said.before)
    if said.below:
        return replace(found, intent="answer")
    if not said.waits or is_for_us(said.text, found):
        return found
    asked = said.asked or tuple(Question(text) for text in _STANDUP)
    if is_structured(said.text) and direct.is_clear(asked, said.text):
        return replace(found, intent="answer")
    both = found.intent in TELLS and len(_SENTENCES.findall(f"{clean(said.text)} ")) < 2
    if covers(said.text) or (not both and direct.is_clear(asked, said.text)):
        return replace(found, intent="answer")
    return found if asks_us(said.text, found) else replace(found, intent="maybe_answer")


def is_for_us(text: str, found: Meaning) -> bool:
    """True for what is surely no answer, whatever is waited for: a question, an order, a greeting
    that we know what to do with.
    """
    if is_structured(text) or covers(text) or found.ruled == "unknown":
        return False
    short = 2 if found.ruled == "card" else 4  # an id with more than a word says something of it
    talks = found.asks or found.orders or (found.words <= short and not found.left)
    if found.ruled in TELLS:
        return found.asks or found.orders
    return talks or found.ruled in {"away", "back", "help", "thanks", "hello"}


def asks_us(text: str, found: Meaning) -> bool:
    """True for a question, an order or talk that we do not know what to do with."""
    return not is_structured(text) and direct.is_talk(text) and found.intent == "unknown"


def covers(text: str) -> bool:
    """True for a sentence that tells two of the things that a standup asks, and asks nothing."""
    parts = sum(bool(part.search(text)) for part in _PARTS.values())
    return parts > 1 and "?" not in text and len(text.split()) > 5


def is_structured(text: str) -> bool:
    """True for several lines, or for numbers or bullets before what is said."""
    lines = [line for line in clean(text).splitlines() if line.strip()]
    return len(lines) > 1 or bool(lines and _MARKED.match(lines[0]))
