"""A list of experiments as somebody asked for it, page by page."""

from dataclasses import dataclass
from datetime import date

from core.experiments.experiment import Experiment

ROWS = 10  # of a page


@dataclass(frozen=True)
class Listing:
    """A page of the tickets found, by number, from the one at `first` on; count: of all found.

    wanted: what was asked for, in one word. stale: numbers.
    """

    wanted: str
    found: tuple[Experiment, ...]
    stale: frozenset[int]
    today: date
    count: int
    first: int = 0

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


def page_with(first: int, count: int) -> int:
    """Where the page begins that holds the ticket at `first`; the last page beyond the end."""
    return max(0, min(first, count - 1)) // ROWS * ROWS
