"""Tokens for programs, as values: what one may do, and what may be in a label or a key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refused
from core.text import clean, mentioned_users, shorten

PREFIX = "assay_"  # lets secret scanners find one that leaked
LABEL_LENGTH = 60
MOST = 50
SCOPES = ("read", "push", "decide", "deploy")
PUSHES = ("push",)  # what a token may do that was made without a word about it

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_SAID = re.compile(r"(?<!\S)(may|for|in)=(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class NewToken:
    """A token somebody wants. scopes: of SCOPES. owner: the person it acts for, "" for who makes
    it. wide: it sees all teams its owner may read, not only the one it is made in.
    """

    label: str
    scopes: tuple[str, ...] = PUSHES
    owner: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Issued:
    """A new token. secret: shown to one person once and kept nowhere."""

    number: int
    label: str
    secret: str
    scopes: tuple[str, ...] = PUSHES
    owner: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Known:
    """A token as a list shows it. Fields as in NewToken."""

    number: int
    label: str
    created_by: str
    created_at: datetime
    last_used: datetime | None
    revoked_at: datetime | None
    scopes: tuple[str, ...] = PUSHES
    owner: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Revoked:
    """A token that is of no use any more; by and at: who did it and when, maybe earlier."""

    number: int
    label: str
    by: str
    at: datetime
    is_new: bool


@dataclass(frozen=True)
class Pusher:
    """A program at the door: for which team, the name its changes carry, the token (0: signed),
    what it may do. owner: the person it acts for; wide: it sees all teams its owner may read.
    """

    team_id: int
    who: str
    token_id: int = 0
    scopes: tuple[str, ...] = PUSHES
    owner: str = ""
    wide: bool = False


def checked_label(text: str) -> str:
    """A label of one line. Raises Refused when there is none."""
    label = shorten(clean(text), LABEL_LENGTH)
    if not label:
        raise Refused("A token needs a label.", "Write `/exp token new CI of the trainer`.")
    return label


def name_of(label: str, owner: str) -> str:
    """`runner for Ana`: what a token's changes are signed with; owner: a display name.

    It never looks like a user id, which has no space in it.
    """
    return f"{label} for {owner}"


def wanted(text: str) -> NewToken:
    """The token in `runner may=read,push for=<@U1> in=workspace`. Raises Refused."""
    said = [(key.lower(), value) for key, value in _SAID.findall(text)]
    given = dict(said)
    if len(given) < len(said):
        raise Refused("The same thing is said twice.", "Write each of may=, for= and in= once.")
    people = mentioned_users(given.get("for", ""))
    if "for" in given and len(people) != 1:
        raise Refused("For whom is it?", "Write `for=` and pick the name from Slack's list.")
    place = given.get("in", "team").casefold()
    if place not in {"team", "workspace"}:
        raise Refused(f"“{place[:20]}” is no place.", "Write `in=team` or `in=workspace`.")
    scopes = checked_scopes(given["may"].split(",")) if "may" in given else PUSHES
    owner = people[0] if people else ""
    return NewToken(checked_label(_SAID.sub(" ", text)), scopes, owner, place == "workspace")


def checked_scopes(words: Sequence[str]) -> tuple[str, ...]:
    """Those scopes, each once, in their order. Raises Refused for another word, or none."""
    named = {word.strip().casefold() for word in words} - {""}
    if not named or named - set(SCOPES):
        odd = ", ".join(sorted(named - set(SCOPES)))
        what = f"“{shorten(odd, 30)}” is nothing a token may do" if odd else "It may do nothing"
        raise Refused(f"{what}.", f"Write `may=` and some of {','.join(SCOPES)}.")
    return tuple(scope for scope in SCOPES if scope in named)


def checked_key(text: str) -> str:
    """An Idempotency-Key. Raises Refused for an empty, too long or unprintable one."""
    if not _KEY.fullmatch(text):
        raise Refused(
            "This Idempotency-Key cannot be used.", "Send 1 to 200 printable ASCII characters."
        )
    return text
