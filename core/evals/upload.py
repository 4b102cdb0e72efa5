"""A results file dropped into Slack: whose it is, and what came of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Refused
from core.quantity import experiments_in

_OTHER = ("image/", "video/", "audio/", "application/pdf", "font/")
_KINDS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml")
_BASELINE = re.compile(r"\bbaseline\b", re.IGNORECASE)
_PRODUCTION = re.compile(r"\b(?:in|from|of) prod(?:uction)?\b", re.IGNORECASE)


def readable(files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of a message's files those that could be results, with what is needed to fetch them."""
    return [
        {
            "id": str(one.get("id", "")),
            "name": str(one.get("name") or "the file")[:200],
            "url": str(one.get("url_private") or ""),
            "size": size if isinstance(size := one.get("size"), int) else 0,
        }
        for one in files
        if not str(one.get("mimetype", "")).startswith(_OTHER)
    ]


def looks_like_results(files: Sequence[Mapping[str, Any]]) -> bool:
    """True when one of them is of a kind that evaluation tools write, by its name."""
    return any(str(one.get("name", "")).casefold().endswith(_KINDS) for one in files)


def experiment_of(text: str, thread: str) -> int | None:
    """The experiment that the message names, else the one its thread is about, else None.

    thread: what its thread begins with, "" outside of ours. Raises Refused when a message names
    several.
    """
    named = experiments_in(text)
    if len(named) > 1:
        raise Refused(
            "The file's message names several experiments.", "Drop it again and name one."
        )
    if named:
        return named[0]
    about = experiments_in(thread)
    return about[0] if len(about) == 1 else None


def role_in(text: str) -> str:
    """`baseline` or `production` when the message says so, else ""."""
    if _BASELINE.search(text):
        return "baseline"
    return "production" if _PRODUCTION.search(text) else ""
