"""A standup's questions: what each takes for an answer, and how leads rearrange them.

Texts and shapes are kept apart (`["Runs?"]`, `{"Runs?": {"kind": "number"}}`), so that a question
without a shape is what every question once was: free text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Refused
from core.faults import Faults
from core.text import clean

KINDS = {"text": "Text", "choice": "One of several", "number": "A number", "yesno": "Yes or no"}
MOST = 10
MOST_CHOICES = 20
_LONGEST = 200
_LONGEST_CHOICE = 60


@dataclass(frozen=True)
class Question:
    """kind: a key of KINDS. choices: for that kind only. required: a form is not sent without."""

    text: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def shape(self) -> dict[str, Any]:
        """What makes it more than free text, as plain JSON; {} for nothing."""
        kind = self.kind if self.kind != "text" else ""
        parts = {"kind": kind, "choices": list(self.choices), "required": self.required}
        return {name: part for name, part in parts.items() if part}


def all_of(texts: Sequence[str], shapes: Mapping[str, Any] | None) -> tuple[Question, ...]:
    """The questions with those texts, each with its shape."""
    return tuple(_shaped(text, (shapes or {}).get(text) or {}) for text in texts)


def shapes_of(questions: Sequence[Question]) -> dict[str, Any]:
    """The shapes of these by text, as `all_of` takes them."""
    return {question.text: question.shape for question in questions if question.shape}


def read(values: Mapping[str, Any]) -> tuple[Question, int | None]:
    """The question in a form's values and its place (from 0; None: the last).

    Raises Refused under the field that is wrong.
    """
    text = " ".join(clean(str(values.get("text") or "")).split())
    kind = str(values.get("kind") or "text")
    if kind not in KINDS:
        raise Refused("I don't know that kind of question.", "Choose one.", field="kind")
    typed = [
        " ".join(line.split()) for line in clean(str(values.get("choices") or "")).splitlines()
    ]
    choices = tuple(choice for choice in typed if choice)
    with Faults() as each:
        each(_check_text, text)
        each(_check_choices, kind, choices)
    place = str(values.get("place") or "")
    required = "required" in (values.get("rules") or [])
    return Question(text, kind, choices, required), int(place) if place.isdigit() else None


def _check_text(text: str) -> None:
    if not text:
        raise Refused("The question is empty.", "Write what is asked.", field="text")
    if len(text) > _LONGEST:
        raise Refused(f"That is {len(text)} characters.", f"Ask it in {_LONGEST}.", field="text")


def put(
    questions: Sequence[Question], new: Question, *, place: int | None, at: int | None = None
) -> tuple[Question, ...]:
    """With `new` in the stead of the one at `at` (None: added), moved to `place` (None: where it
    was, or last). Raises Refused (too many, asked already).
    """
    rest = [question for n, question in enumerate(questions) if n != at]
    if len(rest) >= MOST:
        raise Refused(
            f"There are {MOST} questions already, and nobody answers more.",
            "Take one out first.",
            field="text",
        )
    if any(question.text.casefold() == new.text.casefold() for question in rest):
        raise Refused("That is asked already.", "Ask something else.", field="text")
    where = place if place is not None else at if at is not None else len(rest)
    return (*rest[:where], new, *rest[where:])


def moved(questions: Sequence[Question], at: int, by: int) -> tuple[Question, ...]:
    """With the one at `at` moved by so many places; at the ends it stays."""
    rest = [question for n, question in enumerate(questions) if n != at]
    where = min(max(at + by, 0), len(rest))
    return (*rest[:where], questions[at], *rest[where:])


def without(questions: Sequence[Question], at: int) -> tuple[Question, ...]:
    """Without the one at `at`. Raises Refused for the last one."""
    if len(questions) == 1:
        raise Refused(
            "A standup asks at least one question.", "Edit it, or `/standup pause` the standup."
        )
    return tuple(question for n, question in enumerate(questions) if n != at)


def _shaped(text: str, shape: Mapping[str, Any]) -> Question:
    choices = tuple(shape.get("choices") or ())
    return Question(text, shape.get("kind") or "text", choices, bool(shape.get("required")))


def _check_choices(kind: str, choices: Sequence[str]) -> None:
    if kind != "choice" and choices:
        hint = "Choose “One of several”, or take the choices out."
        raise Refused("Only “One of several” has choices.", hint, field="choices")
    if kind != "choice":
        return
    if not 2 <= len(choices) <= MOST_CHOICES:
        raise Refused(
            f"That takes 2 to {MOST_CHOICES} choices, and there are {len(choices)}.",
            "One per line.",
            field="choices",
        )
    if len({choice.casefold() for choice in choices}) < len(choices):
        raise Refused("Two choices are the same.", "Each must be its own.", field="choices")
    long = next((choice for choice in choices if len(choice) > _LONGEST_CHOICE), "")
    if long:
        limit = f"{_LONGEST_CHOICE} characters"
        raise Refused(f"“{long[:30]}…” is longer than {limit}.", "Shorten it.", field="choices")
