"""Sprint metrics derived from the board (source document, chapter 11).

throughput: finished, killed + promoted. cycle time: from Hypothesis to that. Kill and promotion
rate are those of core/experiments/words. blocker frequency: opened.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean, median
from zoneinfo import ZoneInfo

import numpy as np
import scipy

from core.experiments.words import (
    ENOUGH,
    NOTHING,
    Decided,
    Move,
    Rate,
    decided,
    ends,
    kill_rate,
    promotion_rate,
)
from core.sprints.sprint import Span
from core.sprints.velocity import CHANCE, compared

_LEAST_CYCLES = 4  # in each half
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sprint:
    """What the board did in one sprint. cycles: days from Hypothesis to each kill or promotion."""

    span: Span
    decided: Decided = NOTHING
    cycles: tuple[float, ...] = ()
    blockers: dict[str, int] = field(default_factory=dict)

    @property
    def blocked(self) -> int:
        """Blockers opened."""
        return sum(self.blockers.values())


@dataclass(frozen=True)
class MetricTrend:
    """The later half of the sprints against the earlier. word: up | down | no clear change | not
    enough data; p: that equal halves differ as much, or None.
    """

    word: str
    p: float | None = None


@dataclass(frozen=True)
class Metrics:
    """Everything over the sprints asked for, oldest first. cycle_*: days, None without any."""

    sprints: tuple[Sprint, ...]
    kill: Rate
    promotion: Rate
    kill_trend: MetricTrend
    promotion_trend: MetricTrend
    throughput: MetricTrend
    blockers: MetricTrend
    cycle: MetricTrend
    cycle_median: float | None
    cycle_mean: float | None

    @property
    def is_outside(self) -> bool:
        """A rate lies outside its band, and chance does not explain it."""
        return self.kill.is_clear or self.promotion.is_clear


Opened = tuple[datetime, str]  # when a blocker was opened, and its cause or kind


def began_of(moves: Sequence[Move]) -> dict[int, datetime]:
    """When each experiment first became a hypothesis, by number. moves: oldest first."""
    began: dict[int, datetime] = {}
    for move in moves:
        if move.to == "hypothesis":
            began.setdefault(move.number, move.at)
    return began


def by_sprint(
    moves: Sequence[Move],
    blockers: Sequence[Opened],
    spans: Sequence[Span],
    where: ZoneInfo,
    *,
    began: Mapping[int, datetime],
) -> list[Sprint]:
    """Each sprint's figures. moves: changes of stage since the first of them began that stand,
    oldest first; began: when an experiment first became a hypothesis, by number.
    """
    return [_one(moves, blockers, span, where, began=began) for span in spans]


def _one(
    moves: Sequence[Move],
    blockers: Sequence[Opened],
    span: Span,
    where: ZoneInfo,
    *,
    began: Mapping[int, datetime],
) -> Sprint:
    start, end = span.bounds(where)
    done = [move for move in ends(moves, start, end) if move.to in ("killed", "production")]
    cycles = [(m.at - began[m.number]) / _DAY for m in done if m.number in began]
    stuck = Counter(why for at, why in blockers if start <= at < end)
    return Sprint(span, decided(moves, start, end), tuple(sorted(cycles)), dict(stuck))


def metrics(sprints: Sequence[Sprint]) -> Metrics:
    """Rates, times and trends over those sprints."""
    cycles = [days for one in sprints for days in one.cycles]
    each = [one.decided for one in sprints]
    every = sum(each, NOTHING)
    return Metrics(
        sprints=tuple(sprints),
        kill=kill_rate(every),
        promotion=promotion_rate(every),
        kill_trend=_rate_trend([(d.killed, d.decisions) for d in each]),
        promotion_trend=_rate_trend([(d.promoted, d.decisions) for d in each]),
        throughput=_count_trend([d.finished for d in each]),
        blockers=_count_trend([s.blocked for s in sprints]),
        cycle=_cycle_trend([s.cycles for s in sprints]),
        cycle_median=median(cycles) if cycles else None,
        cycle_mean=fmean(cycles) if cycles else None,
    )


def _word(recent: float, before: float, p: float) -> MetricTrend:
    if p > CHANCE:
        return MetricTrend("no clear change", p)
    return MetricTrend("up" if recent > before else "down", p)


def _count_trend(counts: Sequence[int]) -> MetricTrend:
    half = len(counts) // 2
    recent, before = sum(counts[-half:] if half else []), sum(counts[-2 * half : -half or None])
    if half < 2 or recent + before < ENOUGH:
        return MetricTrend("not enough data")
    return MetricTrend(*compared(recent, before))


def _rate_trend(pairs: Sequence[tuple[int, int]]) -> MetricTrend:
    """Fisher's exact test on the two halves."""
    half = len(pairs) // 2
    if half < 2:
        return MetricTrend("not enough data")
    (a, n), (b, m) = _added(pairs[-half:]), _added(pairs[-2 * half : -half])
    if min(n, m) < ENOUGH // 2:
        return MetricTrend("not enough data")
    p = float(scipy.stats.fisher_exact(np.array([[a, n - a], [b, m - b]])).pvalue)
    return _word(a / n, b / m, p)


def _added(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(one for one, _ in pairs), sum(of for _, of in pairs)


def _cycle_trend(cycles: Sequence[Sequence[float]]) -> MetricTrend:
    """Mann-Whitney's test on the two halves."""
    half = len(cycles) // 2
    recent = [days for one in cycles[-half:] for days in one] if half > 1 else []
    before = [days for one in cycles[-2 * half : -half] for days in one] if half > 1 else []
    if min(len(recent), len(before)) < _LEAST_CYCLES:
        return MetricTrend("not enough data")
    p = float(scipy.stats.mannwhitneyu(recent, before).pvalue)
    return _word(median(recent), median(before), p)
