"""Numbers in a text, in digits and in words, with unit, precision and how they are meant: exactly,
about, just under, more than; and what then fits them.
"""

import re
from dataclasses import dataclass, replace

from core.grounding.ground import COUNT, MONEY, TIME, UNITS, currency
from core.text import listed

_LITTLE = (
    r"(?:just|only just|slightly|a (?:shade|little|bit|touch|fraction|hair|tad)|marginally"
    r"|narrowly)"
)
_MORE = r"(?:over|above|more than|past|upwards of|exceeding|in excess of|north of|better than)"
_LESS = r"(?:under|below|less than|fewer than|short of|shy of)"
_HOWS = {
    "just over": rf"{_LITTLE}\s{{1,9}}{_MORE}",
    "just under": rf"{_LITTLE}\s{{1,9}}{_LESS}|nearly|almost|not quite|approaching|close to"
    r"|close on",
    "over": rf"(?:well |far |comfortably )?{_MORE}|at least|no (?:less|fewer) than|a minimum of",
    "under": rf"(?:well |far |comfortably )?{_LESS}|at most|no more than|up to|a maximum of"
    r"|within",
    "about": r"about|around|roughly|some|approximately|approx\.?|circa|ca\.|in the region of"
    r"|on the order of|something like|or so|~|≈",
}
_TAIL = r"\s{0,9}(?:the\s{1,9}|its\s{1,9}|our\s{1,9}|a\s{1,9})?(?:[$€£]|USD|EUR|GBP)?\s{0,9}$"
_BEFORE = [(how, re.compile(rf"(?:(?<![\w-])(?:{p})){_TAIL}", re.I)) for how, p in _HOWS.items()]
_AFTER = re.compile(r"^(?:\s+[a-z-]+)?\s+(?:or so|or thereabouts|give or take)\b", re.IGNORECASE)
HOW = "|".join(p for p in _HOWS.values())
_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_TENS = dict(zip(_ROUND, range(20, 91, 10), strict=True))
_VALUES = {**{word: i for i, word in enumerate(_SMALL)}, **_TENS, "dozen": 12, "once": 1}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ANY = "|".join([*_VALUES, *_POWERS])
_WORDS = (
    rf"(?:(?:a|half a)\s+(?:hundred|thousand|million|dozen)\b"
    rf"|\b(?:{_ANY}))(?:(?:[\s-]+(?:and\s+)?)(?:{_ANY}))*\b"
)
_DIGITS = r"\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if u not in "$€£")
_NUMBER = re.compile(
    rf"(?:(?P<cash>[$€£]|(?:USD|EUR|GBP)\s)\s?)?(?:(?P<digits>(?<![\w.]){_DIGITS})"
    r"(?P<glyph>[½¼¾])?"
    r"(?:\s?(?P<k>k|K|M|m(?!s|\w)|bn|B)(?![\w%])|\s(?P<big>thousand|million|billion))?"
    rf"|(?P<words>{_WORDS}))(?P<plus>\s+and\s+(?:a\s+(?:half|quarter|third)|three\s+quarters))?"
    rf"(?:[\s-]?(?P<unit>(?:{_UNIT})(?![\w])|%))?",
    re.IGNORECASE,
)
_SPAN = r"(?P<{}>second|minute|hour|day|week|month|year|sprint|(?:percentage\s)?point|percent)"
_PARTED = [  # "an hour and a half", "half a point", "a week late"
    (re.compile(rf"\b(?:an?|one)\s{_SPAN.format('u')}\s+and\s+a\s+half\b", re.I), 1.5, 0.5),
    (re.compile(rf"\bhalf\s+an?\s{_SPAN.format('u')}\b", re.I), 0.5, 0.2),
    (re.compile(
        rf"(?<![\d$€£%k]\s)\ban?\s{_SPAN.format('u')}(?=\s+(?:late|overdue|longer|over|early|earlier|later"
        r"|ahead|behind|ago|more|less|past|left|to go|short|above|below|beyond|shorter|faster"
        r"|slower|too)\b)", re.I), 1.0, 0.5),
]  # fmt: skip
_PLUS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "quarters": 0.75}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_NOUN = re.compile(r"[\s-]*([A-Za-z][a-z_]+)?(?:\s+([a-z]+))?")
_NO_NOUN = set(
    listed(
        "it they we you he she its of in to for by with on at and or is are was were out "
        "against than from that where being there here if when who whom whose while until "
        "which who as but have has had will would could now still so a an the per each "
        "every after before while times percent vs versus via over under above below "
        "short more less fewer higher lower better worse slower faster late early chance "
        "likely most this last since within overall already"
    )
)
_JOINED = re.compile(
    r"\s{0,9}(?:to|and|–|-|or|of|/|→|of the|of its|of our|out of|vs\.?|against)\s{0,9}"
)
_BESIDE = 120  # characters: nothing further away says how a number is meant
_SCALE = {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_NOT_ONE = re.compile(r"\b(?:this|that|no|any|each|the|another|which|every|a)\s+$", re.IGNORECASE)


def how(before: str, after: str = "") -> str:
    """ "", "about", "over", "under", "just over" or "just under", by the words around a number."""
    if _AFTER.match(after):
        return "about"
    return next((name for name, pattern in _BEFORE if pattern.search(before)), "")


def meaning(word: str) -> str:
    """The same for the bare words, as "more than" or "a shade over"."""
    return how(f"{word} ")


def fits(said: float, step: float, way: str, real: float) -> bool:
    """Is the number right for the figure? Rounded at its precision; loosely where it says so.

    step: what its last digit is worth; trailing zeros count as loose where the words are.
    """
    tiny = 1e-9 * (1 + abs(said))
    if way in ("", "about"):
        return abs(said - real) <= _slack(said, step, way, real) + tiny
    ahead = real - said if "over" in way else said - real
    if way in ("just over", "just under"):
        if abs(ahead) <= tiny:
            return True
        return 0 < ahead <= max(0.04 * abs(said), 0.6 * min(step, 0.2 * abs(said))) + tiny
    return -tiny <= ahead <= max(0.15 * abs(real), step if said >= step > 0.1 * said else 0)


def _slack(said: float, step: float, way: str, real: float) -> float:
    exact = min(step / 2, 0.12 * abs(real))
    if way != "about":
        return exact
    return max(exact, 0.02 * abs(real), min(_round_step(said, step) / 2, 0.03 * abs(real)))


def _round_step(said: float, step: float) -> float:
    """What the last digit that is no zero is worth: 1,000 for 19,000."""
    while step and said and abs(said / (step * 10) - round(said / (step * 10))) < 1e-9:
        step *= 10
    return step


_PARTED.append(
    (re.compile(rf"(?<=\bin )an?\s{_SPAN.format('u')}\b(?=[,.;]|\s+on\b|$)", re.I), 1.0, 0.5)
)


@dataclass(frozen=True)
class WrittenNumber:
    """A number as written. value in base units of `dim`; step: the last digit's worth.

    dim: "" when no unit is written. noun: the word after it. how: "about", "over", …
    (grounding_how). factor: base units in the unit written. currency: "USD" … where it is named.
    """

    start: int
    end: int
    value: float
    step: float
    dim: str
    noun: str
    how: str
    factor: float = 1.0
    currency: str = ""


def numbers(text: str) -> list[WrittenNumber]:
    """Every number in the text, in order; a range's first number takes the unit of its second."""
    found = _parted(text)
    taken = {at for said in found for at in range(said.start, said.end)}
    for hit in _NUMBER.finditer(text):
        said = _said(text, hit)
        if said and taken.isdisjoint(range(said.start, said.end)):
            found.append(said)
    found = _compound(text, sorted(found, key=lambda s: s.start))
    for i in range(len(found) - 2, -1, -1):
        one, two = found[i], found[i + 1]
        between = text[one.end : two.start]
        if one.dim or not _JOINED.fullmatch(between):
            continue
        if two.dim and two.dim != COUNT:
            found[i] = replace(
                one, dim=two.dim, value=one.value * two.factor, step=one.step * two.factor,
                factor=two.factor, noun="", currency=two.currency,
            )  # fmt: skip
    return found


def _parted(text: str) -> list[WrittenNumber]:
    found: list[WrittenNumber] = []
    taken: set[int] = set()
    for pattern, value, step in _PARTED:
        for hit in pattern.finditer(text):
            if not taken.isdisjoint(range(*hit.span())):
                continue
            taken.update(range(*hit.span()))
            dim, factor = UNITS[re.sub(r"\s+", " ", hit.group("u").lower())]
            way = how(*_beside(text, hit))
            found.append(
                WrittenNumber(
                    hit.start(), hit.end(), value * factor, step * factor, dim, "", way, factor
                )
            )
    return found


def _compound(text: str, found: list[WrittenNumber]) -> list[WrittenNumber]:
    """ "1 h 30 min" is one number."""
    joined: list[WrittenNumber] = []
    for said in found:
        last = joined[-1] if joined else None
        if last and _goes_on(last, said, text):
            joined[-1] = replace(last, end=said.end, value=last.value + said.value, step=said.step)
            continue
        joined.append(said)
    return joined


def _goes_on(last: WrittenNumber, said: WrittenNumber, text: str) -> bool:
    """The minutes after the hours."""
    smaller = last.dim == said.dim == TIME and said.factor < last.factor <= last.step
    return smaller and bool(re.fullmatch(r"\s{0,9}(?:and)?\s{0,9}", text[last.end : said.start]))


def _said(text: str, hit: re.Match[str]) -> WrittenNumber | None:
    value, step = _value(hit)
    words = hit.group("words")
    before, after = _beside(text, hit)
    if words and words.lower() == "one" and not hit.group("plus") and _is_no_one(before, after):
        return None
    dim, factor = "", 1.0
    unit = re.sub(r"\s+", " ", (hit.group("unit") or "").lower())
    if hit.group("cash"):
        dim = MONEY
        if unit:
            dim, after = MONEY, text[hit.start("unit") : hit.end() + _BESIDE]
    elif unit:
        dim, factor = UNITS[unit]
    noun = "" if dim else _noun(after)
    cash = currency(hit.group("cash") or unit)
    return WrittenNumber(
        hit.start(), hit.end(), value * factor, step * factor, dim or (COUNT if noun else ""),
        noun, how(before, after), factor, cash,
    )  # fmt: skip


def _beside(text: str, hit: re.Match[str]) -> tuple[str, str]:
    """The words before and after a number that can say something about it."""
    return text[max(0, hit.start() - _BESIDE) : hit.start()], text[hit.end() : hit.end() + _BESIDE]


def _is_no_one(before: str, after: str) -> bool:
    if re.search(r"\ban?\s(?:[a-z-]+\s){1,3}$", before) and re.match(r"\s*(?:[.,;:)]|$)", after):
        return True  # "a significant one"
    return bool(_NOT_ONE.search(before)) or bool(re.match(r"(?:\s+another|-off|\s+by one)", after))


def _noun(after: str) -> str:
    found = _NOUN.match(after)
    first, second = (found.group(1) or "", found.group(2) or "") if found else ("", "")
    if not first or first.lower() in _NO_NOUN or not after[:1] or after[0] not in " -":
        return ""
    return f"{first} {second}".strip() if second not in _NO_NOUN else first


def _value(hit: re.Match[str]) -> tuple[float, float]:
    value, step = _written(hit)
    if hit.group("plus"):
        return value + _PLUS[hit.group("plus").split()[-1].lower()], 0.5
    if hit.group("glyph"):
        return value + _GLYPHS[hit.group("glyph")], 0.5
    return value, step


def _written(hit: re.Match[str]) -> tuple[float, float]:
    digits = hit.group("digits")
    if not digits:
        return float(_from_words(hit.group("words"))), 1.0
    plain = re.sub(r"[,'’]", "", digits)
    decimals = len(plain.partition(".")[2])
    times = _SCALE.get((hit.group("k") or hit.group("big") or "").lower(), 1.0)
    return float(plain) * times, 10.0**-decimals * times


def _from_words(words: str) -> int:
    total, part = 0, 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _POWERS:
            part = max(part, 1) * _POWERS[word]
            if _POWERS[word] >= 1000:
                total, part = total + part, 0
        elif word == "dozen":
            part = max(part, 1) * 12
        else:
            part += _VALUES.get(word, 0)
    return total + part
