"""When will the target be reached? A range from the team's own past gains, never one number.

Past gains of the running best are resampled in three futures: 15 % stall, 30 % go on as before,
55 % with diminishing returns; every gain is scaled by an Exp(1) draw. Calibrated on real
series (80 % range held 79-90 %); it assumes no breakthrough, and beyond three sprints it is
low confidence. Against "nothing changes" it is not sharper: its worth is the range and P.

Of the running sprint only what is left can bring its gain. Where a gain comes on any day of it
with equal chance and a sprint has one with chance q, one that has had none yet still gets it with
q f / (q f + 1 - q), f being the share of its working days left (Bayes). Played teams, and the rule
that took a whole sprint, beside it: `python -m tests.part_of_sprint`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.stats.sample import Array, Direction, is_number

Status = Literal["FORECAST", "REACHED", "STALLED", "INSUFFICIENT_DATA", "INVALID_TARGET"]
MIN_SPRINTS, SURE_SPRINTS, PATHS = 3, 3, 20_000
_STALLED, _AS_BEFORE = 0.15, 0.45  # shares of the paths, cumulated


@dataclass(frozen=True)
class Goal:
    """The target and the best value the metric can take (1 for a share, None without a limit).

    left: share of the first sprint ahead that is still to come.
    """

    target: float
    direction: Direction = "higher"
    bound: float | None = None
    left: float = 1.0

    @property
    def sign(self) -> float:
        """1 when higher is better, -1 when lower is."""
        return 1.0 if self.direction == "higher" else -1.0


@dataclass(frozen=True)
class Forecast:
    """p_by: P(target reached by sprint 1, 2, …). low, middle, high: the 10/50/90 % values.

    All empty unless the status is FORECAST (REACHED and STALLED have p_by only).
    """

    status: Status
    reason: str
    best: float | None = None
    p_by: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    middle: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


def forecast(
    best_by_sprint: Sequence[float | None],
    goal: Goal,
    rng: np.random.Generator,
    *,
    horizon: int = 6,
    paths: int = PATHS,
) -> Forecast:
    """The range of the running best over the next sprints and P(target) by each.

    best_by_sprint: best result of each sprint, None without results. rng: seeded by the caller
    from project and sprint.
    """
    running, sign, target = running_best(best_by_sprint, goal.direction), goal.sign, goal.target
    plain = _without_simulation(running, goal, horizon)
    if plain:
        return plain
    ups = sign * np.asarray(running)
    top = None if goal.bound is None else sign * goal.bound
    levels = _paths(np.diff(ups), float(ups[-1]), top, (rng, paths, horizon), goal.left)
    reached = (levels >= sign * target - 1e-12 * max(1.0, abs(target))).mean(axis=0)
    cone = np.quantile(sign * levels, [0.1, 0.5, 0.9], axis=0)
    low, middle, high = (tuple(map(float, row)) for row in cone)
    p_by = tuple(map(float, reached))
    reason = f"P(target) {p_by[0]:.0%} by the next sprint, {p_by[-1]:.0%} within {horizon}."
    return Forecast("FORECAST", reason, running[-1], p_by, low, middle, high)


def running_best(
    best_by_sprint: Sequence[float | None], direction: Direction = "higher"
) -> tuple[float, ...]:
    """Best so far after each sprint; a sprint without a usable result changes nothing."""
    found: list[float] = []
    pick = max if direction == "higher" else min
    for value in best_by_sprint:
        if value is not None and is_number(value):
            found.append(pick(found[-1], value) if found else value)
        elif found:
            found.append(found[-1])
    return tuple(found)


def _without_simulation(running: tuple[float, ...], goal: Goal, horizon: int) -> Forecast | None:
    target, sign, bound = goal.target, goal.sign, goal.bound
    best = running[-1] if running else None
    if not is_number(target) or (bound is not None and sign * target > sign * bound):
        reason = f"The target {target:g} lies beyond what the metric can reach."
        return Forecast("INVALID_TARGET", reason, best)
    if best is not None and sign * best >= sign * target:
        return Forecast("REACHED", f"{best:g} has reached {target:g}.", best, (1.0,) * horizon)
    if len(running) < MIN_SPRINTS:
        reason = f"{len(running)} of {MIN_SPRINTS} sprints with results."
        return Forecast("INSUFFICIENT_DATA", reason, best)
    if running[0] == running[-1]:
        reason = f"No gain in {len(running)} sprints, so there is no pace to go by."
        return Forecast("STALLED", reason, best, (0.0,) * horizon)
    return None


def _paths(
    gains: Array,
    best: float,
    top: float | None,
    how: tuple[np.random.Generator, int, int],
    left: float,
) -> Array:
    """Running best of every path (rows) after every sprint (columns), higher is better."""
    rng, paths, horizon = how
    count = gains.size
    ages = np.arange(count, 0, -1)  # the newest gain has age 1
    future = rng.random(paths)[:, None]
    fading = rng.uniform(0.5, 1.0, size=(paths, 1))
    scale = rng.exponential(size=(paths, horizon))
    sprint = np.arange(horizon)
    steady = gains[rng.integers(0, count, size=(paths, horizon))]
    drawn = rng.integers(0, count + 1, size=(paths, horizon))  # the last one is "no gain"
    pool, pool_ages = np.append(gains, 0.0), np.append(ages, 0)
    fading_gain = pool[drawn] * fading ** (pool_ages[drawn] + sprint)
    gain = np.where(future < _AS_BEFORE, steady, fading_gain) * scale
    gain = np.where(future < _STALLED, 0.0, gain)
    if left < 1:
        gain[:, 0] = np.where(rng.random(paths) < _still(gain[:, 0], left), gain[:, 0], 0.0)
    levels = best + np.cumsum(gain, axis=1)
    return levels if top is None else np.minimum(levels, top)


def _still(gain: Array, left: float) -> float:
    """P(a sprint's gain comes in what is left of it, where none has come). gain: of each path."""
    q = float(np.mean(gain > 0))
    return left / (q * left + 1 - q) if left > 0 else 0.0
