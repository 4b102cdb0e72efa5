"""How good a team's hypotheses are: predictions of decided experiments against what came of them,
and what became of the last ones, which is the honest start of a new prediction.

Brier (1950): mean squared error of the chances. The base rate beside it is the forecast that
says the team's own share of successes for every ticket; its error is share * (1 - share). It
knows that share afterwards, so it is hard to beat.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from core.experiments.experiment import Experiment
from core.stats.proportion import wilson
from core.stats.sample import Interval, NotComputable

ENOUGH = 10  # scored predictions before anything is said
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
LAST = 20
ENOUGH_DECIDED = 5  # of one's own; below it the team's count


@dataclass(frozen=True)
class Bin:
    """Predictions with a chance in [low, high) (the last one includes 1). said: their mean."""

    low: float
    high: float
    count: int
    said: float
    happened: float


@dataclass(frozen=True)
class Row:
    """One sprint's scored predictions. loss: mean squared error, None without chances."""

    label: str
    chances: int
    loss: float | None
    ranges: int
    held: int


@dataclass(frozen=True)
class Quality:
    """chances, ranges: how many were scored. loss, base_loss, bins: None and empty below ENOUGH;
    share, interval: of ranges that held (95 % Wilson), None below ENOUGH. silent: decided without
    any prediction.
    """

    chances: int
    ranges: int
    silent: int
    loss: float | None
    base_loss: float | None
    rate: float | None
    bins: tuple[Bin, ...]
    held: int
    share: float | None
    interval: Interval | None
    trend: tuple[Row, ...]


class Scored(NamedTuple):
    """Decided tickets with a prediction, summed up: those of one sprint (`place`, its number less
    one; -1 outside all) whose chances lie in one of BINS (`bin`; None: no chance was said).

    made: how many; said: sum of their chances; hits: promoted ones among those with a chance;
    loss: sum of squared errors; ranges: with a range and a result; held: whose result is within.
    """

    place: int
    bin: int | None
    made: int
    said: float
    hits: int
    loss: float
    ranges: int
    held: int


def quality(scored: Sequence[Scored], decided: int) -> Quality:
    """The record of that many decided tickets, of which those were predicted."""
    chances = [one for one in scored if one.bin is not None]
    count, ranges = sum(one.made for one in chances), sum(one.ranges for one in scored)
    held = sum(one.held for one in scored)
    known = count >= ENOUGH
    rate = sum(one.hits for one in chances) / count if known else None
    return Quality(
        chances=count,
        ranges=ranges,
        silent=decided - sum(one.made for one in scored),
        loss=sum(one.loss for one in chances) / count if known else None,
        base_loss=rate * (1 - rate) if rate is not None else None,
        rate=rate,
        bins=_bins(chances) if known else (),
        held=held,
        share=held / ranges if ranges >= ENOUGH else None,
        interval=_interval(held, ranges),
        trend=_trend(scored),
    )


def _interval(held: int, count: int) -> Interval | None:
    found = wilson(held, count, confidence=0.95) if count >= ENOUGH else None
    return None if isinstance(found, NotComputable) else found


def _bins(chances: Sequence[Scored]) -> tuple[Bin, ...]:
    found = []
    for place, (low, high) in enumerate(BINS):
        inside = [one for one in chances if one.bin == place]
        if inside:
            count = sum(one.made for one in inside)
            said = sum(one.said for one in inside) / count
            found.append(Bin(low, high, count, said, sum(one.hits for one in inside) / count))
    return tuple(found)


def _trend(scored: Sequence[Scored]) -> tuple[Row, ...]:
    sprints: dict[int, list[Scored]] = {}
    for one in sorted(scored, key=lambda one: one.place):
        sprints.setdefault(one.place, []).append(one)
    return tuple(_row(place, of_it) for place, of_it in sprints.items())


def _row(place: int, scored: Sequence[Scored]) -> Row:
    chances = sum(one.made for one in scored if one.bin is not None)
    return Row(
        label="Before sprint 1" if place < 0 else f"Sprint {place + 1}",
        chances=chances,
        loss=sum(one.loss for one in scored) / chances if chances else None,
        ranges=sum(one.ranges for one in scored),
        held=sum(one.held for one in scored),
    )


@dataclass(frozen=True)
class BaseRate:
    """The last decided experiments. own: the person's; else the whole team's; wide: those of all
    teams that the reader may read.

    days: median calendar days from the start of the box (else from writing) to the decision;
    gpu: median GPU-hours. count below ENOUGH: too few to say anything.
    """

    own: bool
    count: int
    promoted: int
    days: float
    gpu: float
    wide: bool = False

    @property
    def is_known(self) -> bool:
        """Enough were decided to say something."""
        return self.count >= ENOUGH_DECIDED


def base_rate(
    tickets: Sequence[Experiment], owner: str, ours: Collection[int] | None = None
) -> BaseRate:
    """Of the owner's last 20 decided tickets; of the team's when the owner has fewer than five; of
    all when the team has fewer, too. ours: the team's numbers, None when all are.
    """
    decided = [one for one in tickets if not one.is_open and one.decided_at]
    decided.sort(key=lambda one: (one.decided_at or one.created_at, one.number))
    mine = [one for one in decided if one.owner == owner]
    own = len(mine) >= ENOUGH_DECIDED
    team = [one for one in decided if ours is None or one.number in ours]
    wide = not own and len(team) < ENOUGH_DECIDED <= len(decided)
    last = (mine if own else decided if wide else team)[-LAST:]
    if not last:
        return BaseRate(own, 0, 0, 0.0, 0.0)
    return BaseRate(
        own=own,
        count=len(last),
        promoted=sum(one.stage == "production" for one in last),
        days=median(_days(one) for one in last),
        gpu=median(one.gpu_used for one in last),
        wide=wide,
    )


def _days(one: Experiment) -> int:
    assert one.decided_at is not None
    starts = one.box_starts or one.created_at.date()
    return max(0, (one.decided_at.date() - starts).days)
