"""The gate asked ten times on one eval set: how often a loss of the margin is let through, beside
what it was when every look was held to 95 %, and what a later look costs in power.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from core.stats.paired_shares import paired_shares
from core.stats.sequential import FIRST_LOOK, spent_at

LOOKS = 10
RUNS = 2000
# examples, margin, share that only the candidate gets right
GRID = [(n, margin, won) for n, margin in ((200, 0.05), (500, 0.02), (500, 0.05), (1000, 0.02))
        for won in (0.01, 0.04)]  # fmt: skip
POWER = [(500, 0.05, 0.04), (1000, 0.03, 0.04), (2000, 0.02, 0.04)]


@cache
def _p(won: int, lost: int, n: int, margin: float) -> float:
    return paired_shares(won, lost, n, margin=margin).p


def tries(
    cell: tuple[int, float, float], loss: float, *, redrawn: float, runs: int, seed: int = 1
) -> np.ndarray:
    """One-sided p of every look (runs x LOOKS). loss: true; redrawn: share of the examples that
    are answered anew by the next look's candidate.
    """
    n, margin, won = cell
    dice = np.random.default_rng(seed)
    chances = [won, won + loss, 1 - 2 * won - loss]
    found = np.empty((runs, LOOKS))
    for run in range(runs):
        answers = dice.choice(3, size=n, p=chances)
        for look in range(LOOKS):
            anew = dice.random(n) < redrawn
            answers = np.where(anew, dice.choice(3, size=n, p=chances), answers)
            counts = np.bincount(answers, minlength=3)
            found[run, look] = _p(int(counts[0]), int(counts[1]), n, margin)
    return found


def passed(found: np.ndarray, *, spending: bool) -> np.ndarray:
    """Which looks pass: by what each may spend, or all at 5 % as before."""
    allowed = [spent_at(k) if spending else FIRST_LOOK for k in range(1, LOOKS + 1)]
    return np.asarray(found <= np.asarray(allowed))


async def measure(_: Path) -> Sequence[str]:
    """A line by cell."""
    lines = ["n, margin, only candidate right, redrawn: false GO in ten looks before → now"]
    for cell in GRID:
        for redrawn in (1.0, 0.2):
            found = tries(cell, cell[1], redrawn=redrawn, runs=RUNS)
            before, now = (passed(found, spending=s).any(axis=1).mean() for s in (False, True))
            lines.append(f"{cell}, {redrawn:.0%}: {before:.1%} → {now:.1%}")
    lines.append("n, margin, only candidate right: power without a loss at look 1, 2, 3, 5, 10")
    for cell in POWER:
        power = passed(tries(cell, 0.0, redrawn=1.0, runs=RUNS // 4), spending=True).mean(axis=0)
        lines.append(f"{cell}: " + ", ".join(f"{power[k - 1]:.0%}" for k in (1, 2, 3, 5, 10)))
    return lines
