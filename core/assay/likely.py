"""What a sentence that no rule takes may want: what it has in common with typical ones.

It only ranks what is offered as buttons; nothing is answered or done by it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from core.assay.spelling import ideas, plain, words
from core.assay.typical import TYPICAL

ELSEWHERE = "elsewhere"  # what is none of ours
LIKE_ENOUGH = 0.12
Marks = frozenset[str]


def ranked(said: Sequence[str], least: float = LIKE_ENOUGH) -> list[str]:
    """The intents whose typical sentences are nearest, the nearest first. said: words, mended.
    least: how near they have to be.

    Nearness is the cosine of words, pairs of words and ideas, the rare ones weighing more
    (squared inverse document frequency); what is farther counts for nothing.
    """
    marks = _marks(said)
    size = _size(marks)
    near: dict[str, float] = {}
    for typical, intent, typical_size in _known():
        shared = sum(_weight(mark) for mark in marks & typical)
        near[intent] = max(near.get(intent, 0.0), shared / (size * typical_size))
    enough = [intent for intent, score in near.items() if score >= least]
    return sorted(enough, key=lambda intent: -near[intent])


def _marks(said: Sequence[str]) -> Marks:
    pairs = {f"{one} {other}" for one, other in pairwise(said)}
    return frozenset({*said, *pairs, *ideas(said)[0]})


@lru_cache(maxsize=1)
def _known() -> list[tuple[Marks, str, float]]:
    marked = [(_marks(words(plain(text))), intent) for text, intent in TYPICAL]
    return [(marks, intent, _size(marks)) for marks, intent in marked]


@lru_cache(maxsize=1)
def _counts() -> Counter[str]:
    return Counter(mark for text, _ in TYPICAL for mark in _marks(words(plain(text))))


def _weight(mark: str) -> float:
    return math.log((len(TYPICAL) + 1) / (_counts()[mark] + 0.5)) ** 2


def _size(marks: Marks) -> float:
    return math.sqrt(sum(_weight(mark) for mark in marks)) or 1.0
