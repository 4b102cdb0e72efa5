"""A model that says what a test tells it to, and answers that say what the template says."""

import json
from collections.abc import Callable
from typing import Any

from core.digest import page as digest
from core.digest.page import Page
from core.facts import Sheet
from core.llm.endpoint import Brief, Endpoint, LlmAnswer, LlmQuestion
from core.llm.wording import Task, doubled, ids_in, notes_of
from services.llm import narrate, narration
from services.llm.narration import Worded

ON = Endpoint("placeholder", model="m")


class Scripted:
    """Answers one after the other (the last one again and again); keeps what it was asked."""

    def __init__(self, *answers: str | LlmAnswer) -> None:
        self.answers, self.asked = list(answers), []

    def write(self, asked: LlmQuestion) -> LlmAnswer:
        self.asked.append(asked)
        said = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return said if isinstance(said, LlmAnswer) else LlmAnswer("ok", said, asked.rung, 100, 20)

    @property
    def sent(self) -> str:
        """Everything that left, but for the system text and its examples."""
        return "\n".join(asked.messages[-1][1] for asked in self.asked)


def task_of(sheet: Sheet, roster: tuple[str, ...] = ()) -> Task:
    """What there is to word."""
    return Task(sheet, digest.compose(sheet), notes_of(sheet, roster))


def answer(sheet: Sheet, **sections: Any) -> dict[str, Any]:
    """The template's own lines as an answer, notes as they are; `sections` replaces some."""
    task = task_of(sheet)
    said: dict[str, Any] = {
        key: [line(doubled(text)) for text in task.lines(key)] for key in ("headline", "progress")
    }
    notes = task.notes[: task.to_learn]
    said["learned"] = [{"text": note.text, "refs": [note.id]} for note in notes]
    return said | {"suspicious_notes": []} | sections


def line(text: str) -> dict[str, Any]:
    """A line with the refs that it should have."""
    return {"text": text, "refs": list(dict.fromkeys(ids_in(text)))}


def changed(sheet: Sheet, section: str, change: Callable[[str], str]) -> str:
    """The template's own lines as an answer, each line of one section changed."""
    said = answer(sheet)
    said[section] = [line(change(one["text"])) for one in said[section]]
    return json.dumps(said)


def worded(sheet: Sheet, *answers: str | LlmAnswer, **brief: Any) -> Worded:
    """The conversation about that sheet with those answers."""
    return narration.word(Scripted(*answers), sheet, Brief(ON, **brief))


def page(sheet: Sheet, *answers: str | LlmAnswer) -> Page:
    """The page that comes of it."""
    return narrate.page_of(worded(sheet, *answers), sheet)
