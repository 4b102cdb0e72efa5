"""What a program asks for: the parts of a query, each with its description and its check."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import Refused
from core.text import clean, shorten
from services.programs.pages import Cut, Key

MOST, USUAL = 100, 20
LONGEST = 300


@dataclass(frozen=True)
class Word:
    """A part of a query. one_of: what it may be, () for any text."""

    name: str
    what: str
    one_of: tuple[str, ...] = ()
    required: bool = False

    def described(self) -> dict[str, Any]:
        """As the description has it."""
        schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        if self.one_of:
            schema = {"type": "string", "enum": list(self.one_of)}
        if self.name == "limit":
            schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        if self.name == "cursor":
            schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": LONGEST}
        return {"name": self.name, "in": "query", "required": self.required,
                "description": self.what, "schema": schema}  # fmt: skip


TEAM = Word("team", "only this team; for a token that sees several")
PAGED = (
    Word("limit", "how many at most"),
    Word("cursor", "`next` of the page before, as it came"),
)


@dataclass(frozen=True)
class Asked:
    """What a request names: parts of its path, and of its query what its route knows."""

    named: Mapping[str, str]
    query: Mapping[str, str]

    def get(self, name: str) -> str:
        """That part of the query, "" when it is not there."""
        return self.query.get(name, "")

    def cut(self, *kinds: type) -> Cut:
        """Which part of a list. kinds: what its key is made of (int, datetime). Raises Refused."""
        told = self.get("limit")
        if told and not (re.fullmatch(r"[0-9]{1,3}", told) and 1 <= int(told) <= MOST):
            raise Refused(
                f"“{shorten(told, 20)}” is no limit.", f"Send a number from 1 to {MOST}."
            )
        before = read_cursor(self.get("cursor"), kinds) if self.get("cursor") else ()
        return Cut(int(told or USUAL), before)


def asked(
    named: Mapping[str, str], query: Sequence[tuple[str, str]], known: Sequence[Word]
) -> Asked:
    """The request, checked against what its route knows. Raises Refused."""
    words = {word.name: word for word in known}
    found: dict[str, str] = {}
    for name, value in query:
        if name not in words:
            few = ", ".join(words) or "nothing"
            raise Refused(
                f"I don't know “{shorten(name, 30)}” here.", f"The query may have {few}."
            )
        if name in found:
            raise Refused(f"The address has two {name}.", "Send it once.")
        found[name] = _checked(words[name], value)
    for word in known:
        if word.required and word.name not in found:
            raise Refused(
                f"The address names no {word.name}.", f"Add `{word.name}=`: {word.what}."
            )
    return Asked(named, found)


def _checked(word: Word, value: str) -> str:
    text = clean(value, limit=LONGEST + 1)
    if word.one_of and text not in word.one_of:
        few = ", ".join(word.one_of)
        raise Refused(f"{word.name} cannot be “{shorten(text, 30)}”.", f"It is one of {few}.")
    if not value or len(text) > LONGEST:
        raise Refused(f"{word.name} is empty or too long.", f"Send 1 to {LONGEST} characters.")
    return text


def cursor(key: Key) -> str | None:
    """The key as a program carries it to the next request; None without one."""
    if not key:
        return None
    parts = [one.isoformat() if isinstance(one, datetime) else one for one in key]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(text: str, kinds: Sequence[type]) -> Key:
    """The key in a cursor. Raises Refused when it is none of this list's."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(parts, list) and len(parts) == len(kinds):
            return tuple(_part(one, kind) for one, kind in zip(parts, kinds, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise Refused("This cursor is none of this list.", "Send `next` as it came, or leave it out.")


def _part(one: Any, kind: type) -> Any:
    if kind is datetime:
        at = datetime.fromisoformat(one)
        if at.tzinfo is None:
            raise ValueError(one)
        return at
    if type(one) is not int or not 0 <= one < 2**31:
        raise ValueError(one)
    return one
