"""Phases of an AI project by its age, with the source document's explore:exploit ratio."""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("exploration", "optimisation", "data", "ml_engineering")
KIND_NAMES = {
    "exploration": "exploration",
    "optimisation": "optimisation",
    "data": "data work",
    "ml_engineering": "ML engineering",
}
_DATA = 10  # per cent for data in a suggested split; the document names no figure for it


@dataclass(frozen=True)
class Phase:
    """One row of the document's table (chapter 1). explore: per cent; the rest is exploiting.

    until: the week since the project's start before which it ends; None for the last.
    """

    name: str
    explore: int
    until: int | None
    focus: str

    @property
    def ratio(self) -> str:
        """`90:10`."""
        return f"{self.explore}:{100 - self.explore}"


PHASES = (
    Phase("Discovery", 90, 4, "wide search: try five approaches, kill four"),
    Phase("Convergence", 50, 8, "two or three approaches compete, deeper experiments"),
    Phase("Optimization", 10, 12, "one approach, tuning, edge cases"),
    Phase("Productionization", 5, None, "latency, reliability, monitoring, deployment"),
)


def recommended(weeks: float) -> Phase:
    """The phase of a project that began so many weeks ago; past week 16 the last one stays."""
    return next(p for p in PHASES if p.until is None or weeks < p.until)


def suggested_split(phase: Phase) -> dict[str, int]:
    """Per cent of the capacity by kind of work, in steps of 5, 100 in all.

    A tenth goes to data; the rest follows the phase's ratio, and of the exploiting part most is
    optimisation, in productionization ML engineering.
    """
    explore = 5 * round(phase.explore * (100 - _DATA) / 500)
    exploit = 100 - _DATA - explore
    most = exploit - 5 * round(exploit / 15)
    building = most if phase.until is None else exploit - most
    return {
        "exploration": explore,
        "optimisation": exploit - building,
        "data": _DATA,
        "ml_engineering": building,
    }


def explore_share(split: Mapping[str, float]) -> float | None:
    """Exploring as a share of exploring and exploiting (0.9 = 90:10); data serves both and does
    not count. None when nothing is left to share.
    """
    explore = split.get("exploration", 0)
    both = explore + split.get("optimisation", 0) + split.get("ml_engineering", 0)
    return explore / both if both > 0 else None
