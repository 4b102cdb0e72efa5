"""When will N experiments be decided, by resampling the past; exact, not simulated.

The distribution of a sum of draws from the past, by convolution: what a Monte Carlo that
resamples past sprints with replacement converges to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.stats.sample import Array, NotComputable, is_number

_MOST_SUMS = 50_000  # sums kept apart; closer ones are merged beyond it


@dataclass(frozen=True)
class When:
    """p_by: P(done by sprint 1, 2, …). p50, p85, p95: that sprint, None beyond the horizon."""

    p_by: tuple[float, ...]
    p50: int | None
    p85: int | None
    p95: int | None


def when_done(
    decided_by_sprint: Sequence[float], need: float, *, horizon: int = 12
) -> When | NotComputable:
    """In how many sprints `need` more experiments are decided."""
    found = reached_by(decided_by_sprint, need, horizon=horizon)
    if isinstance(found, NotComputable):
        return found
    return When(found, *(first_at(found, share) for share in (0.5, 0.85, 0.95)))


def reached_by(
    steps: Sequence[float], need: float, *, horizon: int
) -> tuple[float, ...] | NotComputable:
    """P(the sum of s draws from steps >= need) for s = 1 … horizon. Steps must not be below 0."""
    if not steps or not all(is_number(step) and step >= 0 for step in steps):
        return NotComputable("no data", "There is no history to go by.")
    draws = np.asarray(steps, dtype=np.float64)
    limit = need - 1e-9 * max(1.0, abs(need))
    if limit <= 0:
        return (1.0,) * horizon
    sums, chance, done, found = np.zeros(1), np.ones(1), 0.0, []
    for _ in range(horizon):
        sums = (sums[:, None] + draws).ravel()
        chance = np.repeat(chance / draws.size, draws.size)
        over = sums >= limit
        done += float(chance[over].sum())
        sums, chance = _merged(sums[~over], chance[~over], limit)
        found.append(min(1.0, done))
    return tuple(found)


def first_at(p_by: Sequence[float], share: float) -> int | None:
    """The first sprint (from 1) by which the probability reaches the share, or None."""
    return next((i + 1 for i, p in enumerate(p_by) if p >= share - 1e-12), None)


def _merged(sums: Array, chance: Array, limit: float) -> tuple[Array, Array]:
    """Equal sums as one; each cell keeps one real sum, so rounding does not pile up."""
    digits = 1e-12 if sums.size <= _MOST_SUMS else 1 / _MOST_SUMS
    cell = np.round(sums / (limit * digits))
    _, first, place = np.unique(cell, return_index=True, return_inverse=True)
    merged = np.zeros(first.size)
    np.add.at(merged, place, chance)
    return sums[first], merged
