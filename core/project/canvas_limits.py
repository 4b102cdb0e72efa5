"""The limits of the project canvas held against a ticket: what it says of money a month, latency,
GPUs, what is ruled out and personal data, in the words people use.

A ticket that breaks one is told so; nothing is refused, since the canvas may be what is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.experiments.experiment import Experiment
from core.experiments.metric import is_called
from core.experiments.secondary import Secondary, Standing
from core.figures import number
from core.project.canvas import FIELDS, Canvas
from core.quantity import times

_TIME = re.compile(
    r"(?<![\w.,])(\d{1,9}(?:[.,]\d{1,9})?)\s?(ms|milliseconds?|s|secs?|seconds?)\b", re.I
)
_LATENCY = re.compile(r"latenc|respon[ds]|p9[059]\b|\bwait|ttft", re.I)
_MONEY = re.compile(
    r"(?P<sign>[$€£])\s?(?P<digits>\d{1,9}(?:[.,]\d{1,9}){0,3})\s?(?P<k>[km](?![a-z]))?"
    r"(?:(?:\s[a-z]{1,12}){0,2}\s{0,3}(?:/|\ba\b|\bper\b)\s{0,3}(?P<per>day|week|month|mo\b|year))?",
    re.I,
)
_MONTHS = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "mo": 1.0, "year": 1 / 12}
_CARDS = (
    r"A100|A800|A10G?|A30|A40|A[456]000|H100|H200|H800|H20|B100|B200|B300|GH200|GB200|GB300|L40S?"
    r"|L4|V100|P100|P40|T4|MI\d{3}X?|RTX\s?\d{4}"
)
_GPUS = re.compile(
    rf"(?<![\w.,])(\d{{1,4}})\s?(?:[x×*]\s?)?((?:{_CARDS}|GPUs?)\b)(?!-?\s?h(?:ours?)?\b)", re.I
)
_OTHER_COST = re.compile(r"label|annotat|vendor|salar|licen[cs]|headcount|storage", re.I)
_ASKED = re.compile(
    r"^\s{0,3}(?:per|an?|each)\s(?:answer|response|reply|request|query|call)", re.I
)
_NEAR = re.compile(r"[^,;]{0,45}")  # between "latency" and a time that is meant by it
_OUT = re.compile(r"\brul(?:es|ing) out\s+([^);.\n]{2,200})", re.I)
_UNDER = re.compile(r"\s{1,9}(?:at|for|with|in|on|when|beyond|over)\s", re.I)
_PERSONAL = re.compile(r"\bpii\b|\bpersonal|\bcustomers?\b|\busers?\b", re.I)
_OUTSIDE = re.compile(r"external|third[- ]part|outside|\bapis?\b|\bcloud\b|vendor", re.I)
_NOT = re.compile(r"\bno\b|\bnever\b|\bnot\b|n't\b|\bwithout\b|forbid", re.I)
_SERVICE = re.compile(
    r"\b(OpenAI|GPT-?\d\w*(?:-\w+)?|ChatGPT|Anthropic|Claude|Gemini|Vertex AI|Bedrock|Cohere"
    r"|Mistral API|Azure OpenAI|external API|third[- ]party API|hosted API|OpenRouter)\b",
    re.I,
)
_OURS = re.compile(
    r"\bpii\b|customers?\b|users?\b|ticket|conversation|\bchats?\b|e-?mails?\b|\bcalls?\b"
    r"|transcript|production data|\blogs?\b|corpus|histor",
    re.I,
)
_CLEANED = re.compile(
    r"scrub|redact|anonymi|pseudonymi|mask(?:ed|ing)|synthetic|self-?host|on-?prem|\blocal"
    r"|no pii|no customer|without (?:pii|customer|personal)|pii.{0,20}(?:removed|taken out)",
    re.I,
)
_WHERE = {
    "title": "title",
    "method": "method",
    "success_primary": "primary criterion",
    "success_secondary": "secondary criterion",
    "success_blocking": "blocking criterion",
    "kill_criteria": "kill line",
}
_NAMING = ("title", "method", "success_secondary")  # where a ticket says what it is built of


@dataclass(frozen=True)
class RuledOut:
    """`GPT-4` of `GPT-4 at scale`; field: the canvas's."""

    name: str
    whole: str
    field: str


