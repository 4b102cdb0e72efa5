"""What a simulation of the source document's board is asked for, and what happens in it.

Its controls (chapter 11): Advance Sprint is `sprints`; the other five are events.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused

ADD, DATA, GPU = "add-experiment", "data-quality", "gpu-shortage"
REGRESSION, SCOPE = "eval-regression", "scope-change"
EVENTS = (ADD, DATA, GPU, REGRESSION, SCOPE)
DAYS = 10  # working days of a sprint
LENGTH = 14  # calendar days of a sprint
COLUMNS = (
    "backlog",
    "hypothesis",
    "experiment",
    "evaluation",
    "iteration",
    "production",
    "killed",
)
LIMITS = {"hypothesis": 5, "experiment": 3, "evaluation": 4, "production": 2}
A_CREW = 7  # experiments a sprint that the limits of one crew let through
MOST_SPRINTS, MOST_EXPERIMENTS, MOST_EVENTS = 52, 2000, 40
_EVENT = re.compile(r"([a-z-]+)@(\d{1,3})")


@dataclass(frozen=True)
class Event:
    """Something that goes wrong in that sprint (from 1)."""

    kind: str
    sprint: int

    @property
    def typed(self) -> str:
        """As it is typed: `data-quality@2`."""
        return f"{self.kind}@{self.sprint}"


@dataclass(frozen=True)
class GameSettings:
    """What to play. crews: how many times the document's WIP limits hold; first: the number of
    the first experiment; leads of `people` decide. lull: sprints at the end without new ideas.
    """

    sprints: int = 6
    experiments: int = 40
    events: tuple[Event, ...] = ()
    crews: int = 1
    first: int = 1
    people: int = 7
    lull: float = 0.0

    def limit(self, column: str) -> int:
        """The WIP limit of that column."""
        return LIMITS[column] * self.crews


@dataclass(frozen=True)
class Happening:
    """One thing that happened on a working day (from 0), so many minutes after nine.

    kind: created | edited | ready | moved | reported | killed | promoted | served | reopened |
    blocked | freed | committed | added | dropped. number: the experiment, 0 for all of them;
    who: place in the list of people. value, target, gpu (hours since the last), text: as the kind
    needs them. predicted: low and high of the final result, and the chance of promotion.
    """

    day: int
    minute: int
    kind: str
    number: int
    who: int
    to: str = ""
    value: float | None = None
    target: float | None = None
    gpu: float = 0.0
    text: str = ""
    numbers: tuple[int, ...] = ()
    final: bool = False
    predicted: tuple[float, float, float] | None = None


def crews_for(experiments: int, sprints: int) -> int:
    """How many crews with the document's limits get about so many experiments through."""
    return max(1, round(experiments / (sprints * A_CREW)))


def wish(sprints: int, experiments: int, typed: Sequence[str], *, crews: int = 0) -> GameSettings:
    """What was typed, checked. Raises Refused with one sentence."""
    for name, value, most in (
        ("sprints", sprints, MOST_SPRINTS),
        ("experiments", experiments, MOST_EXPERIMENTS),
    ):
        if not 1 <= value <= most:
            raise Refused(f"{value} {name} cannot be played.", f"Take 1 to {most}.")
    if not 0 <= crews <= 100:
        raise Refused(f"{crews} crews cannot be played.", "Take 1 to 100.")
    if len(typed) > MOST_EVENTS:
        raise Refused(f"{len(typed)} events are too many.", f"At most {MOST_EVENTS} are played.")
    events = tuple(_event(one, sprints) for one in typed)
    order = sorted(events, key=lambda one: one.sprint)
    return GameSettings(
        sprints, experiments, tuple(order), crews or crews_for(experiments, sprints)
    )


def _event(typed: str, sprints: int) -> Event:
    found = _EVENT.fullmatch(typed.strip().lower())
    if found is None or found.group(1) not in EVENTS:
        raise Refused(
            f"“{typed[:40]}” is no event.", f"Write KIND@SPRINT with {', '.join(EVENTS)}."
        )
    event = Event(found.group(1), int(found.group(2)))
    if not 1 <= event.sprint <= sprints:
        raise Refused(
            f"{event.typed} is outside the {sprints} sprints that are played.",
            f"Take a sprint from 1 to {sprints}.",
        )
    return event


def on(day: int, starts: date) -> date:
    """The date of a working day, sprints starting on that Monday."""
    sprint, within = divmod(day, DAYS)
    week, weekday = divmod(within, 5)
    return starts + timedelta(days=LENGTH * sprint + 7 * week + weekday)
