"""A small vocabulary of shape checks that report like Slack: sentence plus JSON pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """What is wrong so far, in Slack's wording."""

    messages: list[str] = field(default_factory=list)
    surface: str = "message"
    file_ids: frozenset[str] = frozenset()

    def error(self, at: str, sentence: str) -> None:
        """Add one complaint about the value at the JSON pointer ``at``."""
        self.messages.append(f"[ERROR] {sentence} [json-pointer:{at}]")


Check = Callable[[Any, str, Report], None]


@dataclass(frozen=True)
class Needed:
    """Marks a required field of a shape."""

    check: Check


Fields = Mapping[str, Check | Needed]


def string(most: int, least: int = 1) -> Check:
    """A string of ``least`` to ``most`` characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.error(at, "must be a string")
        elif len(value) < least:
            report.error(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            report.error(at, f"must be less than {most + 1} characters")

    return check


def flag(value: Any, at: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.error(at, "must be a boolean")


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.error(at, "must be an integer")
        elif not least <= value <= most:
            report.error(at, f"must be between {least} and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of some words."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in allowed:
            report.error(at, f"must be a valid enum value: {', '.join(allowed)}")

    return check


def anything(value: Any, at: str, report: Report) -> None:
    """No rule known for this field."""


def items(check: Check, least: int, most: int) -> Check:
    """A list of ``least`` to ``most`` things that each pass ``check``."""

    def run(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.error(at, "must be an array")
            return
        if len(value) < least:
            report.error(at, f"no fewer than {least} items allowed")
        if len(value) > most:
            report.error(at, f"no more than {most} items allowed")
        for index, item in enumerate(value):
            check(item, f"{at}/{index}", report)

    return run


def shape(*parts: Fields | Check) -> Check:
    """An object with exactly the fields of ``parts`` (``type`` aside), then rules across them."""
    fields: dict[str, Check | Needed] = {}
    rules: list[Check] = []
    for part in parts:
        if callable(part):
            rules.append(part)
        else:
            fields |= part

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.error(at, "must provide an object")
            return
        before = len(report.messages)
        _check_fields(value, at, report, fields)
        if len(report.messages) == before:
            for rule in rules:
                rule(value, at, report)

    return check


def _check_fields(value: dict[str, Any], at: str, report: Report, fields: Fields) -> None:
    for name, wanted in fields.items():
        if name in value:
            inner = wanted.check if isinstance(wanted, Needed) else wanted
            inner(value[name], f"{at}/{name}", report)
        elif isinstance(wanted, Needed):
            report.error(at, f"missing required field: {name}")
    for name in value.keys() - fields.keys() - {"type"}:
        report.error(at, f"invalid additional property: {name}")


def typed(table: Mapping[str, Check], allowed: Iterable[str] | None = None) -> Check:
    """An object whose ``type`` picks the check from ``table`` (only ``allowed`` ones)."""
    names = frozenset(table if allowed is None else allowed)

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.error(at, "must provide an object")
        elif "type" not in value:
            report.error(at, "missing required field: type")
        elif value["type"] not in names or value["type"] not in table:
            report.error(at, f"unsupported type: {value['type']}")
        else:
            table[value["type"]](value, at, report)

    return check


def exactly_one(*names: str) -> Check:
    """A rule: one of these fields, not several and not none."""

    def check(value: Any, at: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report.error(at, f"must define exactly one of: {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Check:
    """A rule: at least one of these fields."""

    def check(value: Any, at: str, report: Report) -> None:
        if not any(name in value for name in names):
            report.error(at, f"must define either `{'` or `'.join(names)}`")

    return check
