"""Is the target out of reach? The most optimistic learning curve that still fits.

y = a - b t^-c for c in .1 .25 .5 1 2, least squares (on the last half of eight checkpoints and
more); the best end at full budget among the fits within tolerance, plus 1.645 times the larger
of residual sd and eval noise. One look never kills: two checkpoints in a row propose it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.stats.sample import Array, Direction, NotComputable, is_number

Rule = Literal["guard", "budget", "extrapolation"]
MIN_CHECKPOINTS, MIN_BUDGET_SHARE = 3, 0.25
_SHAPES = (0.1, 0.25, 0.5, 1.0, 2.0)
_Z = 1.645


@dataclass(frozen=True)
class CurveLook:
    """One look at a learning curve. bound: the optimistic end at full budget, metric's unit.

    out_of_reach: by this look alone (rule extrapolation), or the budget is overdrawn (budget).
    """

    rule: Rule
    out_of_reach: bool
    bound: float | None = None


def look(
    history: Sequence[float],
    target: float,
    *,
    budget_share: float,
    direction: Direction = "higher",
    noise_sd: float = 0.0,
) -> CurveLook | NotComputable:
    """The curve so far against the target. budget_share: used part of the budget (0.5 = half).

    noise_sd: standard error of one evaluation on the eval set.
    """
    numbers = (*history, target, budget_share, noise_sd)
    if not all(is_number(value) for value in numbers) or budget_share < 0 or noise_sd < 0:
        return NotComputable("missing or non-finite score", "A value is missing or not finite.")
    if budget_share > 1:
        return CurveLook("budget", out_of_reach=True)
    if len(history) < MIN_CHECKPOINTS or budget_share < MIN_BUDGET_SHARE:
        return CurveLook("guard", out_of_reach=False)
    sign = 1.0 if direction == "higher" else -1.0
    values, places = sign * np.asarray(history), np.arange(1.0, len(history) + 1)
    bound = optimistic_end(values, places, end=len(history) / budget_share, noise_sd=noise_sd)
    return CurveLook("extrapolation", bound < sign * target, sign * bound)


def optimistic_end(history: Array, places: Array, *, end: float, noise_sd: float) -> float:
    """The highest value at `end` that the checkpoints (higher is better) still allow.

    places: where in the budget each checkpoint stands, above 0, in the unit of `end`.
    """
    count = history.size
    if count >= 8:
        history, places = history[count // 2 :], places[count // 2 :]
    fits = [_fit(history, places, shape, end) for shape in _SHAPES]
    least = min(error for error, _ in fits)
    n = history.size
    tolerance = 1.25 * least + 0.25 * n * noise_sd**2
    best = max(value for error, value in fits if error <= tolerance)
    return best + _Z * max(math.sqrt(least / max(n - 2, 1)), noise_sd)


def _fit(history: Array, places: Array, shape: float, end: float) -> tuple[float, float]:
    """Squared error and value at the end of the least-squares curve; flat if it would fall."""
    x = places**-shape
    centred = x - x.mean()
    slope = float(centred @ (history - history.mean()) / (centred @ centred))
    b = max(0.0, -slope)
    a = float(history.mean() + b * x.mean())
    error = float(np.sum((history - (a - b * x)) ** 2))
    return error, a - b * end**-shape
