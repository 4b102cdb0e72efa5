"""YAML as DVC writes it, read strictly: every scalar is its text, a key stands once, no aliases.

A hash is never taken for a number this way, and what is nested without end cannot overrun the
stack (libyaml's own loader does).
"""

from collections.abc import Iterator
from typing import Any

from core.text import shorten
from ingest.file import Unreadable

_DEEPEST = 30
_PUSH = "Push the file as DVC wrote it."


def parsed(text: str) -> Any:
    """The document as texts, lists and dicts. Raises Unreadable naming the line."""
    import yaml  # read only when such a file comes in

    if "\n<<<<<<< " in f"\n{text}":
        raise Unreadable("it holds a merge conflict of git", "Resolve it and push it again.")
    events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    try:
        next(events)  # the stream's start
        if type(next(events)).__name__ == "StreamEndEvent":
            raise Unreadable("it holds nothing", _PUSH)
        return _value(next(events), events, 0)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise Unreadable(f"it is not valid YAML{where}", _PUSH) from None


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    kind = type(event).__name__
    if depth > _DEEPEST:
        raise Unreadable("it is nested too deeply", _PUSH)
    if kind == "ScalarEvent":
        return event.value
    if kind == "SequenceStartEvent":
        return list(_items(events, depth))
    if kind == "MappingStartEvent":
        return _mapping(events, depth)
    raise Unreadable("it uses a YAML alias (*name)", "Write the value in its place.")


def _items(events: Iterator[Any], depth: int) -> Iterator[Any]:
    for event in events:
        if type(event).__name__ in {"SequenceEndEvent", "MappingEndEvent"}:
            return
        yield _value(event, events, depth + 1)


def _mapping(events: Iterator[Any], depth: int) -> dict[str, Any]:
    flat = list(_items(events, depth))
    found: dict[str, Any] = {}
    for key, value in zip(flat[::2], flat[1::2], strict=True):
        if not isinstance(key, str):
            raise Unreadable("a key in it is no word", _PUSH)
        if key in found:
            raise Unreadable(
                f"the key “{shorten(key, 40)}” stands twice in one object", "Keep one."
            )
        found[key] = value
    return found
