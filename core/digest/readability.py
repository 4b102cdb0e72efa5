"""Words, sentences and how hard they are to read."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,.:]*")
_VOWELS = re.compile(r"[aeiouy]+")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9$€£“(])|\n+|;\s+")


def words_in(text: str) -> int:
    """How many words the text has: what is set apart by spaces and holds a letter or digit."""
    return sum(any(c.isalnum() for c in part) for part in text.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line or a part after a semicolon is one of its own."""
    return [part.strip(" •") for part in _END.split(text) if words_in(part)]


def syllables(word: str) -> int:
    """How many syllables an English word has, roughly; a number counts as one."""
    low = word.lower()
    if not low[:1].isalpha():
        return 1
    found = len(_VOWELS.findall(low))
    silent = (low.endswith("e") and not low.endswith(("le", "ee"))) or low.endswith("ed")
    return max(1, found - (1 if silent and found > 1 else 0))


def grade(text: str) -> float:
    """Flesch-Kincaid grade level: years of school that reading it takes (Kincaid et al. 1975)."""
    parts = sentences(text)
    found = [word for part in parts for word in _WORD.findall(part)]
    if not found:
        return 0.0
    return 0.39 * len(found) / len(parts) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