@dataclass(frozen=True)
class Limits:
    """What the canvas bounds; None or empty: it says nothing that can be read.

    money: (currency sign, amount a month); seconds: of latency; gpus, kinds: how many there are
    and which ("A100"); privacy: the line that keeps personal data from outside services.
    """

    money: tuple[str, float] | None = None
    seconds: float | None = None
    gpus: int | None = None
    kinds: frozenset[str] = frozenset()
    out: tuple[RuledOut, ...] = ()
    privacy: str = ""

    @property
    def told(self) -> str:
        """All of it on one line for who writes a ticket; "" when there is nothing."""
        sign, most = self.money or ("", 0.0)
        parts = [f"at most {sign}{number(most, 0)} a month"] if self.money else []
        parts += [f"latency at most {_seconds(self.seconds)}"] if self.seconds else []
        parts += [f"{self.gpus} GPU{'s' if self.gpus > 1 else ''}"] if self.gpus else []
        parts += [f"rules out {one.whole}" for one in self.out[:4]]
        parts += [f"“{self.privacy[:120]}”"] if self.privacy else []
        return "; ".join(parts)


def limits(page: Canvas) -> Limits:
    """What can be read of the page's constraints."""
    texts = {name: str(getattr(page, name)) for name in ("budget", "latency", "privacy", "infra")}
    aims = [f"latency {one.target:g} {one.unit}" for one in page.metrics
            if one.target is not None and one.direction == "lower"
            and is_called(f"{one.name} {one.note}", "latency")]  # fmt: skip
    most = next(_monthly(texts["budget"], per="month"), None)
    found = [(int(count), kind) for count, kind in _GPUS.findall(texts["infra"])]
    private = texts["privacy"]
    keeps = all(sign.search(private) for sign in (_PERSONAL, _OUTSIDE, _NOT))
    return Limits(
        money=most,
        seconds=min((v for v in map(_least, (texts["latency"], *aims)) if v), default=None),
        gpus=sum(count for count, _ in found) or None,
        kinds=frozenset(kind.upper() for _, kind in found if not kind.upper().startswith("GPU")),
        out=tuple(one for name, text in texts.items() for one in _ruled_out(text, name)),
        privacy=private if keeps else "",
    )


def breaches(found: Limits, ticket: Experiment | Mapping[str, object]) -> tuple[str, ...]:
    """What of the ticket (or of its form's values) breaks a limit, a sentence each."""
    given = ticket if isinstance(ticket, Mapping) else vars(ticket)
    texts = {name: str(given.get(name) or "") for name in _WHERE}
    lines = [(_WHERE[name], line) for name, text in texts.items() for line in text.splitlines()]
    return (*_too_slow(found, lines), *_too_dear(found, lines), *_too_many(found, lines),
            *_named(found, texts), *_leaking(found, texts))  # fmt: skip


def overruns(found: Limits, known: Sequence[Standing]) -> tuple[str, ...]:
    """What was measured of a ticket's secondary criteria and goes beyond a limit."""
    return tuple(
        line
        for one in known
        if one.measured is not None and one.measured.value is not None
        for line in _beyond(found, one.criterion, one.measured.value)
    )


def _beyond(found: Limits, of: Secondary, value: float) -> Iterator[str]:
    time = of.seconds(value)
    if found.seconds and time and time > found.seconds and _LATENCY.search(of.text):
        yield (f"Latency: measured {_seconds(time)}, the canvas has at most "
               f"{_seconds(found.seconds)}.")  # fmt: skip
    priced = next(_MONEY.finditer(of.text), None)
    if found.money and priced and priced["per"] and priced["sign"] == found.money[0]:
        cost, (sign, most) = value * _MONTHS[priced["per"].lower()], found.money
        if cost > most:
            says, may = (f"{sign}{number(amount, 0)}" for amount in (cost, most))
            yield f"Budget: measured {says} a month, the canvas has at most {may}."


