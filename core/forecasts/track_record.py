"""How good our ranges were: closed forecasts scored, no change and the document beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from core.experiments.metric import SAME
from core.forecasts.forecast import SURE_SPRINTS
from core.forecasts.headline import HeadlineOutlook
from core.stats.proportion import wilson
from core.stats.sample import Interval, NotComputable, sample

ENOUGH = 10  # closed forecasts; below it there are "too few to be sure"
LAST = 12  # ranges that the digest's line speaks of


@dataclass(frozen=True)
class ConeScore:
    """coverage: share inside [10 %, 90 %], with a 95 % Wilson interval. pinball: lower is better.

    pinball_no_change: of "it stays as it is", where the values at forecast time are known.
    """

    n: int
    held: int
    coverage: float
    coverage_interval: Interval
    above_middle: float
    pinball: float
    pinball_no_change: float | None

    @property
    def is_calibrated(self) -> bool:
        """Enough closed forecasts to say how often the ranges hold."""
        return self.n >= ENOUGH


def cone_score(
    actual: Sequence[float],
    low: Sequence[float],
    middle: Sequence[float],
    high: Sequence[float],
    *,
    before: Sequence[float] | None = None,
) -> ConeScore | NotComputable:
    """Closed forecasts (10, 50 and 90 % values) against what happened."""
    columns = [sample(column, at_least=1) for column in (actual, low, middle, high)]
    known = [column for column in columns if not isinstance(column, NotComputable)]
    if len(known) < 4 or len({column.size for column in known}) > 1:
        return NotComputable("no data", "No forecast has closed yet.")
    seen, q10, q50, q90 = known
    held = int(np.count_nonzero((q10 <= seen) & (seen <= q90)))
    interval = wilson(held, seen.size, confidence=0.95)
    assert isinstance(interval, Interval)  # n >= 1 and 0 <= held <= n
    losses = [_pinball(seen, q, a) for q, a in ((q10, 0.1), (q50, 0.5), (q90, 0.9))]
    stay = sample(before, at_least=1) if before is not None else None
    no_change = None
    if stay is not None and not isinstance(stay, NotComputable) and stay.size == seen.size:
        no_change = float(np.mean([_pinball(seen, stay, a) for a in (0.1, 0.5, 0.9)]))
    return ConeScore(
        int(seen.size),
        held,
        held / seen.size,
        interval,
        float(np.mean(seen > q50)),
        float(np.mean(losses)),
        no_change,
    )


def brier(probabilities: Sequence[float], happened: Sequence[bool]) -> float | NotComputable:
    """Mean squared error of probabilities: 0 is perfect, 0.25 is a coin."""
    known = sample(probabilities, at_least=1)
    if isinstance(known, NotComputable) or known.size != len(happened):
        return NotComputable("no data", "No forecast has closed yet.")
    return float(np.mean((known - np.asarray(happened, dtype=np.float64)) ** 2))


def _pinball(actual: np.ndarray, quantile: np.ndarray, share: float) -> float:
    gap = actual - quantile
    return float(np.mean(np.maximum(share * gap, (share - 1) * gap)))


@dataclass(frozen=True)
class Closed:
    """A range whose sprint is over. p: P(target); before: the running best at the time."""

    sprint: int
    ends: date
    low: float
    middle: float
    high: float
    p: float
    before: float
    actual: float
    reached: bool

    @property
    def held(self) -> bool:
        """The result lay within the range."""
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class ForecastRecord:
    """closed: oldest first. score, briers: of the last LAST; None before the first has closed.

    briers: the mean squared error of P(target), ours and of "no change" (P = 0).
    """

    closed: tuple[Closed, ...] = ()
    waiting: int = 0
    void: int = 0
    score: ConeScore | None = None
    briers: tuple[float, float] | None = None

    @property
    def unchanged(self) -> int:
        """Of the last LAST, how often nothing had changed: where "no change" was right."""
        return sum(abs(one.actual - one.before) <= SAME for one in self.closed[-LAST:])

    @property
    def is_calibrated(self) -> bool:
        """Enough ranges have closed to say how often they hold."""
        return len(self.closed) >= ENOUGH


def record(closed: Sequence[Closed], *, waiting: int = 0, void: int = 0) -> ForecastRecord:
    """The track record. waiting: ranges whose sprint still runs; void: those without a result."""
    last = closed[-LAST:]
    score = cone_score(
        [one.actual for one in last],
        [one.low for one in last],
        [one.middle for one in last],
        [one.high for one in last],
        before=[one.before for one in last],
    )
    if isinstance(score, NotComputable):
        return ForecastRecord(tuple(closed), waiting, void)
    happened = [one.reached for one in last]
    ours, stays = brier([one.p for one in last], happened), brier([0.0] * len(last), happened)
    assert isinstance(ours, float)
    assert isinstance(stays, float)
    return ForecastRecord(tuple(closed), waiting, void, score, (ours, stays))


def sentence(found: ForecastRecord) -> str:
    """How the team's ranges did, in the words of every surface."""
    return words(found.score.held, found.score.n) if found.score else words(0, 0)


def words(held: int, of: int) -> str:
    """`9 of 12 earlier ranges held`, or that there are too few of them to say."""
    if of < ENOUGH:
        return f"too few to be sure ({of} of {ENOUGH} ranges closed)"
    return f"{held} of {of} earlier ranges held"


ON_TRACK, AT_RISK = 0.7, 0.4  # least chance of the target within SURE_SPRINTS sprints


@dataclass(frozen=True)
class Foretold:
    """What a digest may say of the headline's future: chances by day and ranges, or why none.

    probabilities: (last day of the sprint, sprint number, chance of the target by then, 0–1),
    nearest first. ranges: (last day, low, middle, high) on the metric's own scale: 10/50/90 %.
    track_record: (ranges that held, ranges told before); baseline_held: how many of the same
    "nothing changes" would have held. eta_document: the text as the source document asks for
    it. reason: why there is no forecast; "" when there is one.
    """

    probabilities: tuple[tuple[date, int, float], ...] = ()
    ranges: tuple[tuple[date, float, float, float], ...] = ()
    track_record: tuple[int, int] | None = None
    baseline_held: int | None = None
    eta_document: str = ""
    reason: str = ""


def deciding(probabilities: Sequence[tuple[date, int, float]]) -> float | None:
    """The chance that health goes by: the last one within SURE_SPRINTS sprints, or None."""
    sure = probabilities[:SURE_SPRINTS]
    return sure[-1][2] if sure else None


def told(ours: HeadlineOutlook, found: ForecastRecord) -> Foretold:
    """What the digest may say of it: the shape of the fact sheet (Foretold)."""
    score = found.score
    return Foretold(
        probabilities=tuple((s.span.ends, s.span.number, s.p) for s in ours.steps),
        ranges=tuple((s.span.ends, s.low, s.middle, s.high) for s in ours.steps),
        track_record=(score.held, score.n) if score else (0, 0) if ours.steps else None,
        baseline_held=found.unchanged if score else None,
        reason=ours.why,
    )
