"""The kill rule on curves whose end is known and whose noise nobody told: winners lost and
hopeless ones found, beside the rule as it was (spread of the last three, no error of the pace).

Every winner reaches its target just so at full budget, which is harder than real ones are; what is
hopeless ends a tenth below. Real curves: `python -m tests.cases FILE`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from core.decisions.curve_noise import Noise
from core.decisions.out_of_reach import Point, checks
from core.stats.learning_curve import optimistic_end

Curve = Callable[[np.random.Generator, np.ndarray], np.ndarray]
RUNS, START, HOPELESS = 300, 0.5, 0.1
NOISES, COUNTS = (0.005, 0.02, 0.05), (6, 9)
SMOOTH: dict[str, Curve] = {  # by epochs 1 to 27
    "power": lambda d, t: 0.8 - d.uniform(0.1, 0.5) * t ** -d.uniform(0.2, 1.5),
    "slow power": lambda d, t: 0.8 - d.uniform(0.2, 0.6) * t ** -d.uniform(0.05, 0.3),
    "exponential": lambda d, t: 0.8 - d.uniform(0.2, 0.5) * np.exp(-t / d.uniform(2, 15)),
    "straight": lambda d, t: 0.4 + d.uniform(0.1, 0.4) * t / 27,
    "late": lambda d, t: 0.8 - d.uniform(0.2, 0.4) / (
        1 + np.exp((t - d.uniform(4, 16)) / d.uniform(2, 5))),
    "one step": lambda d, t: 0.7 - 0.3 * np.exp(-t / 4) + 0.05 * (t > d.uniform(8, 20)),
}  # fmt: skip
JUMP: Curve = lambda d, t: np.where(t < d.uniform(3, 26), d.uniform(0.3, 0.5), 0.8)  # noqa: E731
Killed = Callable[[Sequence[float], float], bool]


def now(values: Sequence[float], target: float) -> bool:
    """Whether the rule proposes a kill before the last result, twice in a row out of reach."""
    seen = [Point((at + 1) / len(values), value) for at, value in enumerate(values[:-1])]
    found = checks(seen, target, direction="higher", noise=Noise(0.0, "curve"), start=START)
    return _twice([one.out_of_reach for one in found])


def before(values: Sequence[float], target: float) -> bool:
    """The same by the rule as it was."""
    seen = []
    for count in range(3, len(values)):
        here, places = np.asarray(values[:count]), np.arange(1, count + 1) / len(values)
        noise = float(np.std(here[-3:], ddof=1))
        pace = max(0.0, (here[-1] - here[-3]) / (places[-1] - places[-3]))
        ends = here[-1] + pace * (1 - places[-1]) + 1.645 * noise
        curve = optimistic_end(here, places, end=1.0, noise_sd=noise)
        seen += [max(ends, curve) < target] if places[-1] >= START - 1e-9 else []
    return _twice(seen)


def share(
    curve: Curve, rule: Killed, cell: tuple[int, float], *, below: float = 0.0, runs: int = RUNS
) -> float:
    """The share that is killed. cell: results, noise; below: how far short of the target."""
    count, noise = cell
    dice = np.random.default_rng(5)
    places = np.arange(1, count + 1) * 27 / count
    killed = 0
    for _ in range(runs):
        true = curve(dice, places)
        values = (true + dice.normal(0, noise, count)).tolist()
        killed += rule(values, float(true[-1]) + below)
    return killed / runs


async def measure(_: Path) -> Sequence[str]:
    """A line by kind of curve: over all cells, the worst, and the hopeless ones found."""
    lines = []
    cells = [(count, noise) for count in COUNTS for noise in NOISES]
    for name, curve in (SMOOTH | {"jump": JUMP}).items():
        told = []
        for rule in (before, now):
            lost = [share(curve, rule, cell) for cell in cells]
            found = [share(curve, rule, cell, below=HOPELESS, runs=RUNS // 3) for cell in cells]
            said = f"{np.mean(lost):.1%} (worst {max(lost):.1%})"
            told.append(f"{said}, hopeless {np.mean(found):.0%}")
        lines.append(f"{name}: winners lost before {told[0]}; now {told[1]}")
    return lines


def _twice(out: Sequence[bool]) -> bool:
    return any(one and two for one, two in pairwise(out))
