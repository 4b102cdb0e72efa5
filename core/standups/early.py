"""Answers given before their round: words for them, and onto which questions they go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.standups.questions import Question
from core.standups.standup import combine
from core.standups.typed_reply import taken
from core.text import clean

_WORD = re.compile(
    r"^report(?:[ \t]+(today|now|tomorrow|next))?[ \t]*(?:(?:[:.!](?=\s|$)|\n)\s*(.*))?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Early:
    """One person's answer to a coming round. state: open (nothing said yet) | kept | filed |
    withdrawn | left (not in that round any more) | over (it opened, and nothing was said).
    round_id: of the round that took it over. new: the message about it has just been posted.
    """

    standup_id: int
    name: str
    on: date
    questions: tuple[Question, ...]
    replies: tuple[str, ...]
    state: str = "kept"
    round_id: int = 0
    new: bool = False

    @property
    def stands(self) -> bool:
        """True when something was said."""
        return any(self.replies)


def word(text: str) -> tuple[str, str] | None:
    """("today" | "tomorrow", what follows) of a message that is `report …`, else None.

    A sentence that merely begins with the word is none: after it comes a day, a colon, a new
    line, or nothing.
    """
    found = _WORD.match(clean(text))
    if found is None:
        return None
    day, rest = (found[1] or "").casefold(), (found[2] or "").strip()
    return ("tomorrow" if day in {"tomorrow", "next"} else "today"), rest


def replies(questions: Sequence[Question], form: Sequence[str], said: Sequence[str]) -> list[str]:
    """One text per question of what was typed into the form and written since."""
    return taken(questions, combine([question.text for question in questions], said, form))


def onto(questions: Sequence[str], asked: Sequence[str], given: Sequence[str]) -> list[str]:
    """What was replied to the questions `asked`, put onto the `questions` of the round.

    A reply to a question that is asked no more stands below the first one, with its question.
    """
    if list(questions) == list(asked):
        return [*given, *[""] * len(questions)][: len(questions)]
    by_text = {text: reply for text, reply in zip(asked, given, strict=False) if reply}
    found = [by_text.pop(text, "") for text in questions]
    left = [f"{text} {reply}" for text, reply in by_text.items()]
    found[0] = "\n".join(part for part in (found[0], *left) if part)
    return found
