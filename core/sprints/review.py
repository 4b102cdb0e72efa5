"""What a sprint taught and brought: the facts of its review, frozen when it is held."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.stats.proportion import wilson
from core.stats.sample import NotComputable

KILLED_BAND, PROMOTED_BAND = (0.6, 0.8), (0.1, 0.3)  # the source document's healthy shares
MIN_DECIDED = 5
WINDOW = 6  # sprints the shares are taken over: one alone decides too few
MOST_LEARNED = 8


@dataclass(frozen=True)
class Learned:
    """One thing learned. about: experiment numbers; name: who wrote it."""

    text: str
    name: str
    about: tuple[int, ...] = ()


@dataclass(frozen=True)
class Result:
    """A decided experiment. final, target: of its metric, None when not measured or set."""

    number: int
    title: str
    outcome: str
    metric: str
    direction: str
    final: float | None
    target: float | None
    committed: bool


@dataclass(frozen=True)
class Open:
    """A commitment that was not decided, and where it stands."""

    number: int
    title: str
    stage: str


@dataclass(frozen=True)
class Share:
    """count of `of`, with the band that is healthy."""

    count: int
    of: int
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """few | healthy | unclear (outside, but chance could do that) | outside."""
        if self.of < MIN_DECIDED:
            return "few"
        share = self.count / self.of
        if self.low <= share <= self.high:
            return "healthy"
        seen = wilson(self.count, self.of, confidence=0.95)
        if isinstance(seen, NotComputable) or (seen.high >= self.low and seen.low <= self.high):
            return "unclear"
        return "outside"


@dataclass(frozen=True)
class Review:
    """A sprint's review. Days as ISO text; as_of: when the facts were read, with offset.

    committed: at planning; kept: of these, decided by then; counts: velocities of past sprints,
    oldest first; decided, killed, promoted: over `sprints` sprints with this one; data: the Data
    Readiness Rate in words; trend: recent, before and p, None when there are too few sprints.
    """

    number: int
    starts: str
    ends: str
    as_of: str
    goal: str
    learned: tuple[Learned, ...]
    more_learned: int
    results: tuple[Result, ...]
    open: tuple[Open, ...]
    planned: bool
    committed: int
    kept: int
    added: int
    removed: int
    counts: tuple[int, ...]
    trend: tuple[float, float, float, str] | None
    decided: int
    killed: int
    promoted: int
    sprints: int
    gpu_used: float
    capacity: float | None
    data: str

    @property
    def velocity(self) -> int:
        """Experiments decided in it with learnings."""
        return len(self.results)

    @property
    def kill_rate(self) -> Share:
        """Killed out of decided."""
        return Share(self.killed, self.decided, *KILLED_BAND)

    @property
    def promotion_rate(self) -> Share:
        """Promoted out of decided."""
        return Share(self.promoted, self.decided, *PROMOTED_BAND)

    @property
    def gpu_per_decision(self) -> float | None:
        """GPU-hours used in the sprint per experiment decided; None without a decision."""
        return self.gpu_used / self.velocity if self.velocity else None


def freeze(review: Review) -> dict[str, Any]:
    """The review as JSON keeps it."""
    return asdict(review)


def thaw(plain: Mapping[str, Any]) -> Review:
    """The review that `freeze` made plain (and JSON made lists of)."""
    trend = plain["trend"]
    nested = {
        "learned": tuple(
            Learned(one["text"], one["name"], tuple(one["about"])) for one in plain["learned"]
        ),
        "results": tuple(Result(**one) for one in plain["results"]),
        "open": tuple(Open(**one) for one in plain["open"]),
        "counts": tuple(plain["counts"]),
        "trend": tuple(trend) if trend else None,
    }
    return Review(**{**plain, **nested})
