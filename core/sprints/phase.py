"""Phases of an AI project by its age, with the source document's explore:exploit ratio."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Refused

_DATA = 10  # per cent for data in a suggested split; the document names no figure for it


@dataclass(frozen=True)
class Phase:
    """One row of the document's table (chapter 1). explore: per cent; the rest is exploiting.

    until: the week since the project's start before which it ends; None for the last. role: what
    the Scrum master does in it.
    """

    name: str
    explore: int
    until: int | None
    focus: str
    role: str = ""

    @property
    def key(self) -> str:
        """`convergence`."""
        return self.name.lower()

    @property
    def ratio(self) -> str:
        """`90:10`."""
        return f"{self.explore}:{100 - self.explore}"


PHASES = (
    Phase("Discovery", 90, 4, "wide search: try five approaches, kill four",
          "protect research time, resist pressure to “pick one and go”"),
    Phase("Convergence", 50, 8, "two or three approaches compete, deeper experiments",
          "set decision gates, track eval metrics, prepare kill criteria"),
    Phase("Optimization", 10, 12, "one approach, tuning, edge cases",
          "track diminishing returns, push for production readiness"),
    Phase("Productionization", 5, None, "latency, reliability, monitoring, deployment",
          "coordinate ML engineering and infrastructure, handoff checklists, launch planning"),
)  # fmt: skip
LAST_WEEK = 16  # the document's last phase ends there


def recommended(weeks: float) -> Phase:
    """The phase of a project that began so many weeks ago; past week 16 the last one stays."""
    return next(p for p in PHASES if p.until is None or weeks < p.until)


def named(text: str) -> Phase:
    """The phase people mean by a word: its beginning, either spelling. Raises Refused."""
    word = text.strip().casefold().replace("isation", "ization").rstrip(".:,")
    known = {phase.key: phase for phase in PHASES} | {"production": PHASES[-1]}
    starts = [phase for key, phase in known.items() if len(word) >= 3 and key.startswith(word)]
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.75)
    if starts or near:
        return starts[0] if starts else known[near[0]]
    names = ", ".join(phase.key for phase in PHASES)
    raise Refused(f"“{text[:30]}” is no phase.", f"It is one of {names}.")


def begins(phase: Phase) -> int:
    """The week since the project's start (from 0) in which the document lets it begin."""
    place = PHASES.index(phase)
    return (PHASES[place - 1].until or 0) if place else 0


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
