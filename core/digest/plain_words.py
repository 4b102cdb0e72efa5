"""Which words people outside machine learning trip over; how hard a text is to read."""

import re

from core.text import words_in

JARGON = re.compile(
    r"\b(?:f1|auc|auroc|psi|kappas?|p-values?|epochs?|lora|rag|embeddings?|overfit\w*|precision"
    r"|recall|tokens?|latency|inference|baselines?|perplexity|hyper-?parameters?|checkpoints?"
    r"|fine-?tun\w*|quanti[sz]\w*|regulari[sz]\w*|gradients?|logits?|rank \d+|eval gate"
    r"|drift\w*)\b",
    re.IGNORECASE,
)
WEASEL = re.compile(
    r"\b(?:significant\w*|soon|promising\w*|hopefully|many|a lot|very|huge\w*|several|great\w*"
    r"|substantial\w*|dramatic\w*|some(?:what)?|quite|fairly|basically|arguably|probably"
    r"|might|almost|nearly|should|world-class|robust)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,.:]*")
_VOWELS = re.compile(r"[aeiouy]+")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9$€£“(])|\n+|;\s+")


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
