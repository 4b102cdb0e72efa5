"""How a number is meant: exactly, about, just under, more than; and what then fits it."""

import re

_LITTLE = (
    r"(?:just|only just|slightly|a (?:shade|little|bit|touch|fraction|hair|tad)|marginally"
    r"|narrowly)"
)
_MORE = r"(?:over|above|more than|past|upwards of|exceeding|in excess of|north of|better than)"
_LESS = r"(?:under|below|less than|fewer than|short of|shy of)"
_HOWS = {
    "just over": rf"{_LITTLE}\s+{_MORE}",
    "just under": rf"{_LITTLE}\s+{_LESS}|nearly|almost|not quite|approaching|close to"
    r"|close on",
    "over": rf"(?:well |far |comfortably )?{_MORE}|at least|no (?:less|fewer) than|a minimum of",
    "under": rf"(?:well |far |comfortably )?{_LESS}|at most|no more than|up to|a maximum of"
    r"|within",
    "about": r"about|around|roughly|some|approximately|approx\.?|circa|ca\.|in the region of"
    r"|on the order of|something like|or so|~|≈",
}
_TAIL = r"\s*(?:the\s+|its\s+|our\s+|a\s+)?(?:[$€£]|USD|EUR|GBP)?\s*$"
_BEFORE = [(how, re.compile(rf"(?:(?<![\w-])(?:{p})){_TAIL}", re.I)) for how, p in _HOWS.items()]
_AFTER = re.compile(r"^(?:\s+[a-z-]+)?\s+(?:or so|or thereabouts|give or take)\b", re.IGNORECASE)
HOW = "|".join(p for p in _HOWS.values())


def how(before: str, after: str = "") -> str:
    """ "", "about", "over", "under", "just over" or "just under", by the words around a number."""
    if _AFTER.match(after):
        return "about"
    return next((name for name, pattern in _BEFORE if pattern.search(before)), "")


def meaning(word: str) -> str:
    """The same for the bare words, as "more than" or "a shade over"."""
    return how(f"{word} ")


def fits(said: float, step: float, way: str, real: float) -> bool:
    """Is the number right for the figure? Rounded at its precision; loosely where it says so.

    step: what its last digit is worth; trailing zeros count as loose where the words are.
    """
    tiny = 1e-9 * (1 + abs(said))
    if way in ("", "about"):
        return abs(said - real) <= _slack(said, step, way, real) + tiny
    ahead = real - said if "over" in way else said - real
    if way in ("just over", "just under"):
        if abs(ahead) <= tiny:
            return True
        return 0 < ahead <= max(0.04 * abs(said), 0.6 * min(step, 0.2 * abs(said))) + tiny
    return -tiny <= ahead <= max(0.15 * abs(real), step if said >= step > 0.1 * said else 0)


def _slack(said: float, step: float, way: str, real: float) -> float:
    exact = min(step / 2, 0.12 * abs(real))
    if way != "about":
        return exact
    return max(exact, 0.02 * abs(real), min(_round_step(said, step) / 2, 0.03 * abs(real)))


def _round_step(said: float, step: float) -> float:
    """What the last digit that is no zero is worth: 1,000 for 19,000."""
    while step and said and abs(said / (step * 10) - round(said / (step * 10))) < 1e-9:
        step *= 10
    return step
