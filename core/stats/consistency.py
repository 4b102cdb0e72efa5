"""Do repeated runs agree? Spread of the run means with its bound, flips of single examples.

Bounds of a standard deviation by chi-square (normal run means): with 5 runs the upper 95 %
bound is 2.37 times what was seen. "Variance < 3 %" is read as: between-run sd at most 3 points.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import scipy

from core.stats.sample import Answer, NotComputable, sample


@dataclass(frozen=True)
class SpreadCheck:
    """The sd over runs against a limit. upper, lower: one-sided 1 - alpha bounds of it."""

    runs: int
    sd: float
    sd_population: float  # with n instead of n-1, as the source document prints it
    upper: float
    lower: float
    verdict: Answer


@dataclass(frozen=True)
class Flips:
    """How often the same example is judged differently in another run."""

    examples: int
    runs: int
    unstable: int
    rate: float  # share of examples that differ, averaged over pairs of runs
    run_means: tuple[float, ...]
    sd_of_run_means: float


def spread_against(
    run_means: Sequence[float | None], *, limit: float, alpha: float = 0.05
) -> SpreadCheck | NotComputable:
    """Whether the true sd between runs is at most the limit, from two runs on."""
    known = sample(run_means)
    if isinstance(known, NotComputable):
        return known
    runs, sd = int(known.size), float(known.std(ddof=1))
    upper = sd * math.sqrt((runs - 1) / float(scipy.stats.chi2.ppf(alpha, runs - 1)))
    lower = sd * math.sqrt((runs - 1) / float(scipy.stats.chi2.ppf(1 - alpha, runs - 1)))
    verdict: Answer = "PASS" if upper <= limit else "FAIL" if lower > limit else "INCONCLUSIVE"
    return SpreadCheck(runs, sd, float(known.std()), upper, lower, verdict)


def runs_needed(sd: float, limit: float, *, most: int = 1000) -> int | None:
    """How many runs would show the limit if the sd stays as seen; None when it cannot."""
    if not 0 <= sd < limit:
        return None
    for runs in range(2, most + 1):
        if sd * math.sqrt((runs - 1) / float(scipy.stats.chi2.ppf(0.05, runs - 1))) <= limit:
            return runs
    return None


def flips(runs_by_example: Sequence[Sequence[float | None]]) -> Flips | NotComputable:
    """Flip rate of results by example (rows) and run (columns); rows must be equally long."""
    if not runs_by_example:
        return NotComputable("no data", "There are no examples.")
    runs = len(runs_by_example[0])
    if runs < 2 or any(len(row) != runs for row in runs_by_example):
        return NotComputable("n<2", "Every example needs the same runs, at least two.")
    known = sample([value for row in runs_by_example for value in row])
    if isinstance(known, NotComputable):
        return known
    table = known.reshape(len(runs_by_example), runs)
    pairs = [np.mean(table[:, i] != table[:, j]) for i, j in combinations(range(runs), 2)]
    means = table.mean(axis=0)
    return Flips(
        len(runs_by_example),
        runs,
        int(np.count_nonzero(np.ptp(table, axis=1) > 0)),
        float(np.mean(pairs)),
        tuple(map(float, means)),
        float(means.std(ddof=1)),
    )
