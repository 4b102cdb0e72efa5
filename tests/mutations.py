"""True sentences made false, one word at a time: what a verifier has to catch.

Knows nothing of the verifier's own reading; figures that some fact of the sheet also has, or one
that follows in one step, are not put in, since the sentence may stay true.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from core.text import listed

_ID = re.compile(r"\b[A-Z]{2,}-\d+\b|\bask-\d+\b")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? \d{{4}})?"
    rf"|\b{_MONTH}\.? \d{{1,2}}\b(?!%)(?:,? \d{{4}})?"
)
_LIST = re.compile(r"(?:^|(?<=[.!?;] ))\(?\d{1,2}[.)] ")
_NAMED = re.compile(r"\b\w+@\d+|\b[pP]\d{2}\b|\bF1\b|\btop-\d+\b")
_DIGITS = re.compile(r"(?<![\w.@-])\d[\d,]*(?:\.\d+)?(?![\w@]*@)")
_WORDS = dict(
    two="six", three="nine", four="seven", five="two", six="eleven", seven="four", eight="three",
    nine="five", ten="sixteen", eleven="four", twelve="twenty", thirteen="twenty",
)  # fmt: skip
_TURNED = dict(
    rose="fell", fell="rose", climbed="dropped", dropped="climbed", improved="worsened",
    worsened="improved", gained="lost", lost="gained", cut="raised", reduced="increased",
    increased="reduced", grew="shrank", shrank="grew", faster="slower", slower="faster",
    up="down", down="up", higher="lower", lower="higher", above="below", below="above",
    slipped="climbed", jumped="slid", declined="increased", lifted="lowered", raised="lowered",
)  # fmt: skip
_UNITS = [("ms", "seconds"), ("milliseconds", "seconds"), ("seconds", "minutes"),
          ("hours", "days"), ("days", "weeks"), ("weeks", "months"), ("minutes", "hours"),
          ("GPU-hours", "days"), ("$", "€"), ("€", "$"), ("a week", "a month"),
          ("a month", "a year"), ("per month", "per week"), ("per week", "per month")]  # fmt: skip
_PHRASE = re.compile(r"\b(?:end|ended|used|laid|turned|set|add|adds|adding|shut|back)\s$")
_MONTHS = listed(
    "January February March April May June July August September October November December"
)
_OPPOSITES = dict(
    promoted="killed", killed="promoted", stopped="promoted", passed="failed", failed="passed",
    stale="promoted", iterating="killed", paused="killed", open="closed", resolved="open",
)  # fmt: skip
KINDS = ("numbers", "ids", "directions", "units", "dates", "people", "statuses", "targets",
         "metrics")  # fmt: skip
_ROLES = ("value", "baseline", "target", "of", "low", "high", "n", "p_value")


def numbers(text: str, sheet: dict[str, Any]) -> Iterator[str]:
    """Each number made half as big again, about half as big, and bigger by 30 %."""
    known = _known(sheet)
    hidden = [h.span() for p in (_ID, _DATE, _LIST, _NAMED) for h in p.finditer(text)]
    for hit in _DIGITS.finditer(text):
        if any(a < hit.end() and hit.start() < b for a, b in hidden):
            continue
        for times in (1.5, 0.55, 1.3):
            new = _like(hit.group(0), times)
            if new != hit.group(0) and not _is_known(new, known):
                yield text[: hit.start()] + new + text[hit.end() :]
    for word, other in _WORDS.items():
        for hit in re.finditer(rf"\b{word}\b(?! hundred)", text, re.IGNORECASE):
            yield text[: hit.start()] + other + text[hit.end() :]


def ids(text: str, sheet: dict[str, Any]) -> Iterator[str]:
    """The only id made another of the sheet, or none of it; two ids changed places."""
    named = list(dict.fromkeys(_ID.findall(text)))
    every = dict.fromkeys(f["subject"] for f in sheet["facts"] if _ID.fullmatch(f["subject"]))
    for one, two in combinations(named, 2):
        joined = re.search(rf"{one}(?:,| and) {two}", text)  # "A and B have": the same either way
        if _facts(sheet, one) != _facts(sheet, two) and not joined:
            yield text.replace(one, "\0").replace(two, one).replace("\0", two)
    for one in named:
        yield text.replace(one, one.rpartition("-")[0] + "-977")
        if len(named) == 1:
            for other in every:
                if other != one and _facts(sheet, one) != _facts(sheet, other):
                    yield text.replace(one, other)


def directions(text: str, _sheet: dict[str, Any]) -> Iterator[str]:
    """Up made down, better made worse, above made below; "up to" and the like left alone."""
    for word, other in _TURNED.items():
        for hit in re.finditer(rf"\b{word}\b(?! to the | costs| (?:from|and) running)", text):
            if word in ("up", "down") and _PHRASE.search(text[: hit.start()]):
                continue
            yield text[: hit.start()] + other + text[hit.end() :]


def units(text: str, _sheet: dict[str, Any]) -> Iterator[str]:
    """Another unit, currency or period."""
    for one, other in _UNITS:
        shape = rf"(?<=\d)(?: |-)?{one}\b" if one.isalpha() else re.escape(one)
        for hit in re.finditer(shape, text):
            lead = " " if hit.group(0)[:1] in " -" else ""
            yield text[: hit.start()] + lead + other + text[hit.end() :]


def _facts(sheet: dict[str, Any], subject: str) -> list[tuple[Any, ...]]:
    return [(f["kind"], f["label"], f.get("value")) for f in sheet["facts"]
            if f["subject"] == subject]  # fmt: skip


def _like(written: str, times: float) -> str:
    """A figure so many times as big, written to the same precision."""
    places = len(written.partition(".")[2])
    value = float(written.replace(",", "")) * times
    return f"{value:,.{places}f}" if "," in written else f"{value:.{places}f}"


def _known(sheet: dict[str, Any]) -> set[float]:
    """The figures of the sheet, and what one step makes of those of one fact."""
    known: set[float] = set()
    for fact in sheet["facts"]:
        own = [float(fact[r]) for r in _ROLES if isinstance(fact.get(r), int | float)]
        own = [v * s for v in own for s in ((1, 100) if fact.get("unit") == "fraction" else (1,))]
        known |= {*own, *(100 - v for v in own)}
        for one, two in combinations(own, 2):
            known |= {abs(one - two), *(v for v in _shares(one, two))}
    return known


def _shares(one: float, two: float) -> Iterator[float]:
    for a, b in ((one, two), (two, one)):
        if b:
            yield from (a / b, 100 * a / b, 100 * abs(a - b) / b)


def _is_known(new: str, known: set[float]) -> bool:
    value = float(new.replace(",", ""))
    step = 10.0 ** -len(new.partition(".")[2])
    return any(abs(value * s - k) <= step * s / 2 + 1e-9 for k in known for s in (1, 1000, 1e-3))


def dates(text: str, _sheet: dict[str, Any]) -> Iterator[str]:
    """The day of a date moved by four, or its month by one."""
    for hit in _DATE.finditer(text):
        if "-" in hit.group(0):
            yield text[: hit.start()] + "2031" + hit.group(0)[4:] + text[hit.end() :]
            continue
        month = next(m for m in _MONTHS if re.search(rf"\b{m[:3]}", hit.group(0)))
        other = _MONTHS[(_MONTHS.index(month) + 1) % 12]
        yield text[: hit.start()] + re.sub(_MONTH, other, hit.group(0)) + text[hit.end() :]
        moved = re.sub(r"\d{1,2}", lambda d: str(int(d[0]) % 24 + 4), hit.group(0), count=1)
        yield text[: hit.start()] + moved + text[hit.end() :]


def people(text: str, sheet: dict[str, Any]) -> Iterator[str]:
    """The only person made another of the sheet, or a stranger."""
    named = [p for p in sheet["people"] if p in text]
    for one in named:
        yield text.replace(one, "Walter Stone")
        if len(named) == 1:
            yield from (text.replace(one, other) for other in sheet["people"] if other != one)


def statuses(text: str, _sheet: dict[str, Any]) -> Iterator[str]:
    """Promoted made killed, passed made failed, and so on."""
    for word, other in _OPPOSITES.items():
        for hit in re.finditer(rf"\b(?:was|were|is|be|been|be) {word}\b|\bEXP-\d+ {word}\b", text):
            yield text[: hit.start()] + hit.group(0).replace(word, other) + text[hit.end() :]


def targets(text: str, sheet: dict[str, Any]) -> Iterator[str]:
    """The value of a sentence's only figure made its target or its start."""
    hidden = [h.span() for p in (_ID, _DATE, _LIST, _NAMED) for h in p.finditer(text)]
    found = [h for h in _DIGITS.finditer(text)
             if not any(a < h.end() and h.start() < b for a, b in hidden)]  # fmt: skip
    if len(found) != 1:
        return
    for fact in sheet["facts"]:
        if fact["kind"] == "metric" and found[0].group(0) == f"{fact['value']:g}":
            for role in ("target", "baseline"):
                if role in fact and fact[role] != fact["value"]:
                    new = f"{fact[role]:g}"
                    yield text[: found[0].start()] + new + text[found[0].end() :]


def metrics(text: str, sheet: dict[str, Any]) -> Iterator[str]:
    """Two figures of two metrics of one subject changed places."""
    for one, two in combinations([f for f in sheet["facts"] if f["kind"] == "metric"], 2):
        a, b = f"{one['value']:g}", f"{two['value']:g}"
        mine = one["subject"] == two["subject"] and one["label"] != two["label"]
        if mine and all(len(re.findall(rf"\b{re.escape(v)}\b", text)) == 1 for v in (a, b)):
            yield text.replace(a, "\0").replace(b, a).replace("\0", b)
