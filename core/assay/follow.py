"""What was said before in the same conversation makes sense of what is said now."""

import re
from dataclasses import dataclass, replace

from core.assay import intent
from core.assay.about import Id
from core.assay.doubt import DONE_TO
from core.assay.intent import Meaning
from core.assay.spelling import ideas, plain, words
from core.text import listed

# What can be wanted of one experiment, and so of another one too.
_OF_ONE = frozenset(
    {"card", "status", "when", "why_late", "accuracy", "kill", "promote", "extend"}
)
_OF_A_PERIOD = frozenset({"history", "spent"})
_BACK_TO = re.compile(
    r"\b(?:it|its|it's|this one|that one|this|that|he|she|es|das|ihn|dessen|davon|dafür|"
    r"diese[sn]?|there|what about|how about|was ist mit)\b"
    r"(?! (?:week|month|sprint|quarter|year|morning|woche|monat|quartal|jahr)\b)"
)
_OTHER = re.compile(r"\b(?:the )?others?(?: one)?\b|\b(?:die|der|das|den) andere[nrs]?\b")
_PERIOD = re.compile(r"\b(?:week|month|sprint|quarter|year|yesterday|today|woche|monat|quartal)\b")
_LEADS = frozenset(listed("ASKS WHAT HOW NOT SELF THANKS HELLO SHOW DONE EXPERIMENT"))
_FEW = 6


@dataclass(frozen=True)
class Before:
    """What was wanted last in this conversation, and which id it was about."""

    intent: str
    about: Id | None = None


def read(text: str, thread: Id | None, before: Before | None) -> Meaning:
    """What is wanted, by what the sentence says, the message above it, and what came before."""
    found = intent.read(text, thread)
    if before is None:
        return found
    line = plain(text)
    if found.ids != ((thread,) if thread else ()):
        again = _is_bare(line) and before.intent in _OF_ONE
        return replace(found, intent=before.intent, negated=False) if again else found
    if _is_bare(line) and before.intent in _OF_A_PERIOD and _PERIOD.search(line):
        return replace(found, intent=before.intent, guesses=())
    if _OTHER.search(line) and _is_bare(line) and before.intent in _OF_ONE:
        return replace(found, intent="other", guesses=())
    if thread is None and before.about and _BACK_TO.search(line):
        return intent.read(text, before.about)
    return found


def depends(text: str) -> bool:
    """True for what may go on with what came before; all else is read without it."""
    line = plain(text)
    return bool(_is_bare(line) or _BACK_TO.search(line))


def wished(found: Meaning, intent: str) -> Meaning:
    """The same sentence when somebody has said what it wants; what is denied stays unknown."""
    return found if found.negated and intent in DONE_TO else replace(found, intent=intent)


def _is_bare(line: str) -> bool:
    """True for a few words that want nothing themselves: `and 42?`, `no, I meant 37`."""
    said = words(line)
    found, left = ideas(said)
    return len(said) <= _FEW and not left and found <= _LEADS
