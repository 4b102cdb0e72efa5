"""Which experiment teaches most for its cost? Expected information gain in bits.

p from the team's own record with a Beta(1, 4) prior ("80 % fail"); the result is seen through
an eval with some power and alpha, so an experiment that the eval set cannot judge drops by
itself. EIG is the mutual information of truth and result (Lindley 1956).
"""

import math
from dataclasses import dataclass

from core.sample import NotComputable, is_number

PRIOR = (1.0, 4.0)


@dataclass(frozen=True)
class Record:
    """What became of this kind of experiment so far, and the prior beside it."""

    promoted: int
    decided: int
    prior: tuple[float, float] = PRIOR


@dataclass(frozen=True)
class Priority:
    """p: of success. p_positive: of a positive result. score = value * EIG / cost.

    value_score: value * p / cost, for those who would rather earn than learn.
    """

    p: float
    p_positive: float
    eig_bits: float
    score: float
    value_score: float


def priority(
    record: Record, *, power: float, value: float, cost: float, alpha: float = 0.05
) -> Priority | NotComputable:
    """The experiment's score. value: 1-10 or money; cost: GPU-hours and people in one unit."""
    a, b = record.prior
    sound = (
        0 <= record.promoted <= record.decided and min(a, b) >= 0 and a + b + record.decided > 0
    )
    if not sound or not all(is_number(v) for v in (power, alpha, value, cost)) or cost <= 0:
        return NotComputable("no data", "A record, a value and a cost above 0 are needed.")
    if not (0 <= power <= 1 and 0 <= alpha <= 1):
        return NotComputable("no usable limit", "Power and alpha lie between 0 and 1.")
    p = (a + record.promoted) / (a + b + record.decided)
    positive = p * power + (1 - p) * alpha
    gain = entropy(positive) - p * entropy(power) - (1 - p) * entropy(alpha)
    gain = max(0.0, gain)
    return Priority(p, positive, gain, value * gain / cost, value * p / cost)


def entropy(p: float) -> float:
    """Entropy of a yes-or-no with probability p, in bits."""
    if p <= 0 or p >= 1:
        return 0.0
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)
