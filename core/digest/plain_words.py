"""What a team's words mean to people outside machine learning; how hard a text is to read."""

import re

# The names of measures, as they are told to leaders beside the name itself.
_GLOSS = {
    r"accuracy|acc": "",
    r"f1|f-score|f-measure": "one score for missed and false answers together",
    r"auc|auroc|roc": "how well right and wrong cases are told apart",
    r"precision": "the share of what we flag that is right",
    r"recall": "the share of what we look for that we find",
    r"perplexity|ppl": "how surprised the model is by real text, lower is better",
    r"loss": "how far off the model is, lower is better",
    r"wer|word error rate": "the share of words heard wrong, lower is better",
    r"cer": "the share of letters heard wrong, lower is better",
    r"latency|p\d\d": "the time people wait for an answer",
    r"bleu|rouge\w*|chrf": "how close a text is to one that people wrote",
    r"ndcg|mrr|map|hit rate": "how high the right result stands in the list",
    r"kappa": "how well people agree with each other",
    r"rmse|mae|mse": "how far off a guess is, lower is better",
}
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


def gloss(name: str) -> str:
    """What a measure of that name tells, or "" when the name needs no words."""
    for form, meaning in _GLOSS.items():
        if re.search(rf"(?<![a-z0-9])(?:{form})(?![a-z0-9])", name, re.IGNORECASE):
            return meaning
    return ""


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
