"""What leaves the house: personal data and secrets replaced before any text goes out.

Replacements are stable within one call ([EMAIL_1], P1 for people of the roster) and can be put
back from the mapping, which stays here. Names without a cue word beside them and outside the
roster are not found: for that there are the modes `local_only` and `never`.
"""

import ipaddress
import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from core.privacy.personal import personal
from core.privacy.secrets import secrets

Mode = Literal["never", "local_only", "redacted"]
MODES: tuple[Mode, ...] = ("never", "local_only", "redacted")
_LEFT = re.compile(r"\[(?:[A-Z]+_|P)\d+\]|\bP\d+\b")


@dataclass(frozen=True)
class HiddenSpan:
    """Where something must not be read. type: EMAIL PHONE IBAN CARD IP SECRET NAME PERSON."""

    type: str
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    """texts: safe to send. mapping: token -> what stood there; never log or send it.

    found: how often each type was found, which may be logged.
    """

    texts: tuple[str, ...]
    mapping: Mapping[str, str]
    found: Mapping[str, int]

    @property
    def has_secret(self) -> bool:
        """A secret was among it: its author should be told to rotate it."""
        return bool(self.found.get("SECRET"))


def may_leave(mode: Mode, address: str) -> bool:
    """May texts go to the model at this base URL under the project's policy?"""
    if mode == "never":
        return False
    return mode == "redacted" or is_local(address)


def is_local(address: str) -> bool:
    """True when the host is this machine or a private address; no name is looked up."""
    host = (urlsplit(address if "//" in address else f"//{address}").hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or (found.is_private and not found.is_unspecified)


def spans(text: str, roster: Sequence[str] = ()) -> tuple[HiddenSpan, ...]:
    """Everything in the text that must not leave, without overlaps, in order."""
    taken: list[HiddenSpan] = []

    def add(type_: str, start: int, end: int) -> None:
        at = bisect(taken, start, key=lambda span: span.start)
        is_free = (at == 0 or taken[at - 1].end <= start) and (
            at == len(taken) or end <= taken[at].start
        )
        if start < end and is_free:
            taken.insert(at, HiddenSpan(type_, start, end))

    for start, end in sorted(secrets(text), key=lambda s: s[0] - s[1]):
        add("SECRET", start, end)
    for _, start, end in _members(text, roster):
        add("PERSON", start, end)
    for type_, start, end in personal(text):
        add(type_, start, end)
    return tuple(taken)


def redact(texts: Sequence[str], roster: Sequence[str] = ()) -> Redacted:
    """The texts with tokens in place of what must not leave; same thing, same token.

    roster: full names of the team; P1 is the first of them, whatever is found. A part of a
    name gets the same token, so it is put back as the full name.
    """
    book = _Book(tuple(roster), " ".join(texts))
    found: Counter[str] = Counter()
    safe = []
    for text in texts:
        parts, end = [], 0
        for span in spans(text, roster):
            found[span.type] += 1
            parts += [text[end : span.start], book.token(span.type, text[span.start : span.end])]
            end = span.end
        safe.append("".join([*parts, text[end:]]))
    return Redacted(tuple(safe), dict(book.mapping), dict(found))


def restore(text: str, mapping: Mapping[str, str]) -> str:
    """The text with what stood in the place of its tokens; unknown tokens stay."""
    return _LEFT.sub(lambda hit: mapping.get(hit.group(0), hit.group(0)), text)


@dataclass
class _Book:
    roster: tuple[str, ...]
    all_text: str
    mapping: dict[str, str] = field(default_factory=dict)
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def token(self, type_: str, text: str) -> str:
        key = (type_, text)
        if key not in self._tokens:
            self._tokens[key] = self._new(type_, text)
        token = self._tokens[key]
        person = type_ == "PERSON"
        self.mapping[token] = self.roster[_number(text, self.roster) - 1] if person else text
        return self._tokens[key]

    def _new(self, type_: str, text: str) -> str:
        number = sum(kind == type_ for kind, _ in self._tokens) + 1
        if type_ == "PERSON":
            token = f"P{_number(text, self.roster)}"
            return f"[{token}]" if re.search(rf"\b{token}\b", self.all_text) else token
        token = f"[{type_}_{number}]"
        while token in self.all_text or token in self.mapping:  # somebody typed it
            number += 1
            token = f"[{type_}_{number}]"
        return token


def _forms(name: str) -> list[str]:
    """A name as people write it: in full, then its parts of three letters or more."""
    parts = [p for p in name.split() if len(p) >= 3 and p[0].isupper()]
    return [name, *parts] if len(name.split()) > 1 else [name]


def _members(text: str, roster: Sequence[str]) -> list[tuple[str, int, int]]:
    forms = sorted({f for name in roster for f in _forms(name) if f.strip()}, key=len)[::-1]
    return [
        (form, hit.start(), hit.end())
        for form in forms
        for hit in re.finditer(rf"(?<![\w@]){re.escape(form)}(?!\w)", text)
    ]


def _number(text: str, roster: Sequence[str]) -> int:
    return next(i for i, name in enumerate(roster, 1) if text in _forms(name))
