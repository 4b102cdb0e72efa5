"""Sprint metrics derived from the board (source document, chapter 11), with their bands.

throughput: killed + promoted. cycle time: from Hypothesis to that decision. kill rate and
promotion rate: of all decisions of the document's Evaluation gate (kill, iterate, promote), as
only with the third kind its bands (60-80 %, 10-30 %) can hold at once. blocker frequency: opened.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean, median
from zoneinfo import ZoneInfo

import numpy as np
import scipy

from core.board.funnel import Move
from core.sprints.sprint import Span
from core.sprints.velocity import CHANCE, compared
from core.stats.proportion import wilson
from core.stats.sample import Interval

ENOUGH = 10  # decisions; below it nothing is said about a rate
KILL_BAND, PROMOTION_BAND = (0.6, 0.8), (0.1, 0.3)
_LEAST_CYCLES = 4  # in each half
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sprint:
    """What the board did in one sprint. cycles: days from Hypothesis to each decision."""

    span: Span
    killed: int = 0
    promoted: int = 0
    iterated: int = 0
    cycles: tuple[float, ...] = ()
    blockers: dict[str, int] = field(default_factory=dict)

    @property
    def throughput(self) -> int:
        """Experiments completed."""
        return self.killed + self.promoted

    @property
    def decisions(self) -> int:
        """Killed, promoted and iterated."""
        return self.throughput + self.iterated

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
class Rate:
    """k of n decisions against a healthy band. interval: 90 % Wilson, None without decisions.

    side: below | above | within | not enough data, by the share; is_clear: the whole interval
    lies outside the band.
    """

    k: int
    n: int
    band: tuple[float, float]
    interval: Interval | None
    side: str
    is_clear: bool
    trend: MetricTrend

    @property
    def share(self) -> float:
        """k of n."""
        return self.k / self.n if self.n else 0.0


@dataclass(frozen=True)
class Metrics:
    """Everything over the sprints asked for, oldest first. cycle_*: days, None without any."""

    sprints: tuple[Sprint, ...]
    kill: Rate
    promotion: Rate
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

    A decision counts when it stood at the end of its sprint: what is reopened later changes no
    sprint that is over, as with velocity (core.sprints.velocity).
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
    days = [(move, move.at.astimezone(where).date()) for move in moves]
    last = {move.number: (move, day) for move, day in days if day <= span.ends}
    ends = [move for move, day in last.values() if day >= span.starts]
    done = [move for move in ends if move.to in ("killed", "production")]
    cycles = [(m.at - began[m.number]) / _DAY for m in done if m.number in began]
    stuck = Counter(why for at, why in blockers if span.covers(at.astimezone(where).date()))
    return Sprint(
        span,
        killed=sum(move.to == "killed" for move in done),
        promoted=sum(move.to == "production" for move in done),
        iterated=sum(move.to == "iteration" and span.covers(day) for move, day in days),
        cycles=tuple(sorted(cycles)),
        blockers=dict(stuck),
    )


def metrics(sprints: Sequence[Sprint]) -> Metrics:
    """Rates, times and trends over those sprints."""
    cycles = [days for one in sprints for days in one.cycles]
    return Metrics(
        sprints=tuple(sprints),
        kill=_rate([(s.killed, s.decisions) for s in sprints], KILL_BAND),
        promotion=_rate([(s.promoted, s.decisions) for s in sprints], PROMOTION_BAND),
        throughput=_count_trend([s.throughput for s in sprints]),
        blockers=_count_trend([s.blocked for s in sprints]),
        cycle=_cycle_trend([s.cycles for s in sprints]),
        cycle_median=median(cycles) if cycles else None,
        cycle_mean=fmean(cycles) if cycles else None,
    )


def _rate(pairs: Sequence[tuple[int, int]], band: tuple[float, float]) -> Rate:
    k, n = sum(one for one, _ in pairs), sum(of for _, of in pairs)
    found = wilson(k, n) if n else None
    interval = found if isinstance(found, Interval) else None
    trend = _rate_trend(pairs)
    if n < ENOUGH or interval is None:
        return Rate(k, n, band, interval, "not enough data", False, trend)
    low, high = band
    side = "below" if k / n < low else "above" if k / n > high else "within"
    clear = interval.high < low or interval.low > high
    return Rate(k, n, band, interval, side, clear, trend)


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
