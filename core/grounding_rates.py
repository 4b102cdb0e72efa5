"""What an amount is per, a week or a thousand requests, against what the fact's is per."""

import re

from core.grounding_facts import MONEY, Known
from core.grounding_numbers import numbers
from core.grounding_place import Place
from core.grounding_words import own

_EACH = "week|month|day|sprint|quarter|year|hour|minute|second"
_LY = r"weekly|monthly|daily|yearly|annual(?:ly)?|quarterly|hourly"
_AFTER = re.compile(
    rf"^\s*(?:(?:of [a-z ]{{1,20}})?(?:an?|per|each|every|/)\s?|this |the )?(?P<each>{_EACH})\b"
    rf"|^\s*(?P<ly>{_LY})\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:this|each|every|per|an?|last|the)\s(?P<each>{_EACH})(?:['’]s)?\b(?!\s+(?:ago|late|long|over))"
    rf"|\b(?P<ly>{_LY})\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"^\s*(?:[a-z]+\s)?(?:per|for each|for every|/|a)\s+"
    r"(?P<what>(?:[\w,.]+\s+)??(?:thousand\s+|hundred\s+|million\s+)?[a-z-]+)",
    re.IGNORECASE,
)
_WORDS = {"daily": "day", "annually": "year", "annual": "year", "yearly": "year"}
# (the fact's period, the period said) -> how many of the first the second holds
_TIMES = {("week", "year"): 52.0, ("month", "year"): 12.0, ("day", "week"): 7.0,
          ("week", "day"): 1 / 7, ("day", "year"): 365.0, ("week", "month"): 52 / 12,
          ("quarter", "year"): 4.0, ("month", "quarter"): 3.0, ("hour", "day"): 24.0,
          ("day", "month"): 365 / 12, ("year", "month"): 1 / 12, ("year", "week"): 1 / 52,
          ("month", "week"): 12 / 52}  # fmt: skip


def times(place: Place, fact: Known) -> float:
    """How many of the fact's period the words' period holds; 0 where they do not go together."""
    per = fact.per
    if fact.kind == "money" or re.fullmatch(_EACH, per or "-"):
        said = period(place)
        return 1.0 if not said or said == per else _TIMES.get((per, said), 0.0)
    hit = _PER.match(place.after_all)
    if not hit:
        return 1.0
    what = hit.group("what")
    if not per:
        return 1.0 if fact.dim != MONEY or not re.search(r"\bper\b", hit.group(0)) else 0.0
    said_of = [n.value for n in numbers(what)] or [1.0]
    real_of = [n.value for n in numbers(per)] or [1.0]
    same = own(re.sub(r"^[\d.,]+k?", "", what)) & (own(per) | {"it"})
    return 1.0 if same and said_of[0] == real_of[0] else 0.0


def period(place: Place) -> str:
    """The period in the words around the number, else ""."""
    hit = _AFTER.match(place.after) or _BEFORE.search(place.clause)
    if not hit:
        return ""
    if hit.group("each"):
        return hit.group("each").lower()
    word = hit.group("ly").lower()
    return _WORDS.get(word, word[:-2])
