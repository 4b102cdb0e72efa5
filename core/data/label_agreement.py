"""A batch of labels judged: agreement on its lower end, balance, labels missing altogether.

PASS when the lower end of the 95 % range reaches `needed`, FAIL when its upper end stays below,
INCONCLUSIVE between, below 30 double labels, or when there is no figure.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from core.stats.agreement import Alpha, Kappa
from core.stats.proportion import zero_failures_bound
from core.stats.sample import NO_DATA, Answer, Interval, NotComputable

MIN_DOUBLE_LABELS = 30
Grade = Literal["good", "moderate", "low", "unclear"]


@dataclass(frozen=True)
class AgreementLimits:
    """needed: the gate's threshold; low: below it guidelines are ambiguous, not just weak."""

    needed: float = 0.8
    low: float = 0.6
    min_double_labels: int = MIN_DOUBLE_LABELS


@dataclass(frozen=True)
class AgreementVerdict:
    """estimate: kappa or alpha. missing_labels: double labels until a verdict is possible."""

    verdict: Answer
    grade: Grade
    code: str
    reason: str
    estimate: float | None = None
    interval: Interval | None = None
    double_labels: int = 0
    missing_labels: int | None = None


@dataclass(frozen=True)
class Balance:
    """Label shares of a batch. rare, dominant: outside the limits; absent: never used at all."""

    n: int
    shares: tuple[tuple[str, float], ...]
    rare: tuple[str, ...]
    dominant: tuple[str, ...]
    absent: tuple[str, ...]


def agreement_verdict(
    found: Kappa | Alpha | NotComputable, *, limits: AgreementLimits | None = None
) -> AgreementVerdict:
    """The verdict on a kappa or an alpha (with its range)."""
    limits = limits or AgreementLimits()
    if isinstance(found, NotComputable):
        return AgreementVerdict("INCONCLUSIVE", "unclear", found.code, found.reason)
    estimate, double = (
        (found.kappa, found.n) if isinstance(found, Kappa) else (found.alpha, found.items)
    )
    if double < limits.min_double_labels:
        missing = limits.min_double_labels - double
        reason = f"{double} double labels are too few: {missing} more are needed."
        return AgreementVerdict(
            "INCONCLUSIVE", "unclear", "too few", reason, estimate, found.interval, double, missing
        )
    interval = _range(found)
    if interval is None:
        reason = "The range of the agreement is not computable: one annotator never varies."
        return AgreementVerdict(
            "INCONCLUSIVE", "unclear", "no range", reason, estimate, None, double
        )
    verdict, grade = _judged(interval, limits)
    reason = said(verdict, (estimate, interval.low, interval.high), double, limits.needed)
    return AgreementVerdict(verdict, grade, grade, reason, estimate, interval, double)


def balance(
    labels: Iterable[Hashable],
    *,
    expected: Sequence[str] = (),
    rare_below: float = 0.05,
    dominant_above: float = 0.9,
) -> Balance | NotComputable:
    """Label shares of a batch; expected: all labels of the guideline, to see the absent ones."""
    counts = Counter(map(str, labels))
    total = sum(counts.values())
    if not total:
        return NotComputable(NO_DATA, "The batch has no labels.")
    shares = {label: count / total for label, count in counts.most_common()}
    return Balance(
        total,
        tuple(shares.items()),
        tuple(label for label, share in shares.items() if share < rare_below),
        tuple(label for label, share in shares.items() if share > dominant_above),
        tuple(label for label in expected if label not in shares),
    )


def said(verdict: Answer, figures: tuple[float, float, float], double: int, needed: float) -> str:
    """The verdict in a sentence. figures: estimate, lower and upper end; double: double labels."""
    estimate, low, high = figures
    return (
        f"Agreement {estimate:.2f} ({low:.2f} to {high:.2f}) on {double} double labels, "
        f"at least {needed:.2g} is {_SAID[verdict]}."
    )


def range_verdict(low: float, high: float, needed: float) -> Answer:
    """PASS when the lower end reaches `needed`, FAIL when the upper end stays below it."""
    if low >= needed:
        return "PASS"
    return "FAIL" if high < needed else "INCONCLUSIVE"


_SAID = {"PASS": "shown", "FAIL": "missed", "INCONCLUSIVE": "not shown either way"}


def _range(found: Kappa | Alpha) -> Interval | None:
    """The range to judge by. Full agreement has no spread of its own: its exact bound is used."""
    interval = found.interval
    if interval is None or interval.half_width > 0:
        return interval
    n = found.n if isinstance(found, Kappa) else found.items
    observed = 1 - zero_failures_bound(n, confidence=0.975)
    chance = found.chance if isinstance(found, Kappa) else 0.5
    return Interval(max(-1.0, (observed - chance) / (1 - chance)), interval.high)


def _judged(interval: Interval, limits: AgreementLimits) -> tuple[Answer, Grade]:
    if interval.low >= limits.needed:
        return "PASS", "good"
    grade: Grade = "unclear"
    if interval.high < limits.low:
        grade = "low"
    elif interval.low >= limits.low:
        grade = "moderate"
    return ("FAIL" if interval.high < limits.needed else "INCONCLUSIVE"), grade
