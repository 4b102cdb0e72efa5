"""Slices: did one of them get worse, is the gap between two too wide, did the mix shift?

Per slice a one-sided exact sign test on the discordant examples with Holm over the slices; a
slice that could not show a change of the margin's size is TOO_SMALL, which holds the gate.
Mix: difference standardised to the baseline's mix; Mantel and Haenszel 1959 beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import scipy

from core.stats.multiplicity import holm
from core.stats.power import paired_needed, visible_paired
from core.stats.proportion import newcombe
from core.stats.sample import Answer, Interval, NotComputable, is_number

SliceAnswer = Literal["OK", "REGRESSED", "TOO_SMALL"]


@dataclass(frozen=True)
class PairedSlice:
    """Discordant counts of one slice on the same n examples."""

    name: str
    n: int
    only_candidate_right: int
    only_baseline_right: int


@dataclass(frozen=True)
class SliceCheck:
    """One slice judged. difference: candidate minus baseline, a share; p one-sided for worse.

    visible: the smallest change it can show. missing_examples: until it shows the margin.
    """

    name: str
    n: int
    difference: float
    p_worse: float
    p_worse_holm: float
    visible: float
    verdict: SliceAnswer
    missing_examples: int


@dataclass(frozen=True)
class SlicesCheck:
    """All slices of one metric. verdict: FAIL if one regressed, else INCONCLUSIVE if too small."""

    slices: tuple[SliceCheck, ...]
    verdict: Answer


@dataclass(frozen=True)
class GapCheck:
    """Share of slice a minus share of slice b. interval: 90 % Newcombe."""

    gap: float
    interval: Interval
    verdict: Answer
    point_rule_blocks: bool


@dataclass(frozen=True)
class RateSlice:
    """Counts of right answers of one slice, candidate and baseline."""

    name: str
    right_candidate: int
    n_candidate: int
    right_baseline: int
    n_baseline: int


@dataclass(frozen=True)
class MixCheck:
    """Pooled difference beside the one at the baseline's mix. reversal: Simpson's paradox."""

    pooled: float
    by_slice: tuple[tuple[str, float], ...]
    standardised: float
    interval: Interval  # 90 % around the standardised difference
    odds_ratio: float | None
    p_odds: float | None
    reversal: bool  # every slice moved the other way than the pooled figure


def slices_check(rows: Sequence[PairedSlice], *, margin: float) -> SlicesCheck:
    """Every slice judged; margin is an absolute share. No slices at all: INCONCLUSIVE."""
    usable = is_number(margin) and margin > 0 and all(_is_sound(row) for row in rows)
    if not rows or not usable:
        return SlicesCheck((), "INCONCLUSIVE")
    p_values = [_p_worse(row) for row in rows]
    adjusted = holm(p_values)
    judged = tuple(
        _judged(row, p, p_holm, margin)
        for row, p, p_holm in zip(rows, p_values, adjusted.p, strict=True)
    )
    found = {check.verdict for check in judged}
    verdict: Answer = "INCONCLUSIVE" if "TOO_SMALL" in found else "PASS"
    return SlicesCheck(judged, "FAIL" if "REGRESSED" in found else verdict)


def gap_check(
    slice_a: tuple[int, int], slice_b: tuple[int, int], *, max_gap: float, alpha: float = 0.05
) -> GapCheck | NotComputable:
    """Two slices, (right, n) each: is the gap in either direction at most max_gap?"""
    interval = newcombe(slice_a, slice_b, confidence=1 - 2 * alpha)
    if isinstance(interval, NotComputable):
        return interval
    gap = slice_a[0] / slice_a[1] - slice_b[0] / slice_b[1]
    within = -max_gap <= interval.low and interval.high <= max_gap
    beyond = interval.low > max_gap or interval.high < -max_gap
    verdict: Answer = "PASS" if within else "FAIL" if beyond else "INCONCLUSIVE"
    return GapCheck(gap, interval, verdict, abs(gap) > max_gap)


def mix_check(rows: Sequence[RateSlice], *, alpha: float = 0.05) -> MixCheck | NotComputable:
    """Whether a different mix of slices hides or feigns a change. Every slice on both sides."""
    if not rows or any(min(row.n_candidate, row.n_baseline) < 1 for row in rows):
        return NotComputable("no data", "Every slice needs examples on both sides.")
    n_candidate, n_baseline = (
        sum(row.n_candidate for row in rows),
        sum(row.n_baseline for row in rows),
    )
    pooled = (
        sum(row.right_candidate for row in rows) / n_candidate
        - sum(row.right_baseline for row in rows) / n_baseline
    )
    moved = [
        row.right_candidate / row.n_candidate - row.right_baseline / row.n_baseline for row in rows
    ]
    weighted = sum(row.n_baseline * change for row, change in zip(rows, moved, strict=True))
    reversal = all(change * pooled < 0 for change in moved)
    by_slice = tuple((row.name, change) for row, change in zip(rows, moved, strict=True))
    odds = _mantel_haenszel(rows)
    standardised = weighted / n_baseline
    variance = sum(_variance(row, n_baseline) for row in rows)
    half = float(scipy.stats.norm.isf(alpha)) * math.sqrt(variance)
    interval = Interval(standardised - half, standardised + half)
    return MixCheck(pooled, by_slice, standardised, interval, *odds, reversal)


def _variance(row: RateSlice, n_baseline: int) -> float:
    """Variance of a slice's weighted difference, with Agresti and Caffo's extra counts."""
    p = (row.right_candidate + 1) / (row.n_candidate + 2)
    q = (row.right_baseline + 1) / (row.n_baseline + 2)
    spread = p * (1 - p) / (row.n_candidate + 2) + q * (1 - q) / (row.n_baseline + 2)
    return (row.n_baseline / n_baseline) ** 2 * spread


def _mantel_haenszel(rows: Sequence[RateSlice]) -> tuple[float | None, float | None]:
    """Pooled odds ratio and the p of "it is 1" (Cochran-Mantel-Haenszel, no correction)."""
    above = below = surplus = variance = 0.0
    for row in rows:
        a, b = row.right_candidate, row.n_candidate - row.right_candidate
        c, d = row.right_baseline, row.n_baseline - row.right_baseline
        total = row.n_candidate + row.n_baseline
        above, below = above + a * d / total, below + b * c / total
        surplus += a - (a + b) * (a + c) / total
        if total > 1:
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1))
    ratio = above / below if below > 0 else None
    p = float(scipy.stats.chi2.sf(surplus**2 / variance, 1)) if variance > 0 else None
    return ratio, p


def _is_sound(row: PairedSlice) -> bool:
    discordant = row.only_candidate_right + row.only_baseline_right
    return min(row.only_candidate_right, row.only_baseline_right) >= 0 < row.n >= discordant


def _p_worse(row: PairedSlice) -> float:
    lost, discordant = row.only_baseline_right, row.only_baseline_right + row.only_candidate_right
    if not discordant:
        return 1.0
    return float(scipy.stats.binomtest(lost, discordant, 0.5, alternative="greater").pvalue)


def _judged(row: PairedSlice, p: float, p_holm: float, margin: float) -> SliceCheck:
    share = max(row.only_candidate_right + row.only_baseline_right, 1) / row.n
    visible = visible_paired(share, row.n)
    verdict: SliceAnswer = (
        "REGRESSED" if p_holm <= 0.05 else "TOO_SMALL" if visible > margin else "OK"
    )
    needed = paired_needed(share, margin)
    difference = (row.only_candidate_right - row.only_baseline_right) / row.n
    missing = max(0, needed - row.n) if verdict == "TOO_SMALL" else 0
    return SliceCheck(row.name, row.n, difference, p, p_holm, visible, verdict, missing)
