"""Tokens that let machines push, as values; what may be in a label or a key."""

import re
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refused
from core.text import clean, shorten

PREFIX = "assay_"  # lets secret scanners find one that leaked
LABEL_LENGTH = 60
MOST = 50

_KEY = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True)
class Issued:
    """A new token. secret: shown to one person once and kept nowhere."""

    number: int
    label: str
    secret: str


@dataclass(frozen=True)
class Known:
    """A token as a list shows it."""

    number: int
    label: str
    created_by: str
    created_at: datetime
    last_used: datetime | None
    revoked_at: datetime | None


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
    """Who pushes: for which team, the name its changes carry, the token (0: signed)."""

    team_id: int
    who: str
    token_id: int = 0


def checked_label(text: str) -> str:
    """A label of one line. Raises Refused when there is none."""
    label = shorten(clean(text), LABEL_LENGTH)
    if not label:
        raise Refused("A token needs a label.", "Write `/exp token new CI of the trainer`.")
    return label


def checked_key(text: str) -> str:
    """An Idempotency-Key. Raises Refused for an empty, too long or unprintable one."""
    if not _KEY.fullmatch(text):
        raise Refused(
            "This Idempotency-Key cannot be used.", "Send 1 to 200 printable ASCII characters."
        )
    return text
