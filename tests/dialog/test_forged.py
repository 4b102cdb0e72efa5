"""What nobody here made (a button's value, what a form carries or holds) is too old, or unknown;
it is never our fault.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from handlers.ask import Reply
from handlers.routes import table
from tests import matrix

FORGED = (
    "", "x", "²", "9" * 30, "1|2|3", "a|b", "1|x", "x|1", "9|9|9|9", "None", "null", "0", "-1",
    "1" * 9 + "|" + "9" * 30, "2026-02-30", "2026-11-24",
    "1|2026-99-99", "|", "||", "experiment|x",
)  # fmt: skip
CARRIED = (
    "number", "id", "seen", "checkpoint", "change",
    "version", "channel", "turn", "to", "origin", "author", "title",
    "on", "round", "standup", "evening", "trial", "at", "stamp", "given", "label", "tag", "draft",
    "name", "metric", "canvas", "sealed",
)  # fmt: skip
STRANGE: tuple[Any, ...] = (
    "", "x", "²", "0", -1, 0, 42, 9 * 10**30, 1.5, True, None, [], ["x", {}], [1, 2, 3],
    {"x": []}, "2026-02-30", "9" * 30, "x" * 400,
)  # fmt: skip
HELD: tuple[Any, ...] = (
    "",
    "x",
    "²",
    "-1",
    "9" * 30,
    "2026-02-30",
    None,
    [],
    ["x"],
    "1|2",
    "NaN",
    "x" * 4000,
)


class Everywhere(dict[str, Any]):
    """A form in which every field, whatever its name, holds the same."""

    def __init__(self, held: Any) -> None:
        super().__init__(dict.fromkeys(("q0", "q²", "text", "title"), held))
        self.held = held

    def __missing__(self, _name: str) -> Any:
        return self.held

    def get(self, name: str, _default: Any = None) -> Any:
        return self[name]


def _forged() -> Iterator[tuple[str, str]]:
    for kind, name in table().named:
        if kind == "action":
            yield from ((name, value) for value in FORGED)


def _forms() -> list[str]:
    return sorted(name for kind, name in table().named if kind == "submit")


def _is_our_fault(reply: Reply) -> bool:
    return "our fault" in matrix.heard(reply)


@pytest.mark.slow
def test_no_button_with_a_forged_value_ends_in_a_fault_of_ours(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    faults = [
        (name, value)
        for name, value in _forged()
        if _is_our_fault(talk.press(name, value, by="UADM"))
    ]
    assert faults == []


def _metas() -> Iterator[dict[str, Any]]:
    yield {}
    for value in STRANGE:
        yield dict.fromkeys(CARRIED, value)
    right = {"number": 42, "id": 1, "version": 1, "channel": "CTEAM"}
    yield from (right | {name: value} for name in ("seen", "channel") for value in STRANGE)


@pytest.mark.slow  # all forms together
@pytest.mark.parametrize("form", _forms())
def test_no_form_with_forged_metadata_ends_in_a_fault_of_ours(sqlite_engine: Engine, form: str):
    talk = matrix.lab(sqlite_engine)
    typed = matrix.FILLED.get(f"submit:{form}", {"title": "typed", "text": "typed"})
    faults = [
        (way.__name__, meta)
        for meta in _metas()
        for way in (talk.send, talk.close)
        if _is_our_fault(way(form, typed, by="UADM", meta=meta))
    ]
    assert faults == []


@pytest.mark.parametrize("form", _forms())
def test_no_form_with_strange_fields_ends_in_a_fault_of_ours(sqlite_engine: Engine, form: str):
    talk = matrix.lab(sqlite_engine)
    meta = {
        "number": 8 if "promote" in form else 42, "id": 1, "channel": "CTEAM", "version": 1,
        "checkpoint": 1, "round": 1, "standup": 1, "evening": 1, "on": "2026-11-24", "trial": 1,
        "to": "annotation",
    }  # fmt: skip
    faults = [
        (way.__name__, held)
        for held in HELD
        for way in (talk.send, talk.close)
        if _is_our_fault(way(form, Everywhere(held), by="UADM", meta=meta))
    ]
    assert faults == []
