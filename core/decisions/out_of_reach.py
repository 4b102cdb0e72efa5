"""Is the target out of reach? Two checks in a row, each by its most optimistic continuation.

A check takes the most optimistic learning curve that fits (core/stats/learning_curve) and, beside
it, two straight lines: the pace of the last two steps, and the line through the last four results
with the error of its end (by the noise that is no trend). The curves only ever flatten, and what
starts late does the opposite.
Noise that nobody has told is read off the curve (core/decisions/curve_noise), erring on the side
of a curve that still moves. Curves before half of the budget are not extrapolated: on real
training runs that is where winners are lost (docs/handbook.md has the figures). A curve that jumps
late (grokking) nobody can foresee.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.decisions.curve_noise import Noise, spread, without_trend
from core.experiments.experiment import Experiment
from core.stats.learning_curve import MIN_CHECKPOINTS, optimistic_end
from core.stats.sample import Array, is_number

_Z = 1.645  # as in core/stats/learning_curve: one-sided 95 %
_PACE_STEPS = 2
_LINE_OF = 4
_TENTHS = 10  # every epoch would be a look too many
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Point:
    """A result where it stands in the budget. share: used part of the budget (0.5 = half)."""

    share: float
    value: float


@dataclass(frozen=True)
class Check:
    """One look at the curve so far. ends: the most it can still reach, in the metric's unit.

    by_pace: the pace of the last steps promises more than every curve. noise_sd: what was added
    for.
    """

    point: Point
    ends: float
    by_pace: bool
    out_of_reach: bool
    noise_sd: float


def points(experiment: Experiment) -> tuple[Point, ...]:
    """The results by the compute they took: of each tenth of the budget the last one.

    So a result without GPU-hours of its own replaces the one before (nothing was trained between
    them), and reporting every epoch is no check every epoch. Results before any compute are no
    part of the curve.
    """
    if experiment.gpu_budget <= 0:
        return ()
    by_tenth: dict[int, Point] = {}
    for look in sorted(experiment.looks, key=lambda one: one.gpu_used):
        if look.value is not None and look.gpu_used > 0 and is_number(look.value):
            share = look.gpu_used / experiment.gpu_budget
            by_tenth[round(_TENTHS * share)] = Point(share, look.value)
    return tuple(by_tenth.values())


def checks(
    seen: Sequence[Point], target: float, *, direction: str, noise: Noise, start: float
) -> tuple[Check, ...]:
    """A check at every point from `start` (part of the budget) on, oldest first.

    noise: of one evaluation. Lower is better: negated.
    """
    sign = 1.0 if direction == "higher" else -1.0
    better = [Point(one.share, sign * one.value) for one in seen]
    found = []
    for count in range(MIN_CHECKPOINTS, len(better) + 1):
        here = better[:count]
        if start - _ROUNDING <= here[-1].share <= 1 + _ROUNDING:
            found.append(_check(here, sign, target, noise))
    return tuple(found)


def _check(here: Sequence[Point], sign: float, target: float, known: Noise) -> Check:
    values = np.asarray([one.value for one in here])
    places = np.asarray([one.share for one in here])
    least = known.sd if known.is_known else max(known.sd, without_trend(values))
    noise = known.sd if known.is_known else max(least, spread(values))
    curve = optimistic_end(values, places, end=1.0, noise_sd=noise)
    pace = max(_at_this_pace(here) + _Z * noise, _on_the_line(places, values, least))
    ends = max(curve, pace)
    last = Point(here[-1].share, sign * here[-1].value)
    return Check(last, sign * ends, pace > curve, ends < sign * target, noise)


def _at_this_pace(here: Sequence[Point]) -> float:
    """The value at full budget when the last two steps' gain goes on; never a loss."""
    before, last = here[-1 - _PACE_STEPS], here[-1]
    pace = max(0.0, (last.value - before.value) / (last.share - before.share))
    return last.value + pace * max(0.0, 1 - last.share)


def _on_the_line(places: Array, values: Array, noise: float) -> float:
    """The upper end, at full budget, of the least-squares line through the last four results; of
    a line that falls the mean goes on. Its error there is noise x sqrt(1/m + d^2/S).
    """
    places, values = places[-_LINE_OF:], values[-_LINE_OF:]
    apart = places - places.mean()
    around = float(apart @ apart)
    ahead = max(0.0, 1 - float(places.mean()))
    slope = max(0.0, float(apart @ values) / around)
    error = noise * math.sqrt(1 / values.size + ahead**2 / around)
    return float(values.mean()) + slope * ahead + _Z * error
