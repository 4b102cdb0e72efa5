"""How often the 90 % range of the best of k candidates holds its true value.

`python -m tests.best_of` prints, for teams whose candidates are equal, near each other or far
apart, what the range of one holds and what the range of the best of k (core/stats/selection) does.
"""

from typing import cast

import numpy as np

from core.stats.proportion import wilson
from core.stats.sample import Interval
from core.stats.selection import of_best

SPREADS = (0.0, 0.01, 0.03)  # standard deviation of the candidates' true values


def held(k: int, n: int, spread: float, runs: int, seed: int) -> tuple[float, float, float]:
    """Share of runs in which the best one's true value lay in the range of one, in that of the
    best of k, and the latter's mean width over the former's.
    """
    rng = np.random.default_rng(seed)
    plain = corrected = width = 0.0
    for _ in range(runs):
        true = np.clip(0.85 + rng.normal(0, spread, k), 0.01, 0.99)
        seen = rng.binomial(n, true)
        best = int(np.argmax(seen))
        one = cast(Interval, wilson(int(seen[best]), n))
        both = of_best(seen[best] / n, one, k, "higher")
        plain += one.low <= true[best] <= one.high
        corrected += both.low <= true[best] <= both.high
        width += both.half_width / one.half_width
    return plain / runs, corrected / runs, width / runs


def main(runs: int = 20_000) -> None:
    """Print the table."""
    print("k   n     spread  of one  of best  width")
    for k in (2, 5, 10, 30):
        for n in (100, 500, 2000):
            for spread in SPREADS:
                one, best, width = held(k, n, spread, runs, 1)
                print(f"{k:2}  {n:4}  {spread:6.2f}  {one:6.1%}  {best:7.1%}  {width:.2f}")


if __name__ == "__main__":
    main()
