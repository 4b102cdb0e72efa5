"""The Kanban board of the source document (chapter 11): columns, WIP limits, exit gates.

The document has no column for Iteration: it stands on the board beside the others, without a
limit until a lead sets one. A limit refuses what moves in, never what moves out or is killed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import Refused
from core.experiments.experiment import Experiment
from core.experiments.rollout import is_rolling_out
from core.experiments.words import days_late

COLUMNS = ("hypothesis", "experiment", "evaluation", "iteration", "production", "killed")
LIMITED = COLUMNS[:-1]
LIMITS: Mapping[str, int | None] = {
    "hypothesis": 5,
    "experiment": 3,
    "evaluation": 4,
    "iteration": None,
    "production": 2,
}
GATES = {
    "hypothesis": "dataset ready, baseline measured",
    "experiment": "training complete, results logged",
    "evaluation": "kill, iterate or promote decided and documented",
    "iteration": "a new result since the iteration began",
    "production": "model serving in production, monitoring active",
    "killed": "",
}
MOST = 99
FIRST = 3  # so many are named as those to finish first
_LIMIT = re.compile(r"^(\w+)[=:](\w+)$")
_NONE = {"none", "off", "no", "unlimited", "0"}


@dataclass(frozen=True)
class Card:
    """One experiment on the board. days: in its stage. marks: what is wrong, in words.

    details: (label, words) of its column's card fields.
    """

    ticket: Experiment
    owner: str
    days: int
    marks: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    box: str = ""


@dataclass(frozen=True)
class Column:
    """One stage. limit: None for none. taken: how many cards count against it. more: what is not
    shown, in words.
    """

    name: str
    limit: int | None
    taken: int
    cards: tuple[Card, ...]
    gate: str
    more: str = ""

    @property
    def is_full(self) -> bool:
        """Nothing more may move in."""
        return self.limit is not None and self.taken >= self.limit

    @property
    def load(self) -> str:
        """`3/3 full`, `4/3 over its limit`, `2`."""
        if self.limit is None:
            return str(self.taken)
        over = "over its limit" if self.taken > self.limit else "full" if self.is_full else ""
        return f"{self.taken}/{self.limit} {over}".strip()


@dataclass(frozen=True)
class Board:
    """The columns that were asked for. wanted: whose or which, in words, "" for all. backlog: how
    many wait before the first column.
    """

    columns: tuple[Column, ...]
    wanted: str = ""
    backlog: int = 0

    @property
    def opened(self) -> int:
        """Open experiments of what was asked for, those in the backlog too."""
        cards = (card for column in self.columns for card in column.cards)
        return self.backlog + sum(card.ticket.is_open for card in cards)


def limits(chosen: Mapping[str, int | None]) -> dict[str, int | None]:
    """The limit of every column that can have one: the team's choice, else the default."""
    return {**LIMITS, **chosen}


def read_limits(text: str) -> dict[str, int | None]:
    """`experiment=4 production=none` as typed. Raises Refused."""
    found: dict[str, int | None] = {}
    for word in re.sub(r"\s{0,9}([=:])\s{0,9}", r"\1", text.strip()).split():
        typed = _LIMIT.match(word)
        if not typed:
            raise Refused(
                f"“{word[:30]}” is no limit.", "Write it like `/board limits experiment=4`."
            )
        found[_column(typed.group(1))] = _most(typed.group(2))
    return found


def _column(word: str) -> str:
    named = [one for one in LIMITED if one.startswith(word.lower())]
    if len(named) != 1:
        raise Refused(
            f"“{word[:30]}” is no column with a limit.", f"There are {', '.join(LIMITED)}."
        )
    return named[0]


def _most(word: str) -> int | None:
    if word.lower() in _NONE:
        return None
    if not word.isascii() or not word.isdigit() or not 1 <= int(word[:4]) <= MOST:
        raise Refused(
            f"“{word[:20]}” is no limit: it is a number from 1 to {MOST}, or none.",
            "Write it like `/board limits experiment=4`.",
        )
    return int(word)


def inside(column: str, experiments: Sequence[Experiment], now: datetime) -> list[Experiment]:
    """Those that take a place in that column: in Production only what is being rolled out."""
    if column == "production":
        return [e for e in experiments if is_rolling_out(e, now)]
    return [e for e in experiments if e.stage == column]


def days_in_stage(today: date, since: date) -> int:
    """Whole days on the team's calendar since the day it came into its stage."""
    return max(0, (today - since).days)


def finish_first(within: Sequence[Experiment], today: date) -> list[Experiment]:
    """Those of a column to finish first: over their box (the latest first), then the oldest."""
    return sorted(within, key=lambda e: (-days_late(e, today), e.stage_since, e.number))


def full(
    ticket: Experiment,
    column: Column,
    first: Sequence[tuple[Experiment, str, str]],
    force: str,
) -> Refused:
    """The refusal of a move into a full column.

    first: what to finish first, whose, and since when in words. force: what a lead can type.
    """
    named = " or ".join(f"{e.id} ({owner}, {why})" for e, owner, why in first)
    how = ""
    if column.name == "production":
        how = f" (`/exp update {first[0][0].id} deploy=live monitoring=on` once it serves)"
    return Refused(
        f"{column.name.capitalize()} is full ({column.taken} of {column.limit}), so {ticket.id} "
        f"stays in {ticket.stage}: finish {named} first{how}.",
        f"A lead can raise the limit (`/board limits {column.name}={column.taken + 1}`) or go "
        f"past it once (`{force}`).",
    )
