"""The same gate asked again and again: figures that stay valid at every look.

Alpha spending (Lan and DeMets 1983, Biometrika 70:659, by a union bound, so nothing is assumed
about how looks hang together): the first look may err in 5 of 100, all later ones together in 1.

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

FIRST_LOOK, LATER_LOOKS = 0.05, 0.01  # how often a PASS may be wrong: at first, and ever after
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


def spent_at(look: int) -> float:
    """How often a PASS at that look (1 for the first) may be wrong: 0.05, then 0.01 / (k (k-1)),
    which adds up to 0.06 - 0.01 / k over k looks.
    """
    return FIRST_LOOK if look < 2 else LATER_LOOKS / (look * (look - 1))


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
