"""Foreign text: cleaned when it comes in, escaped when it goes out (see views/kit.py)."""

import re
import unicodedata
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of a character
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^<>]*)?>")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_NOTHING = {
    "", "-", "--", "–", "—", ".", "n/a", "n.a", "na", "none", "no", "nope", "nothing", "nil",
    "null", "keine", "keins", "kein", "nein", "nichts", "nix", "none yet",
    "nothing yet", "nothing new",
}  # fmt: skip


def storable(value: Any) -> Any:
    """A JSON value as it came, its texts without what no database and no UTF-8 can hold."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def clean(text: str | None, *, limit: int = 3000) -> str:
    """Text as typed: Slack's escapes undone, control and bidi characters gone, at most `limit`."""
    plain = (text or "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    kept = "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return _BIDI.sub("", kept).strip()[:limit]


def straighten(text: str) -> str:
    """Typographic quotes and hard spaces become the plain ones, as commands need them."""
    return text.translate(_QUOTES)


def says_nothing(text: str | None) -> bool:
    """True for an empty answer or one of the usual ways to say "none"."""
    return clean(text).casefold().rstrip(".! ") in _NOTHING or not clean(text)


def is_program(who: str) -> bool:
    """True for the name of a program (`runner for Ana`, `ci`): a user id is one word in
    capitals.
    """
    return bool(who) and not (who.isalnum() and who.isupper())


def mentioned_users(text: str) -> list[str]:
    """User ids mentioned in Slack's escaped form, in order, without repeats."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def mentioned_groups(text: str) -> list[str]:
    """User group ids mentioned in Slack's escaped form, in order, without repeats."""
    return list(dict.fromkeys(_GROUP.findall(text)))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters on one line, ended by … when something was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def listed(words: str) -> list[str]:
    """Words written one after the other."""
    return words.split()


def words_in(text: str) -> int:
    """How many words the text has: what is set apart by spaces and holds a letter or digit."""
    return sum(any(c.isalnum() for c in part) for part in text.split())
