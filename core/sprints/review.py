"""What a sprint taught and brought: the facts of its review, frozen when it is held."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.experiments.rates import Rates
from core.experiments.words import Decided, Rate, kill_rate, promotion_rate

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
class Judged:
    """An experiment's newest judgement by the eval gate in the sprint. decision: GO | HOLD |
    NO-GO; why: its first reason; worse: metrics that fell behind the baseline; safety: a safety
    metric was among them; sliced: some metric was compared by group.
    """

    number: int
    decision: str
    why: str = ""
    worse: tuple[str, ...] = ()
    safety: bool = False
    sliced: bool = False


@dataclass(frozen=True)
class Open:
    """A commitment that was not decided, and where it stands."""

    number: int
    title: str
    stage: str


@dataclass(frozen=True)
class Review:
    """A sprint's review. Days as ISO text; as_of: when the facts were read, with offset.

    committed: at planning; kept: of these, decided by then; counts: velocities of past sprints,
    oldest first; gate: everything decided in sprints `first` to this one; data: the Data Readiness
    Rate in words; trend: recent, before and p, None when there are too few sprints.
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
    gate: Decided
    first: int
    gpu_used: float
    capacity: float | None
    data: str
    judged: tuple[Judged, ...] = ()
    rates: Rates = field(default_factory=Rates)
    work: float = 0.0
    drift: int = 0

    @property
    def velocity(self) -> int:
        """Experiments decided in it with learnings."""
        return len(self.results)

    @property
    def kill_rate(self) -> Rate:
        """Of everything decided in those sprints."""
        return kill_rate(self.gate)

    @property
    def promotion_rate(self) -> Rate:
        """Of everything decided in those sprints."""
        return promotion_rate(self.gate)

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
        "rates": Rates(**plain.get("rates", {})),
        "judged": tuple(
            Judged(**{**one, "worse": tuple(one["worse"])}) for one in plain.get("judged", ())
        ),
        "counts": tuple(plain["counts"]),
        "trend": tuple(trend) if trend else None,
        "gate": Decided(**plain["gate"]),
    }
    return Review(**{**plain, **nested})
