"""How good were our ranges? Every closed forecast scored, the no-change baseline beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.proportion import wilson
from core.sample import Interval, NotComputable, sample

ENOUGH = 10  # closed forecasts; below it the ranges are "not yet calibrated"


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
