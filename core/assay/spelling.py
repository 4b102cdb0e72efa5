"""Words as somebody typed them, read as the ideas they stand for; a slip of the finger counts."""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.assay.others import OTHERS
from core.assay.phrases import PHRASES
from core.assay.small_words import FILLER, SIGNS, SLIPS
from core.assay.words import IDEAS
from core.text import clean, listed, straighten

_WORD = re.compile(r"\bf1\b|[^\W\d_]+(?:'[a-z]+)?")
_REPEATED = re.compile(r"\booo\b|([^\W\d_])\1{2,}")
_CHIPS = re.compile(r"\b[ahlv]\d{2,3}s?\b")
_NAME = re.compile(r"^\W*[@/]assay\b[\s,:]*", re.I)  # our own name, before what is said
_CODE = re.compile(r":([a-z0-9_+-]{1,40}):")
_LINK = re.compile(r"<(?:https?|mailto)[^<>]*>|https?://\S+|<[@#!][^<>]*>|`+")
_ONES = {
    word: n
    for n, word in enumerate(listed("one two three four five six seven eight nine"), start=1)
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
_DID = re.compile(r"\b(what|who|how|why|when|where)'d\b")
_ENDINGS = ("ing", "ed", "es", "s", "en", "em", "er", "e", "st", "t", "n")
_SHORTENED = ("'s", "'ll", "'re", "'d")
_TEENS = {
    word: n
    for n, word in enumerate(
        listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        start=10,
    )
}
_SMALL = "|".join([*_ONES, *_TEENS])
_SPOKEN = re.compile(rf"\b({'|'.join(_TENS)})(?:[ -]({'|'.join(_ONES)}))?\b")
_NUMBERED = re.compile(rf"\b(experiment|exp|number|ticket) ({_SMALL})\b")
_HUNDREDS = re.compile(rf"\b({'|'.join(_ONES)}) (?:oh|o|zero|hundred(?: and)?) ({_SMALL})\b")
_MEANS = {word: idea for idea, words in IDEAS.items() for word in words}
# Some words stand for two ideas: those that come first here are asked about by the rules too.
_ALSO: dict[str, str] = {}
for _idea, _words in IDEAS.items():
    for _one in _words:
        if _MEANS[_one] != _idea:
            _ALSO[_one] = _idea
_NEAR = [word for word in _MEANS if len(word) >= 4]


def plain(text: str) -> str:
    """One line in small letters, without links and mentions; emoji become the words they say."""
    line = _LINK.sub(" ", _NAME.sub("", straighten(clean(text))))
    line = _CODE.sub(lambda found: f" {SIGNS.get(found[1], '')} ", line)
    line = _REPEATED.sub(lambda m: m[1] or m[0], _CHIPS.sub("gpu", line.casefold())).replace(
        "$$", " money "
    )
    for sign, word in SIGNS.items():
        if not sign.isascii():
            line = line.replace(sign, f" {word} ")
    return _DID.sub(r"\1 did", _counted(" ".join(line.casefold().split())))


def _counted(line: str) -> str:
    """Numbers in words become figures: `forty two` is 42."""
    small = _ONES | _TEENS
    line = _HUNDREDS.sub(lambda m: str(100 * _ONES[m[1]] + small[m[2]]), line)
    line = _NUMBERED.sub(lambda m: f"{m[1]} {small[m[2]]}", line)
    return _SPOKEN.sub(lambda m: str(_TENS.get(m[1], 0) + _ONES.get(m[2] or "", 0)), line)


def words(line: str) -> list[str]:
    """The words of a plain line, slips mended. A word that stands alone is surely meant for us:
    what is near one of ours is that, though it is a word of its own (`bord`).
    """
    found = [mended for word in _WORD.findall(line) if (mended := spelled(word))]
    return [_nearest(found[0])] if len(found) == 1 else found


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """The word as our table has it when it is one of ours with a slip, else as it is."""
    word = SLIPS.get(word, word)
    for ending in _SHORTENED:  # `läuft's`, `who'll`
        if word.endswith(ending) and word not in _MEANS and word not in FILLER:
            word = word.removesuffix(ending)
    if word in _MEANS or word in FILLER or word in OTHERS:
        return word
    return next((stem for stem in _stems(word) if stem in _MEANS), None) or _nearest(word)


def _stems(word: str) -> list[str]:
    """The word without the endings of English and German, long stems only."""
    cut = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return [stem + more for stem in cut if len(stem) > 3 for more in ("", "e")]


def _nearest(word: str) -> str:
    if word in _MEANS or word in FILLER or len(word) < 4:
        return word
    near = [known for known in _NEAR if is_slip(word, known)]
    return min(near, key=lambda known: (known[0] != word[0], len(known))) if near else word


def is_known(word: str) -> bool:
    """True for a word that carries an idea of ours, or nothing."""
    mended = spelled(word)
    return mended in _MEANS or mended in FILLER or not mended


def mended(line: str) -> str:
    """The line with the slips in its words mended."""
    return _WORD.sub(lambda found: spelled(found[0]) or found[0], line)


def is_slip(typed: str, meant: str) -> bool:
    """True when one letter is missing, too many, wrong or swapped; two in long words."""
    most = 2 if min(len(typed), len(meant)) >= 9 else 1
    swapped = typed[:2] == meant[1::-1]
    if abs(len(typed) - len(meant)) > most or not (swapped or typed[0] == meant[0]):
        return False
    return _distance(typed, meant, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """Damerau's distance (insert, delete, replace, swap neighbours), given up beyond `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                step = min(step, above[j - 2] + 1)
            row.append(step)
        if min(row) > most:
            return most + 1
    return row[-1]


def ideas(said: Sequence[str]) -> tuple[frozenset[str], list[str]]:
    """The ideas in these words, and the words that are from elsewhere."""
    said = said[1:] if list(said[:1]) == ["wait"] else said
    found: set[str] = set()
    left: list[str] = []
    place = 0
    while place < len(said):
        length, idea = _phrase(said, place)
        if length:
            found |= set(idea.split())
            place += length
            continue
        word = said[place]
        known = {_MEANS.get(word, ""), _ALSO.get(word, "")} - {""}
        found |= known
        if not known and word not in FILLER:
            left.append(word)
        place += 1
    return frozenset(found), left


def _phrase(said: Sequence[str], place: int) -> tuple[int, str]:
    for length in (4, 3, 2):
        phrase = " ".join(said[place : place + length])
        if place + length <= len(said) and phrase in PHRASES:
            return length, PHRASES[phrase]
    return 0, ""
