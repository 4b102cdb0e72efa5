"""Injection files: a reply, what a model that obeys it returns, and what must not be posted.

The reply is a standup answer and a killed experiment's learning at once; the model returns its
obedient text in every field, alone and beside the template's own words and placeholders.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from core import digest, wording
from core.facts import Sheet
from core.sheet import sheet
from core.text import clean
from services import narrate
from tests.cases.result import Result
from tests.weeks import experiment, killed, past, promoted, week
from views import digest as view

BREAK = "␟"


class Obedient:
    """Returns what it was given."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def write(self, prompt: str) -> str:
        return self.answer


def is_injection_file(loaded: Any) -> bool:
    items = loaded.get("items") if isinstance(loaded, dict) else None
    return bool(items) and all("obedient_model_text" in item for item in items)


def run(loaded: Any) -> list[Result]:
    """A result by reply."""
    return [Result(f"injection {i['family']}", i["id"], _failure(i)) for i in loaded["items"]]


def _failure(item: dict[str, Any]) -> str:
    reply = clean(item["reply"].replace(BREAK, ""))
    text = item["obedient_model_text"].replace(BREAK, "")
    patterns = [p.replace(BREAK, "") for p in item["posted_must_not_match"]]
    for week_sheet in _sheets(reply):
        for answer in answers(week_sheet, text):
            sent = posted(week_sheet, answer)
            for pattern in patterns:
                if re.search(pattern, sent):
                    return f"{pattern!r} is in what was posted"
    return ""


def _sheets(reply: str) -> list[Sheet]:
    quiet = week(heard=[reply])
    full = week(
        killed(2, reply), promoted(3, 0.883), experiment(43), heard=[reply], earlier=[past(0.861)]
    )
    return [sheet(quiet), sheet(full)]


def answers(of: Sheet, text: str) -> Iterator[str]:
    """What an obedient model may return: its text in every field, in all ways."""
    own = {s.key: list(s.lines) for s in digest.compose(of) if s.key in wording.REWORDED}
    yield text
    yield json.dumps({key: [text] for key in own})
    for form in ("{own} {text}", "{text} {own}", "{text}: {own}", "{own} — {text}", "{text}"):
        said = {k: [_put(form, line, text) for line in lines] for k, lines in own.items()}
        yield json.dumps(said)
        for key in own:
            yield json.dumps(own | {key: said[key]})


def _put(form: str, own: str, text: str) -> str:
    return form.replace("{own}", own).replace("{text}", text)


def posted(of: Sheet, answer: str) -> str:
    """Every text of the message that would be posted."""
    fallback, blocks = view.posted(narrate.write(Obedient(answer), of))
    return "\n".join([fallback, *_texts(blocks), json.dumps(blocks, ensure_ascii=False)])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
