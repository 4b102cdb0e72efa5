"""The same gate asked again and again: figures that stay valid at every look.

Sign test: uniform mixture over the share of wins, E = 2^(b+c) Beta(b+1, c+1); by Ville's
inequality P(E ever >= 1/a) <= a. Mean: asymptotic normal-mixture confidence sequence
(Waudby-Smith et al., arXiv 2103.06476, eq. 9). The price is power, so a fixed design comes
first and these stand beside it from the second look on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import scipy

from core.stats.sample import Interval, NotComputable, is_constant, sample

WARM_UP = 30  # the mean's interval is asymptotic: no look before this many differences


@dataclass(frozen=True)
class SignEvidence:
    """Evidence against "wins and losses are equally likely"; log because E can be huge."""

    log_e: float
    p_anytime: float


@dataclass(frozen=True)
class MeanSequence:
    """A mean whose interval holds at all looks. fixed_half_width: what one look would give."""

    n: int
    mean: float
    rho: float
    half_width: float
    interval: Interval
    fixed_half_width: float


def sign_evidence(wins: int, losses: int) -> SignEvidence | NotComputable:
    """Two-sided anytime-valid sign test on the discordant examples. Keep the smallest p."""
    if wins < 0 or losses < 0:
        return NotComputable("no data", "Wins and losses are counts.")
    n = wins + losses
    log_e = float(n * math.log(2) + scipy.special.betaln(wins + 1, losses + 1))
    return SignEvidence(log_e, min(1.0, math.exp(min(0.0, -log_e))))


def mean_sequence(
    differences: Sequence[float | None], *, alpha: float = 0.05, tuned_for_n: int = 100
) -> MeanSequence | NotComputable:
    """Confidence sequence of a mean, tightest at tuned_for_n. See WARM_UP for the first look."""
    known = sample(differences)
    if isinstance(known, NotComputable):
        return known
    if is_constant(known):
        return NotComputable("zero variance", "All differences are the same.")
    n, sd = int(known.size), float(known.std(ddof=1))
    slack = -2 * math.log(alpha)
    rho = math.sqrt((slack + math.log(slack + 1)) / tuned_for_n)
    load = n * rho * rho + 1
    half = sd * math.sqrt(2 * load * math.log(math.sqrt(load) / alpha) / (n * rho) ** 2)
    mean = float(known.mean())
    fixed = float(scipy.stats.t.ppf(1 - alpha / 2, n - 1)) * sd / math.sqrt(n)
    return MeanSequence(n, mean, rho, half, Interval(mean - half, mean + half), fixed)
