"""Velocity: experiments decided (killed or promoted) with what was learned, sprint by sprint."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, overload
from zoneinfo import ZoneInfo

import scipy

from core.experiments.experiment import CLOSED
from core.sprints.sprint import Span
from core.stats.throughput import reached_by

COUNTED = ("killed", "promoted")
MIN_SPRINTS = 3  # before it nothing is said about what a sprint usually holds
TREND_OF = 3  # sprints on either side of a comparison
DRAWN = 12  # past sprints that are drawn as bars
SURE = 0.85
CHANCE = 0.05


@dataclass(frozen=True)
class Decision:
    """A completed experiment: killed | promoted, on a day of the team's calendar, with learnings.

    gpu: GPU-hours it used in all.
    """

    number: int
    outcome: str
    on: date
    kind: str = "exploration"
    gpu: float = 0.0

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return vars(self) | {"on": self.on.isoformat()}


@dataclass(frozen=True)
class Frozen(Sequence[Decision]):
    """What a closed sprint had decided: how many on each of its days is known at once, the rest is
    read if need be.
    """

    by_day: Sequence[int]
    read: Callable[[], Sequence[Decision]]

    def __len__(self) -> int:
        """How many."""
        return sum(self.by_day)

    @overload
    def __getitem__(self, at: int) -> Decision: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Decision]: ...
    def __getitem__(self, at: int | slice) -> Decision | Sequence[Decision]:
        """One of them, or some; reads them."""
        return self._all[at]

    def __iter__(self) -> Iterator[Decision]:
        """Oldest first; reads them."""
        return iter(self._all)

    @cached_property
    def _all(self) -> Sequence[Decision]:
        return self.read()


@dataclass(frozen=True)
class Past:
    """One sprint that is over and what was decided in it."""

    span: Span
    decided: Sequence[Decision]

    @property
    def count(self) -> int:
        """Its velocity."""
        return len(self.decided)

    @property
    def by_day(self) -> Sequence[int]:
        """How many were decided on each of its days."""
        if isinstance(self.decided, Frozen):
            return self.decided.by_day
        days = Counter((one.on - self.span.starts).days for one in self.decided)
        return [days[at] for at in range(self.span.days)]


@dataclass(frozen=True)
class VelocityTrend:
    """recent, before: experiments a sprint in the last three sprints and in the three before.

    word: up | down | no clear change; p: two-sided, that equal sprints differ as much.
    """

    recent: float
    before: float
    word: str
    p: float


def load(kept: dict[str, Any]) -> Decision:
    """The decision that `stored` made plain."""
    return Decision(**kept | {"on": date.fromisoformat(kept["on"])})


class Done(Protocol):
    """What a decision is read from: a ticket, or a row with these of its columns."""

    @property
    def number(self) -> int:
        """Of the ticket."""

    @property
    def stage(self) -> str:
        """Where it is now."""

    @property
    def outcome(self) -> str:
        """How it was decided."""

    @property
    def decided_at(self) -> datetime | None:
        """When it was decided."""

    @property
    def kind_of_work(self) -> str:
        """One of core.experiments.worth.KINDS."""

    @property
    def gpu_used(self) -> float:
        """GPU-hours."""

    @property
    def learnings(self) -> str:
        """What was learned."""


def decisions(experiments: Iterable[Done], where: ZoneInfo) -> list[Decision]:
    """Every completed experiment (decision and documented learnings), oldest first."""
    found = [
        Decision(e.number, e.outcome, e.decided_at.astimezone(where).date(), e.kind_of_work,
                 e.gpu_used)
        for e in experiments
        if e.stage in CLOSED and e.outcome in COUNTED and e.decided_at and e.learnings.strip()
    ]  # fmt: skip
    return sorted(found, key=lambda d: (d.on, d.number))


def within(found: Sequence[Decision], span: Span) -> tuple[Decision, ...]:
    """Those of that sprint's days. found: oldest first."""
    first = bisect_left(found, span.starts, key=_day)
    return tuple(found[first : bisect_right(found, span.ends, key=_day)])


def _day(decision: Decision) -> date:
    return decision.on


def trend(past: Sequence[Past]) -> VelocityTrend | None:
    """The last three sprints against the three before; None under six sprints.

    Equal sprints share their decisions like a fair coin (two Poisson counts, given their sum).
    """
    counts = [one.count for one in past]
    if len(counts) < 2 * TREND_OF:
        return None
    recent, before = sum(counts[-TREND_OF:]), sum(counts[-2 * TREND_OF : -TREND_OF])
    word, p = compared(recent, before)
    return VelocityTrend(recent / TREND_OF, before / TREND_OF, word, p)


def compared(recent: int, before: int) -> tuple[str, float]:
    """up | down | no clear change, and p, of two counts over equally many sprints."""
    total = recent + before
    p = float(scipy.stats.binomtest(recent, total, 0.5).pvalue) if total else 1.0
    return "no clear change" if p > CHANCE else "up" if recent > before else "down", p


def sure_count(counts: Sequence[int]) -> int | None:
    """The most experiments that 85 % of the past sprints decided; None under three sprints."""
    if len(counts) < MIN_SPRINTS:
        return None
    return max(k for k in {0, *counts} if chance_of(counts, k) >= SURE - 1e-9)


def chance_of(counts: Sequence[int], need: int) -> float:
    """The share of past sprints in which at least so many were decided (P85 by resampling)."""
    found = reached_by(counts, need, horizon=1)
    assert isinstance(found, tuple)
    return found[0]


def later_counts(past: Sequence[Past], *, day: int, of: int) -> list[int]:
    """In every past sprint: how many were decided after the same part of it (day of `of`)."""
    return [
        sum(n for at, n in enumerate(one.by_day, start=1) if at > day * one.span.days / of)
        for one in past
    ]
