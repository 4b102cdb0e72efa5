"""A button whose value nobody here made is too old, or unknown; it is never our fault."""

from collections.abc import Iterator

from sqlalchemy import Engine

from handlers.routes import table
from tests import matrix

FORGED = (
    "", "x", "²", "9" * 30, "1|2|3", "a|b", "1|x", "x|1", "9|9|9|9", "None", "null", "0", "-1",
    "1" * 9 + "|" + "9" * 30, "2026-02-30", "2026-11-24",
    "1|2026-99-99", "|", "||", "experiment|x",
)  # fmt: skip


def _forged() -> Iterator[tuple[str, str]]:
    for kind, name in table().named:
        if kind == "action":
            yield from ((name, value) for value in FORGED)


def test_no_button_with_a_forged_value_ends_in_a_fault_of_ours(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    faults = [
        (name, value)
        for name, value in _forged()
        if "our fault" in matrix.heard(talk.press(name, value, by="UADM"))
    ]
    assert faults == []