def _too_slow(found: Limits, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    for where, line in lines:
        value = _latency(line)
        if value and found.seconds and value > found.seconds:
            yield (f"Latency: the {where} allows {_seconds(value)}, the canvas at most "
                   f"{_seconds(found.seconds)}.")  # fmt: skip


def _too_dear(found: Limits, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    if found.money is None:
        return
    sign, most = found.money
    for where, line in lines:
        least = min((v for of, v in _monthly(line) if of == sign), default=0.0)
        if least > most and not _OTHER_COST.search(line):
            says, may = (f"{sign}{number(amount, 0)}" for amount in (least, most))
            yield f"Budget: the {where} says {says} a month, the canvas at most {may}."


def _too_many(found: Limits, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    for where, line in lines:
        for count, kind in _GPUS.findall(line) if found.gpus else ():
            have = f"the canvas has {found.gpus}"
            have += f" ({', '.join(sorted(found.kinds))})" if found.kinds else ""
            known = kind.upper().startswith("GPU") or not found.kinds
            if found.gpus and (
                int(count) > found.gpus or not (known or kind.upper() in found.kinds)
            ):
                yield f"Infrastructure: the {where} takes {count} × {kind}, {have}."


def _named(found: Limits, texts: Mapping[str, str]) -> Iterator[str]:
    for one in found.out:
        where = next((f for f in _NAMING if _pattern(one.name).search(texts[f])), None)
        if where:
            label = FIELDS[one.field].removesuffix(" a month")
            yield f"{label}: the canvas rules out {one.whole}; the {_WHERE[where]} names it."


def _leaking(found: Limits, texts: Mapping[str, str]) -> Iterator[str]:
    built = f"{texts['title']}. {texts['method']}"
    out = _SERVICE.search(built)
    if found.privacy and out and _OURS.search(built) and not _CLEANED.search(built):
        says = f"“{found.privacy[:120]}”"
        yield (f"Privacy: the method names {out[0]}, an outside service, and the canvas says "
               f"{says}. Say in the method how personal data is taken out.")  # fmt: skip


def _latency(line: str) -> float | None:
    """The smallest time a line says of latency, in seconds: near that word, or "6 s an answer"."""
    ends = [found.end() for found in _LATENCY.finditer(line)]
    times = [
        one
        for one in _TIME.finditer(line)
        if any(_NEAR.fullmatch(line[end : one.start()]) for end in ends if end <= one.start())
        or _ASKED.match(line[one.end() :])
    ]
    return min((_least(one[0]) or 0.0 for one in times), default=None)


def _least(text: str) -> float | None:
    """The smallest time a line names, in seconds: of "from 3 s to 800 ms" what it aims at."""
    found = [float(digits.replace(",", ".")) * (0.001 if unit.lower().startswith("m") else 1)
             for digits, unit in _TIME.findall(text)]  # fmt: skip
    return min(found, default=None)


def _monthly(text: str, *, per: str = "") -> Iterator[tuple[str, float]]:
    """Amounts a month with their sign. per: what an amount is for that says nothing about it."""
    for found in _MONEY.finditer(text):
        period = (found["per"] or per).lower()
        plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", found["digits"]).replace(",", ".")
        if period and plain.count(".") < 2:
            yield found["sign"], float(plain) * times(found["k"]) * _MONTHS[period]


def _ruled_out(text: str, field: str) -> Iterator[RuledOut]:
    for part in _OUT.findall(text):
        for whole in re.split(r",\s{0,9}|\s{1,9}(?:and|or)\s{1,9}", part):
            name = _UNDER.split(whole.strip(), maxsplit=1)[0].strip(" “”\"'")
            if len(name) > 2:
                yield RuledOut(name, whole.strip(), field)


def _pattern(name: str) -> re.Pattern[str]:
    """The name as a word of its own, however it is joined: GPT-4, GPT 4, GPT4; not GPT-4o."""
    parts = r"[\W_]?".join(re.findall(r"[A-Za-z]+|\d+", name))
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.I)


def _seconds(value: float) -> str:
    return f"{number(value * 1000, 0)} ms" if value < 1 else f"{number(value)} s"
