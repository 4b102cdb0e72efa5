"""Two shares of the same examples: is the candidate's lower by more than the margin?

With few examples on which the sides differ, a t-test on the differences says GO too often (up to
12 % at a loss of just the margin, n 200). Tango's score statistic (1998, Statistics in Medicine
17:891) uses the share of losses that is likeliest at that loss, and its tail is counted exactly at
those shares (Hsueh, Liu and Chen 2001, Biometrics 57:478) while that can be counted quickly.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy

from core.stats.sample import Answer, Array, Interval

EXACT_UP_TO = 400_000  # pairs of counts that are added up; beyond that the normal tail is as good


@dataclass(frozen=True)
class PairedShares:
    """Candidate minus baseline on n examples. interval: two-sided, 1 - 2 alpha, never narrower
    than the verdict; p: one-sided, of a loss of the margin or more.
    """

    n: int
    difference: float
    interval: Interval
    p: float
    verdict: Answer


def paired_shares(
    won: int, lost: int, n: int, *, margin: float, alpha: float = 0.05
) -> PairedShares:
    """The test of "lower by less than the margin" where higher is better.

    won, lost: examples that only the candidate, only the baseline gets right, of n > 0.
    margin: 0 <= margin < 1, as a share. alpha: how often a loss of the margin may PASS.
    """
    p = _tail(won, lost, n, -margin)
    z = float(scipy.stats.norm.isf(alpha))
    low, high = (_end(won, lost, n, z, up=up) for up in (False, True))
    passes, beyond = p <= alpha, high < -margin
    if not passes:
        low = min(low, -margin)  # the range must not rule out what the exact tail does not
    verdict: Answer = "PASS" if passes else "FAIL" if beyond else "INCONCLUSIVE"
    return PairedShares(n, (won - lost) / n, Interval(low, high), p, verdict)


def score(won: int, lost: int, n: int, shift: float) -> float:
    """Tango's statistic at a true difference of `shift`; above 0 when more was seen."""
    lost_share = _likeliest(won, lost, n, shift)
    variance = n * (2 * lost_share + shift * (1 - shift))
    above = won - lost - n * shift
    if variance <= 0:
        return math.copysign(math.inf, above) if above else 0.0
    return above / math.sqrt(variance)


def _likeliest(won: float, lost: float, n: int, shift: float) -> float:
    """The likeliest share of examples that only the baseline gets right, at that difference."""
    second = (2 * n - won + lost) * shift - won - lost
    zeroth = -lost * shift * (1 - shift)
    root = math.sqrt(max(0.0, second * second - 8 * n * zeroth))
    return min(1.0, max(0.0, -shift, (root - second) / (4 * n)))


def _end(won: int, lost: int, n: int, z: float, *, up: bool) -> float:
    """Where the statistic comes to z on that side, by bisection."""
    seen = (won - lost) / n
    inner, outer = seen, 1.0 if up else -1.0
    for _ in range(60):
        middle = (inner + outer) / 2
        if abs(score(won, lost, n, middle)) < z:
            inner = middle
        else:
            outer = middle
    return inner


def _tail(won: int, lost: int, n: int, shift: float) -> float:
    """P(statistic as large or larger) at that difference and the likeliest share of losses."""
    seen = score(won, lost, n, shift)
    lost_share = _likeliest(won, lost, n, shift)
    won_share = lost_share + shift
    most_won, most_lost = _most(n, won_share), _most(n, lost_share)
    if (most_won + 1) * (most_lost + 1) > EXACT_UP_TO:
        return float(scipy.stats.norm.sf(seen))
    counts = np.arange(most_won + 1.0), np.arange(most_lost + 1.0)
    grid = np.stack(np.meshgrid(*counts, indexing="ij")).reshape(2, -1)
    wins, losses = grid[:, grid.sum(axis=0) <= n]
    chance = _trinomial(wins, losses, n, won_share, lost_share)
    return float(min(1.0, chance[_scores(wins, losses, n, shift) >= seen - 1e-9].sum()))


def _most(n: int, share: float) -> int:
    """More than that of n does not happen (7 standard deviations)."""
    return min(n, math.ceil(n * share + 7 * math.sqrt(n * share * (1 - share)) + 10))


def _trinomial(wins: Array, losses: Array, n: int, won_share: float, lost_share: float) -> Array:
    xlogy, gammaln = scipy.special.xlogy, scipy.special.gammaln
    rest = n - wins - losses
    ways = gammaln(n + 1) - gammaln(wins + 1) - gammaln(losses + 1) - gammaln(rest + 1)
    likely = xlogy(wins, max(won_share, 0.0)) + xlogy(losses, lost_share)
    likely = likely + xlogy(rest, max(0.0, 1 - won_share - lost_share))
    return np.asarray(np.exp(ways + likely))


def _scores(wins: Array, losses: Array, n: int, shift: float) -> Array:
    second = (2 * n - wins + losses) * shift - wins - losses
    zeroth = -losses * shift * (1 - shift)
    root = np.sqrt(np.maximum(0.0, second * second - 8 * n * zeroth))
    lost_share = np.clip((root - second) / (4 * n), max(0.0, -shift), 1.0)
    variance = n * (2 * lost_share + shift * (1 - shift))
    above = wins - losses - n * shift
    spread = np.sqrt(np.maximum(variance, 0.0))
    far = np.where(above == 0, 0.0, np.copysign(np.inf, above))
    return np.asarray(np.divide(above, spread, out=far, where=spread > 0))
