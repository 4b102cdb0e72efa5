"""Numbers in a text, in digits and in words, with unit, precision and how they are meant."""

import re
from dataclasses import dataclass, replace

from core.grounding_facts import COUNT, UNITS
from core.text import listed

_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = dict(
    zip(
        listed(
        "twenty thirty forty fifty sixty seventy eighty ninety"
), range(20, 91, 10),
        strict=True,
    )
)  # fmt: skip
_VALUES = {**{word: i for i, word in enumerate(_SMALL)}, **_TENS, "dozen": 12, "once": 1}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ANY = "|".join([*_VALUES, *_POWERS])
_WORDS = (
    rf"(?:(?:a|half a)\s+(?:hundred|thousand|million|dozen)\b"
    rf"|\b(?:{_ANY}))(?:(?:[\s-]+(?:and\s+)?)(?:{_ANY}))*\b"
)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if u not in "$€£")
_NUMBER = re.compile(
    rf"(?P<cash>[$€£]|USD\s|EUR\s)?\s?(?:(?P<digits>(?<![\w.]){_DIGITS})"
    r"(?:\s?(?P<k>k|K|M|m(?!s|\w)|bn|B)(?![\w%])|\s(?P<big>thousand|million|billion))?"
    rf"|(?P<half>\bhalf\sa)(?=\s(?:percentage\s)?(?:point|day|second|week))|(?P<words>{_WORDS}))"
    rf"(?:[\s-]?(?P<unit>(?:{_UNIT})(?![\w])|%))?",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:[\s-]+(?:the\s+|our\s+|these\s+)?)?([A-Za-z][a-z_]+)?(?:\s+([a-z]+))?")
_NO_NOUN = set(
    listed(
        "it they we you he she its of in to for by with on at and or is are was were out "
        "against than from that "
        "which who as but have has had will would could now still so a an the per each "
        "every after before while times percent vs versus via over under above below "
        "short more less fewer higher lower better worse slower faster late early chance "
        "likely most this last since within"
    )
)
_JOINED = re.compile(r"\s*(?:to|and|–|-|or|of|/|→|of the|of its|of our|vs\.?)\s*")
_SCALE = {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_NOT_ONE = re.compile(r"\b(?:this|that|no|any|each|the|another|which|every|a)\s+$", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|approximately|nearly|almost|close to|just over|just under"
    r"|approx\.?|circa)|~)\s*(?:the\s+|[$€£])?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(more than|over|above|at least|less than|under|below|fewer than|at most|up to|no more than"
    r"|no less than|just over|just under|nearly|almost)\s+(?:the\s+|[$€£])?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A number as written. value in base units of `dim`; step: the last digit's worth.

    dim: "" when no unit is written. noun: the word after it. compared: "more than", … or "".
    """

    start: int
    end: int
    value: float
    step: float
    dim: str
    noun: str
    about: bool
    compared: str
    factor: float = 1.0
    in_words: bool = False


def numbers(text: str) -> list[Said]:
    """Every number in the text, in order; a range's first number takes the unit of its second."""
    found = [said for hit in _NUMBER.finditer(text) if (said := _said(text, hit))]
    for i in range(len(found) - 2, -1, -1):
        one, two = found[i], found[i + 1]
        between = text[one.end : two.start]
        if one.dim or not _JOINED.fullmatch(between):
            continue
        if two.dim and two.dim != COUNT:
            found[i] = replace(
                one, dim=two.dim, value=one.value * two.factor, step=one.step * two.factor,
                factor=two.factor, noun="",
            )  # fmt: skip
    return found


def _said(text: str, hit: re.Match[str]) -> Said | None:
    value, step = _value(hit)
    words = hit.group("words")
    before = text[: hit.start()]
    if words and words.lower() == "one" and _is_no_one(before, text[hit.end() :]):
        return None
    dim, factor = "", 1.0
    unit = (hit.group("unit") or "").lower()
    if hit.group("cash"):
        dim = "money"
    elif unit:
        dim, factor = UNITS[re.sub(r"\s+", " ", unit)]
    noun = "" if dim else _noun(text[hit.end() :])
    return Said(
        hit.start(), hit.end(), value * factor, step * factor, dim or (COUNT if noun else ""),
        noun, bool(_ABOUT.search(before)), _compared(before), factor, bool(words),
    )  # fmt: skip


def _compared(before: str) -> str:
    found = _COMPARED.search(before)
    return found.group(1).lower() if found else ""


def _is_no_one(before: str, after: str) -> bool:
    return bool(_NOT_ONE.search(before)) or bool(re.match(r"(?:\s+another|-off|\s+by one)", after))


def _noun(after: str) -> str:
    found = _NOUN.match(after)
    first, second = (found.group(1) or "", found.group(2) or "") if found else ("", "")
    if not first or first.lower() in _NO_NOUN or not after[:1] or after[0] not in " -":
        return ""
    return f"{first} {second}".strip() if second not in _NO_NOUN else first


def _value(hit: re.Match[str]) -> tuple[float, float]:
    digits = hit.group("digits")
    if hit.group("half"):
        return 0.5, 0.2
    if not digits:
        return float(_from_words(hit.group("words"))), 1.0
    plain = digits.replace(",", "")
    decimals = len(plain.partition(".")[2])
    times = _SCALE.get((hit.group("k") or hit.group("big") or "").lower(), 1.0)
    return float(plain) * times, 10.0**-decimals * times


def _from_words(words: str) -> int:
    total, part = 0, 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("half",):
            part = 0
        elif word in _POWERS:
            part = max(part, 1) * _POWERS[word]
            if _POWERS[word] >= 1000:
                total, part = total + part, 0
        elif word == "dozen":
            part = max(part, 1) * 12
        else:
            part += _VALUES.get(word, 0)
    return total + part
