"""Did the canary's traffic split as planned? If not, its outcome must not be read.

Pearson's chi-square on the counts; alarm below p = 0.001 (a sample ratio mismatch).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import scipy

from core.stats.sample import NotComputable, all_numbers


@dataclass(frozen=True)
class SplitCheck:
    """Observed counts against the planned ratio."""

    chi2: float
    p: float
    broken: bool


def split_check(
    observed: Sequence[int], planned: Sequence[float], *, alarm_below: float = 0.001
) -> SplitCheck | NotComputable:
    """Whether the observed counts contradict the planned ratio (any scale)."""
    if len(observed) != len(planned) or len(observed) < 2:
        return NotComputable("length mismatch", "Every arm needs its count and its planned share.")
    if not all_numbers(planned) or min(planned) <= 0 or min(observed) < 0:
        return NotComputable("no usable limit", "Planned shares must be above zero.")
    total, whole = sum(observed), float(sum(planned))
    if total == 0:
        return NotComputable("no data", "Nobody has been served yet.")
    found = scipy.stats.chisquare(observed, [total * share / whole for share in planned])
    p = float(found.pvalue)
    return SplitCheck(float(found.statistic), p, p < alarm_below)
