"""Injection files: a reply, what a model that obeys it returns, and what must not be posted.

The reply is a standup answer and a killed experiment's learning at once; the model returns its
obedient text in every field, alone and beside the template's own words and placeholders.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from core.digest.page import Page
from core.digest.sheet import sheet
from core.facts import Sheet
from core.llm.wording import SECTIONS
from core.text import clean
from tests.cases.result import Result
from tests.weeks import experiment, killed, past, promoted, week
from tests.worded import answer, page
from views.digest import digest as view

BREAK = "␟"


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
        for said in answers(week_sheet, text):
            sent = posted(page(week_sheet, said))
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
    own = answer(of)
    keys = [key for key in SECTIONS if own[key]]
    yield text
    yield json.dumps(own | {key: [{"text": text, "refs": []}] for key in keys})
    yield json.dumps(own | {"learned": [{"text": text, "refs": ["N1"]}]})
    for form in ("{own} {text}", "{text} {own}", "{text}: {own}", "{own} — {text}", "{text}"):
        said = {key: [_put(form, line, text) for line in own[key]] for key in keys}
        yield json.dumps(own | said)
        for key in keys:
            yield json.dumps(own | {key: said[key]})


def _put(form: str, own: dict[str, Any], text: str) -> dict[str, Any]:
    return own | {"text": form.replace("{own}", own["text"]).replace("{text}", text)}


def posted(made: Page) -> str:
    """Every text of the message that would be posted, and its JSON."""
    fallback, blocks = view.posted(made)
    return "\n".join([fallback, *_texts(blocks), json.dumps(blocks, ensure_ascii=False)])


def texts_of(sent: str) -> str:
    """The message without the JSON around it."""
    return "\n".join(sent.splitlines()[:-1])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
