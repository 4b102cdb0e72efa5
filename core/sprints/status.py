"""Where a running sprint stands."""

from dataclasses import dataclass
from datetime import date

from core.sprints.plan import Kept
from core.sprints.velocity import MIN_SPRINTS, chance_of, sure_count


@dataclass(frozen=True)
class SprintOutlook:
    """The chance that everything committed is decided by the end, by the team's own pace.

    need: still undecided; past: in each past sprint, how many were decided after this day of it;
    chance: None under three past sprints. sure: how many more 85 % of them decided.
    """

    need: int
    past: tuple[int, ...]
    chance: float | None
    sure: int = 0


@dataclass(frozen=True)
class Standing:
    """A sprint today. day: 1 … of; capacity, gpu_used: GPU-hours of the sprint.

    blockers: what holds people up, in words; extra: decided without having been committed.
    """

    number: int
    starts: date
    ends: date
    day: int
    of: int
    planned: bool
    goal: str
    kept: tuple[Kept, ...]
    extra: tuple[str, ...]
    capacity: float | None
    gpu_used: float
    blockers: tuple[str, ...]
    outlook: SprintOutlook

    @property
    def now(self) -> tuple[Kept, ...]:
        """What is committed to now."""
        return tuple(one for one in self.kept if not one.gone)

    def of_state(self, state: str) -> tuple[Kept, ...]:
        """Those of what is committed in that state: decided | running | not started."""
        return tuple(one for one in self.now if one.state == state)


def outlook(need: int, past: tuple[int, ...]) -> SprintOutlook:
    """The chance by resampling what past sprints still decided from this day on."""
    if len(past) < MIN_SPRINTS:
        return SprintOutlook(need, past, None)
    return SprintOutlook(need, past, chance_of(past, need), sure_count(past) or 0)
