"""A list of experiments as somebody asked for it, page by page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.experiments.experiment import Experiment
from core.text import straighten

ROWS = 10  # of a page
ALL = "all"
_TEAM = re.compile(r"(?i)\bteam=(?:\"([^\"]*)\"|(\S*))")


@dataclass(frozen=True)
class Listing:
    """A page of the tickets found, by number, from the one at `first` on; count: of all found.

    wanted: what was asked for, in one word. stale: numbers. team: whose, when not the reader's
    own: a name, or `all`; whose: then by number each ticket's team (its number and name).
    """

    wanted: str
    found: tuple[Experiment, ...]
    stale: frozenset[int]
    today: date
    count: int
    first: int = 0
    team: str = ""
    whose: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    @property
    def rest(self) -> int:
        """How many come after this page."""
        return self.count - self.first - ROWS


@dataclass(frozen=True)
class Mine:
    """One's own open tickets, by number; others: how many are somebody else's."""

    found: tuple[Experiment, ...]
    stale: frozenset[int]
    today: date
    others: int


def team_in(wanted: str) -> tuple[str, str]:
    """The team named by `team=vision` or `team="computer vision"`, "" without, and the rest."""
    found = _TEAM.search(straighten(wanted))
    if found is None:
        return "", wanted
    return (found[1] or found[2] or "").strip(), wanted[: found.start()] + wanted[found.end() :]


def page_with(first: int, count: int) -> int:
    """Where the page begins that holds the ticket at `first`; the last page beyond the end."""
    return max(0, min(first, count - 1)) // ROWS * ROWS
