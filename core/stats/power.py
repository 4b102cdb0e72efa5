"""What an eval set can see, and how many examples or seeds are missing.

Two-sided 5 %, power 80 % unless said otherwise. Paired design: Connor 1987's normal
approximation with the discordant share, i.e. the share of examples on which exactly one of the
two models is right (a guess before the run: 2p(1-p), the case of no correlation).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import scipy

from core.stats.sample import NotComputable, is_number

MOST_EXAMPLES = 10_000_000
_POWER = 0.8


@dataclass(frozen=True)
class VisibleChange:
    """Smallest change in accuracy that n examples show, as a share (0.035 = 3.5 points)."""

    examples: int
    paired: float
    unpaired: float


@dataclass(frozen=True)
class ExamplesNeeded:
    """Examples to see a change of a given size: paired, and per arm when unpaired."""

    paired: int
    unpaired: int


def visible_change(
    examples: int,
    *,
    accuracy: float,
    discordant_share: float | None = None,
    alpha_two_sided: float = 0.05,
    power: float = _POWER,
) -> VisibleChange | NotComputable:
    """The smallest visible change of an eval set, to be shown when the ticket is written."""
    if examples < 1 or not 0 < accuracy < 1:
        return NotComputable("no data", "An accuracy between 0 and 1 and examples are needed.")
    z, spread = _z(alpha_two_sided, power), 2 * accuracy * (1 - accuracy)
    share = spread if discordant_share is None else discordant_share
    return VisibleChange(
        examples, visible_paired(share, examples, z=z), z * math.sqrt(spread / examples)
    )


def visible_paired(discordant_share: float, examples: int, *, z: float | None = None) -> float:
    """Smallest visible change on the same examples: sqrt(disc / (n/z^2 + 1))."""
    z = z or _z(0.05, _POWER)
    return math.sqrt(discordant_share / (examples / z**2 + 1))


def examples_for_change(
    delta: float,
    *,
    accuracy: float,
    discordant_share: float | None = None,
    alpha_two_sided: float = 0.05,
    power: float = _POWER,
) -> ExamplesNeeded | NotComputable:
    """How many examples show a change of delta (a share)."""
    if not 0 < delta < 1 or not 0 < accuracy < 1:
        return NotComputable("no usable limit", "The change must lie between 0 and 1.")
    z, spread = _z(alpha_two_sided, power), 2 * accuracy * (1 - accuracy)
    share = spread if discordant_share is None else discordant_share
    unpaired = math.ceil(z * z * spread / delta**2)
    return ExamplesNeeded(paired_needed(share, delta, z=z), unpaired)


def paired_needed(discordant_share: float, delta: float, *, z: float | None = None) -> int:
    """Examples on which a paired design shows a change of delta, at least 2."""
    z = z or _z(0.05, _POWER)
    return max(2, math.ceil(z * z * max(discordant_share - delta**2, 0.0) / delta**2))


def examples_for_margin(
    margin: float,
    *,
    discordant_share: float,
    true_difference: float = 0.0,
    alpha_one_sided: float = 0.05,
    power: float = _POWER,
) -> int | NotComputable:
    """Paired examples that show non-inferiority of a rate at the margin."""
    if not 0 < margin < 1 or discordant_share <= margin**2:
        return NotComputable("no usable limit", "The margin does not fit the discordant share.")
    sd = math.sqrt(discordant_share - margin**2)
    return pairs_for_margin(
        margin, sd=sd, true_difference=true_difference, alpha=alpha_one_sided, power=power
    )


def pairs_for_margin(
    margin: float,
    *,
    sd: float,
    true_difference: float = 0.0,
    alpha: float = 0.05,
    power: float = _POWER,
) -> int | NotComputable:
    """Pairs for a one-sided paired t-test of "worse by less than margin" (gain positive)."""
    room = margin + true_difference
    if not (is_number(room) and is_number(sd)) or room <= 0 or sd <= 0:
        return NotComputable("no usable limit", "The true change is not inside the margin.")
    effect = room / sd

    def reached(n: int) -> bool:
        cut = float(scipy.stats.t.ppf(1 - alpha, n - 1))
        return float(scipy.stats.nct.sf(cut, n - 1, effect * math.sqrt(n))) >= power

    return _smallest(reached, guess=(_z(2 * alpha, power) / effect) ** 2)


def seeds_for_margin(margin: float, *, sd: float) -> int | NotComputable:
    """Runs per arm for Welch's shifted test when nothing changed (one-sided 5 %, 80 %)."""
    if not (is_number(margin) and is_number(sd)) or margin <= 0 or sd <= 0:
        return NotComputable("no usable limit", "A margin and a spread above 0 are needed.")
    effect = margin / sd

    def reached(n: int) -> bool:
        cut = float(scipy.stats.t.ppf(0.95, 2 * n - 2))
        return float(scipy.stats.nct.sf(cut, 2 * n - 2, effect * math.sqrt(n / 2))) >= _POWER

    return _smallest(reached, guess=2 * (_z(0.1, _POWER) / effect) ** 2)


def visible_over_seeds(
    seeds_per_arm: int, *, alpha_two_sided: float = 0.05, power: float = _POWER
) -> float | NotComputable:
    """Smallest visible difference of two arms of run means, in sd between seeds."""
    if seeds_per_arm < 2:
        return NotComputable("n<2", "At least two seeds a side are needed.")
    df, scale = 2.0 * seeds_per_arm - 2, math.sqrt(seeds_per_arm / 2)
    cut, nct = float(scipy.stats.t.ppf(1 - alpha_two_sided / 2, df)), scipy.stats.nct

    def missing(effect: float) -> float:
        shifted = effect * scale
        wrong_side = float(nct.cdf(-cut, df, shifted))  # scipy: NaN where it is nothing
        return float(nct.sf(cut, df, shifted)) + max(0.0, wrong_side) - power

    high = _z(alpha_two_sided, power) / scale
    while missing(high) < 0:
        high *= 1.5
    return float(scipy.optimize.brentq(missing, 1e-9, high, xtol=1e-12))


def _z(alpha_two_sided: float, power: float) -> float:
    return float(scipy.stats.norm.ppf(1 - alpha_two_sided / 2) + scipy.stats.norm.ppf(power))


def _smallest(reached: Callable[[int], bool], *, guess: float) -> int | NotComputable:
    """The smallest n >= 2 that is enough; the normal guess is never far above it."""
    if guess > MOST_EXAMPLES:
        return NotComputable("too many", "More than ten million examples would be needed.")
    low, high = 1, max(2, math.ceil(guess) + 4)
    while not reached(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high
