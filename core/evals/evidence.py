"""What somebody brings when they confirm what no eval measures: links, minutes, limitations.

The source document's three (chapter 3): monitoring "dashboarded and alerting", rollback in less
than 5 minutes, a model card with known limitations. Any other takes what is written.
"""

import re

from core.errors import Refused
from core.text import clean, says_nothing

ROLLBACK_MINUTES = 5.0
LONGEST = 500
_LINK = re.compile(r"<?(https?://[^\s<>|]{4,300})(?:\|[^<>]{0,100})?>?")
_UNITS = (("h", 60.0), ("m", 1.0), ("s", 1 / 60))
_TIME = re.compile(
    r"(?<![\w.])(\d{1,5}(?:\.\d{1,3})?)\s?"
    r"(h|m|s)(?:ours?|rs?|in(?:utes?)?s?|ec(?:onds?)?s?)?\b"
)


def checked(name: str, typed: str, limit: float | None) -> str:
    """The evidence as it is kept, for a requirement of that name; "" where none is needed.

    limit: most minutes of a rollback, None for the document's. Raises Refused saying what lacks.
    """
    text = " ".join(clean(typed, limit=LONGEST).split())
    kind = name.casefold()
    if "rollback" in kind:
        return _rollback(name, text, ROLLBACK_MINUTES if limit is None else limit)
    for word, needs, example in _LINKED:
        if word in kind:
            return _linked(name, text, needs, example)
    return text


def minutes(text: str) -> float | None:
    """`tested: 3 min 12 s` is 3.2; None without a time."""
    found = _TIME.findall(text.casefold())
    return sum(float(n) * dict(_UNITS)[unit] for n, unit in found) if found else None


_LINKED = (
    ("monitor", "the dashboard's link and what alerts whom", "https://… pages on-call above 2%"),
    ("document", "the model card's link and its known limitations", "https://… weak on dates"),
    ("model card", "the model card's link and its known limitations", "https://… weak on dates"),
)


def _rollback(name: str, text: str, limit: float) -> str:
    took = minutes(text)
    if took is None:
        raise Refused(
            f"{name} needs the minutes it took when it was tested.",
            f"For instance `confirm {name} tested: 3 min 12 s`.",
        )
    if took >= limit:
        raise Refused(
            f"{name} took {took:.3g} minutes, and less than {limit:.3g} are asked for: it is not "
            "confirmed.",
            "Make it faster and test again, or ask for an override at the gate.",
        )
    return text


def _linked(name: str, text: str, needs: str, example: str) -> str:
    link = _LINK.search(text)
    rest = _LINK.sub(" ", text).strip(" :,;.-")
    if link is None or says_nothing(rest) or len(rest) < 5:
        raise Refused(f"{name} needs {needs}.", f"For instance `confirm {name} {example}`.")
    return _LINK.sub(r"\1", text)
