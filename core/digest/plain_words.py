"""What a team's words mean to people who do not know machine learning."""

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
_RIGHT = re.compile(
    r"\baccura\w*|\bacc\b|\bright answers?\b|\bcorrect\w*|\bexact match\b|\bem\b", re.IGNORECASE
)
_WRONG = re.compile(
    r"\berror rate\b|\bwrong answers?\b|\berrors?\b|\bmistakes?\b|\bfail\w* rate\b", re.IGNORECASE
)
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


def counts_right(name: str, direction: str) -> bool:
    """True when the measure is a share of right answers by its name (accuracy), or, where lower
    is better, a share of wrong ones (error rate).
    """
    return bool((_RIGHT if direction == "higher" else _WRONG).search(name))
