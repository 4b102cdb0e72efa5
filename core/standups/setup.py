"""How a standup is arranged: who, where, which days, when, and the questions."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.errors import Refused
from core.standups.questions import MOST as MAX_QUESTIONS
from core.text import clean

DEFAULT_QUESTIONS = (
    "What did you learn?",
    "What's your next experiment?",
    "Are you stuck on data, compute or clarity?",
)
_QUESTION_LIMIT = 200


@dataclass(frozen=True)
class Settings:
    """What a standup is set to. days: 0 = Monday; at: local time; close_after: minutes.

    optional: asked too, but they owe no answer. weeks: it asks every so many weeks.
    """

    channel: str
    name: str = "Standup"
    people: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    weeks: int = 1
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    at: str = "09:30"
    close_after: int = 240
    questions: tuple[str, ...] = DEFAULT_QUESTIONS


@dataclass(frozen=True)
class Person:
    """Somebody in a standup: where they live and when they are asked next (UTC, or None).

    holidays: the country whose public holidays they have, or "".
    """

    user: str
    name: str
    zone: str
    known: bool
    next_at: datetime | None
    holidays: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Arrangement:
    """A standup as it stands. next_on: the next date that opens; id 0: not set up yet.

    paused_to: the last day of a pause that ends by itself. shapes: what each question takes but
    text (core/standups/questions).
    """

    id: int
    settings: Settings
    active: bool = True
    people: tuple[Person, ...] = ()
    next_on: date | None = None
    by: str = ""
    paused_to: date | None = None
    shapes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Changes with the questions, so that a button under an older list is known."""
        told = json.dumps([self.settings.questions, self.shapes], sort_keys=True)
        return f"{zlib.crc32(told.encode(errors='replace')):08x}"


def questions_of(text: str | None, *, field: str = "") -> tuple[str, ...]:
    """One question per line; the source document's three when empty. Raises Refused."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if len(lines) > MAX_QUESTIONS:
        raise Refused(
            f"{len(lines)} questions are too many: nobody answers more than {MAX_QUESTIONS}.",
            "Take some out, one question per line.",
            field=field,
        )
    long = next((line for line in lines if len(line) > _QUESTION_LIMIT), "")
    if long:
        raise Refused(
            f"“{long[:30]}…” is longer than {_QUESTION_LIMIT} characters.",
            "Shorten it, one question per line.",
            field=field,
        )
    if len({line.casefold() for line in lines}) < len(lines):
        raise Refused("Two of the questions are the same.", "Each is asked once.", field=field)
    return tuple(lines) or DEFAULT_QUESTIONS
