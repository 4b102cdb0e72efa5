"""One entry of the audit log, and what of the log somebody asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.errors import Refused
from core.quantity import experiment_id, experiment_number, is_experiment_id, time_span
from core.text import mentioned_users

_USER = re.compile(r"<@[^<>]*>")
_HIDDEN = {
    "progress_at", "stage_since", "decided_at", "decided_by", "live_by", "checkpoint",
    "approved_by",
}  # fmt: skip
USAGE = "Write `/exp audit`, and EXP-042, @name, last 2w or csv behind it."


@dataclass(frozen=True)
class AuditQuery:
    """number: an experiment, 0 for all; user: a person, "" for all; days back, 0 for all."""

    number: int = 0
    user: str = ""
    days: int = 0
    csv: bool = False

    @property
    def typed(self) -> str:
        """As it is typed, for a button's value."""
        parts = [experiment_id(self.number) if self.number else ""]
        parts += [
            f"<@{self.user}>" if self.user else "",
            f"last {self.days}d" if self.days else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Line:
    """Who did what to what, when, from → to by field, and why. user: whom it is about."""

    at: datetime
    who: str
    what: str
    number: int = 0
    user: str = ""
    steps: tuple[tuple[str, str, str], ...] = ()
    why: str = ""
    undone: bool = False
    subject: str = ""
    order: int = 0

    @property
    def about(self) -> str:
        """The experiment's id, else the thing it is about."""
        return experiment_id(self.number) if self.number else ("" if self.user else self.subject)


def read(text: str) -> AuditQuery:
    """What was asked for in `EXP-042 @name last 2w csv`, in any order. Raises Refused."""
    users, number, days, as_file = mentioned_users(text), 0, 0, False
    if len(users) > 1:
        raise Refused("One person at a time.", USAGE)
    words = [word for word in _USER.sub(" ", text).split() if word.lower() != "last"]
    for word in words:
        if word.lower() == "csv":
            as_file = True
        elif is_experiment_id(word):
            number = experiment_number(word)
        else:
            days = _days(word)
    return AuditQuery(number, users[0] if users else "", days, as_file)


def _days(word: str) -> int:
    try:
        return max(1, -(-time_span(word) // timedelta(days=1)))
    except Refused:
        raise Refused(f"I don't know “{word[:30]}” there.", USAGE) from None


def steps(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, from, to) of what differs and means something to people."""
    return [
        (name, plain(before.get(name)), plain(after[name]))
        for name in after
        if name not in _HIDDEN and before.get(name) != after[name]
    ]


def plain(value: Any) -> str:
    """A value as text; "" for none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
