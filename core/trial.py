"""A test prompt: looks like a real one and counts nowhere."""

from dataclasses import dataclass

from core.standup_question import Question


@dataclass(frozen=True)
class Trial:
    """user, name: who is asked. asked_as: the standup's name. replies: () until answered."""

    id: int
    user: str
    asked_as: str
    questions: tuple[Question, ...]
    name: str = ""
    replies: tuple[str, ...] = ()
