"""A shortened note: its own words in their order, nothing turned round, nothing added."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.wording_words import GLUE, KEPT

LONGEST, SHORTEST, WORDS = 200, 3, 30
CUT = 3  # words that may go in the middle; more, or a joint between clauses, may turn it round
_JOINTS = frozenset(
    ["and", "or", "so", "while", "whereas", "when", "where", "which", "who", "then", "because",
     "since", "as", "until", "after", "before", ",", ":", "–", "—", "("]
)  # fmt: skip

# What follows these says where or when it holds; without it the note would claim more.
_SCOPE = frozenset(["in", "for", "on", "with", "under", "during", "among", "when", "at", "by"])


def codes(text: str, note: str) -> Iterator[str]:
    """Codes for what makes `text` no fair shortening of one sentence of the note; none if fair."""
    said = [word for word in _words(text) if word not in GLUE and word[0].isalpha()]
    if not SHORTEST <= len(said) <= WORDS or len(text) > LONGEST:
        yield "length"
    reasons = [_reason(said, _words(sentence)) for sentence in re.split(r"[.!?;\n]+\s*", note)]
    if "" not in reasons:
        yield "turned_round" if "turned_round" in reasons else "own_words"
    if _capitals(text) - _capitals(note):
        yield "name"


def _reason(said: Sequence[str], theirs: Sequence[str]) -> str:
    places = _followed(said, theirs)
    if places is None:
        return "own_words"
    left = [word for n, word in enumerate(theirs) if n not in places]
    gaps = [theirs[a + 1 : b] for a, b in pairwise(places)]
    rest = theirs[places[-1] + 1 :][:1] if places else []
    turned = any(_parts(gap) for gap in gaps) or not _SCOPE.isdisjoint(rest)
    return "turned_round" if turned or not KEPT.isdisjoint(left) else ""


def _parts(gap: Sequence[str]) -> bool:
    """True when what is left out in the middle may join what did not belong together."""
    gone = [word for word in gap if word not in GLUE and word[0].isalpha()]
    return len(gone) > CUT or (bool(gone) and not _JOINTS.isdisjoint(gap))


def _followed(said: Sequence[str], theirs: Sequence[str]) -> list[int] | None:
    """Where each word stands in the sentence; None when one does not, or not in this order."""
    places: list[int] = []
    at = 0
    for word in said:
        where = next((n for n in range(at, len(theirs)) if theirs[n] == word), None)
        if where is None:
            return None
        places.append(where)
        at = where + 1
    return places


def _words(text: str) -> list[str]:
    """Words and the signs that part clauses, in small letters."""
    plain = text.casefold().replace("’", "'")
    return re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|[,:–—(]", plain)


def _capitals(text: str) -> set[str]:
    """Capitalised words, but for the first."""
    return {w.casefold() for w in re.findall(r"[^\W\d_]+", text)[1:] if w[0].isupper()}
