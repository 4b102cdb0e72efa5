"""How the posted ranges did: the closed ones scored, no change and the document beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.forecast_score import ENOUGH, ConeScore, brier, cone_score
from core.headline import SAME
from core.headline_forecast import Outlook
from core.outlook import Forecast
from core.sample import NotComputable

LAST = 12  # ranges that the digest's line speaks of


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
class Record:
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


def record(closed: Sequence[Closed], *, waiting: int = 0, void: int = 0) -> Record:
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
        return Record(tuple(closed), waiting, void)
    happened = [one.reached for one in last]
    ours, stays = brier([one.p for one in last], happened), brier([0.0] * len(last), happened)
    assert isinstance(ours, float)
    assert isinstance(stays, float)
    return Record(tuple(closed), waiting, void, score, (ours, stays))


def sentence(found: Record) -> str:
    """`our last 12 ranges held 9 times`, or that there are too few to say."""
    if not found.is_calibrated or found.score is None:
        return f"not yet calibrated ({len(found.closed)} of {ENOUGH} ranges closed)"
    return f"our last {found.score.n} ranges held {found.score.held} times"


def told(ours: Outlook, found: Record) -> Forecast:
    """What the digest may say of it: the shape of the fact sheet (core/outlook)."""
    score = found.score
    return Forecast(
        probabilities=tuple((s.span.ends, s.span.number, s.p) for s in ours.steps),
        ranges=tuple((s.span.ends, s.low, s.middle, s.high) for s in ours.steps),
        track_record=(score.held, score.n) if score else None,
        baseline_held=found.unchanged if score else None,
        reason=ours.why,
    )
