"""Replies to questions that want a choice, a number, or yes or no: read as people write them.

Nothing typed is lost: a reply that is nothing but the answer is kept in its plain form ("Nope." →
"no"), one that says more is kept as typed, and one that cannot be read is kept as typed, too.
"""

import difflib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.blockers.blocker import says_no
from core.standups.questions import Question
from core.text import clean, says_nothing

_YES = set(
    "yes y yeah yep yup yea ya ja jo si sí oui sure true definitely absolutely indeed".split()  # noqa: SIM905
) | {":+1:", ":white_check_mark:", ":heavy_check_mark:", "✓", "✔", "👍", "✅", "of course"}
_NO = set(
    "no n nope nah none nothing nein keine keiner kein nichts nix nada non nil false never".split()  # noqa: SIM905
) | {":-1:", ":x:", "👎", "❌", "not", "not yet", "not today", "not really", "not at all", "0"}
_BUT = re.compile(r"^(.{1,20}?)\s*[,.;:!(\n–—-]")  # "no, but …"
_ABOUT = re.compile(r"^(?:about|around|approx\.?|approximately|roughly|ca\.?|circa|~|≈|=)\s*")
_NUMBER = re.compile(r"^([+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:e[+-]?\d+)?)\s*(%?)(.*)$", re.DOTALL)
_OTHER = re.compile(r"\w{0,40}[-–/]|[kmb]\b")  # a range, a share, a date; 12k or 3m
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_PICKED = re.compile(r"^\(?([0-9]{1,2}|[a-t])[.):]*$")
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905


@dataclass(frozen=True)
class Reading:
    """A reply as understood. value: `yes`, the choice, `12`; "" for "n/a". text: to be kept."""

    value: str
    text: str


@dataclass(frozen=True)
class Doubt:
    """A reply that was kept as typed, or is missing. number: the question's, from 1."""

    number: int
    question: Question
    text: str


def read(question: Question, text: str) -> Reading | None:
    """The reply as that question takes it; None when it cannot be read so."""
    body = clean(text)
    if question.kind == "text":
        return Reading(body, body)
    if question.kind == "yesno":
        return _yes_or_no(body)
    found = _choice(question.choices, body) if question.kind == "choice" else _number(body)
    if found is None and says_nothing(body):
        return Reading("", body)
    return found


def takes(question: Question) -> str:
    """What that question takes, in words: `a number`; "" for text."""
    choices = ", ".join(question.choices)
    said = {"choice": f"one of: {choices}", "number": "a number", "yesno": "yes or no"}
    return said.get(question.kind, "")


def taken(questions: Sequence[Question], replies: Sequence[str]) -> list[str]:
    """The replies as they are kept, one per question."""
    found = [read(q, reply) for q, reply in zip(questions, replies, strict=False)]
    kept = [one.text if one else clean(r) for one, r in zip(found, replies, strict=False)]
    return [text if clean(reply) else "" for text, reply in zip(kept, replies, strict=False)]


def doubts(questions: Sequence[Question], replies: Sequence[str]) -> list[Doubt]:
    """What could not be read, and what must be answered and was not."""
    found = []
    for n, question in enumerate(questions):
        reply = replies[n] if n < len(replies) else ""
        if (question.required and not reply) or (reply and read(question, reply) is None):
            found.append(Doubt(n + 1, question, reply))
    return found


def is_plain(question: Question, reply: str) -> bool:
    """True when the reply is nothing more than the answer, so that its own field can hold it."""
    found = read(question, reply)
    return not reply or (found is not None and found.value != "" and found.value == reply)


def fits(questions: Sequence[Question], replies: Sequence[str]) -> bool:
    """True when some reply is nothing but the answer to a question that wants more than text."""
    pairs = [(q, clean(r)) for q, r in zip(questions, replies, strict=False) if clean(r)]
    found = [read(q, reply) for q, reply in pairs if q.kind != "text"]
    return any(one is not None and one.value != "" and one.value == one.text for one in found)


def tally(question: Question, replies: Sequence[str]) -> str:
    """What these replies come to: `yes 3, no 1`, `median 4 (1 to 12)`; "" without any to count."""
    found = [read(question, reply) for reply in replies if reply]
    values = [one.value for one in found if one and one.value]
    unread = sum(one is None for one in found)
    if question.kind == "text" or not (values or unread):
        return ""
    if question.kind == "number":
        parts = [_spread([float(value) for value in values])] if values else []
    else:
        named = question.choices if question.kind == "choice" else ("yes", "no")
        parts = [f"{name} {values.count(name)}" for name in named if name in values]
    return ", ".join([*parts, *([f"{unread} not readable"] if unread else [])])


def _spread(numbers: Sequence[float]) -> str:
    low, high, middle = (_plain(n) for n in (min(numbers), max(numbers), median(numbers)))
    return middle if low == high else f"median {middle} ({low} to {high})"


def _yes_or_no(body: str) -> Reading | None:
    whole = body.casefold().strip(" .!,")
    if whole in _NO or says_nothing(body):
        return Reading("no", "no") if body else None
    if whole in _YES:
        return Reading("yes", "yes")
    head = _BUT.match(body.casefold())
    first = head[1] if head else ""
    if first in _YES or re.match(r"^(yes|yeah|yep)\b", body, re.IGNORECASE):
        return Reading("yes", body)
    return Reading("no", body) if says_no(body) or first in _NO else None


def _choice(choices: Sequence[str], body: str) -> Reading | None:
    wanted = " ".join(body.casefold().split()).strip(" .!")
    plain = {choice.casefold().strip(" .!"): choice for choice in choices}
    if wanted in plain:
        return Reading(plain[wanted], plain[wanted])
    longest = sorted(plain, key=len, reverse=True)
    starts = [name for name in longest if re.match(rf"{re.escape(name)}(?!\w)", wanted)]
    if starts:
        return Reading(plain[starts[0]], body)
    guess = _picked(choices, wanted) or _near(list(plain), wanted)
    if guess:
        choice = plain.get(guess, guess)
        return Reading(choice, choice)
    inside = [name for name in longest if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", wanted)]
    return Reading(plain[inside[0]], body) if len(inside) == 1 else None


def _picked(choices: Sequence[str], wanted: str) -> str:
    found = _PICKED.match(wanted)
    if not found:
        return ""
    place = int(found[1]) - 1 if found[1].isdigit() else ord(found[1]) - ord("a")
    return choices[place] if 0 <= place < len(choices) else ""


def _near(names: Sequence[str], wanted: str) -> str:
    begin = [name for name in names if len(wanted) >= 2 and name.startswith(wanted)]
    near = begin or difflib.get_close_matches(wanted, names, n=2, cutoff=0.8)
    return near[0] if len(near) == 1 else ""


def _number(body: str) -> Reading | None:
    plain = body.replace("−", "-").strip().rstrip(".!")
    if plain.casefold() in _WORDS:
        value = str(_WORDS.index(plain.casefold()))
        return Reading(value, value)
    found = _NUMBER.match(_ABOUT.sub("", plain.casefold()))
    if not found or re.search(r"\d", found[3]) or _OTHER.match(found[3].strip()):
        return None
    number = _value(found[1])
    if number is None:
        return None
    alone = plain.casefold() == found[1]
    return Reading(number, number if alone else body)


def _value(digits: str) -> str | None:
    plain = digits.replace(",", "") if _THOUSANDS.match(digits) else digits.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return _plain(number) if math.isfinite(number) and abs(number) < 1e15 else None


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:.10g}"
