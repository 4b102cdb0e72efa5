"""Words that count the other side of a share: wrong answers of an accuracy, fraud missed."""

import re

from core.grounding.ground import Known
from core.grounding.vocabulary import NEGATED, RIGHT, WRONG, concepts

# a word of the label -> words for what it leaves out
_OTHER_SIDE = {
    "accep": "rejected rejects rejection refused declined|turned down|not accepted|sent back",
    "appro": "rejected refused declined|turned down|not approved",
    "preci": "false|false alarms?|wrongly flagged",
    "recal": "missed misses miss missing overlooked undetected uncaught|slips? through|not found",
    "miss": "caught catches catch found finds spotted detected stopped",
    "spot": "missed misses miss missing overlooked unnoticed|not spotted",
    "found": "missed misses miss missing overlooked|not found",
    "remov": "kept|left up|not removed|stayed up",
    "witho": "with",
    "detec": "missed misses miss missing overlooked undetected|slips? through",
    "cover": "uncovered missing|not covered|left out|without|not reached|lack",
    "ready": "unready waiting lack missing|not ready|not yet|without",
    "pass": "failed fails fail failing|did not pass|not pass",
    "succe": "failed fails fail failing failure failures unsuccessful",
    "resol": "unresolved open escalated|not resolved|not solved",
    "conta": "escalated handed|handed over",
    "defle": "escalated handed|handed over|reach a human",
    "avail": "down unavailable outage downtime",
    "uptim": "down unavailable outage downtime",
    "agree": "disagree disagreed disagreement disputed",
    "compl": "incomplete unfinished abandoned|not completed",
    "respo": "unanswered|no response|did not respond|not responded",
    "answe": "unanswered|not answered",
    "reten": "lost left churned|dropped out",
    "satis": "dissatisfied unsatisfied unhappy",
    "use": "unused remain remains remaining left spare free untouched unspent|to go",
    "spent": "unspent remain remains remaining left",
    "label": "unlabelled unlabeled|not labelled|without a label",
    "adopt": "without|not adopted|do not use",
    "reads": "unread|not read",
}
_COMPARED = re.compile(
    r"\b(?:miss\w*|under|below|short of|lack\w*|left)\b[^,;]{0,12}"
    r"(?:target|goal|bar|limit|ceiling|threshold|floor|mark|points?|pp)\b",
    re.IGNORECASE,
)


def _pattern(forms: str) -> re.Pattern[str]:
    first, *phrases = forms.split("|")
    return re.compile(rf"\b(?:{'|'.join([*first.split(), *phrases])})\b", re.IGNORECASE)


_SIDES = {key: _pattern(forms) for key, forms in _OTHER_SIDE.items()}


def flipped(words: str, fact: Known) -> bool:
    """True when the words count what the fact does not: wrong answers of an accuracy."""
    if not fact.is_share:
        return False
    if _other_side(words, fact):
        return not NEGATED.search(_without_sides(words, fact))
    wrong, right = bool(WRONG.search(words)), bool(RIGHT.search(words))
    if wrong == right:
        return False
    if NEGATED.search(words):
        wrong, right = right, wrong
    bad = bool(WRONG.search(fact.label)) or not fact.up_is_good
    return right if bad else wrong


def _mine(fact: Known) -> list[re.Pattern[str]]:
    named = concepts(fact.label)
    sides = [side for key, side in _SIDES.items() if key in named]
    return [side for side in sides if not side.search(fact.label)]


def _other_side(words: str, fact: Known) -> bool:
    if _COMPARED.search(words) or WRONG.search(fact.label):
        return False
    return any(side.search(words) for side in _mine(fact))


def _without_sides(words: str, fact: Known) -> str:
    for side in _mine(fact):
        words = side.sub(" ", words)
    return words
