"""A metric of the Definition of Done, and one check of it."""

from dataclasses import dataclass
from typing import Literal

from core.stats.sample import BAD_LIMIT, Answer, Direction, Interval, NotComputable, is_number
from core.stats.sequential import FIRST_LOOK

Kind = Literal["rate", "mean", "p95", "exact", "deterministic", "consistency"]

CheckName = Literal["threshold", "regression", "slices", "gap", "mix"]

FIVE_SEEDS = 5  # the source document: "variance < 3% across 5 seeds"
NO_BASELINE = "no baseline"
NO_CHECK = "nothing to judge by"
WORSE_THAN_THRESHOLD = "worse than threshold"
WORSE_THAN_BASELINE = "worse than baseline"
DROP = "deterministic drop beyond margin"


@dataclass(frozen=True)
class Metric:
    """What must hold. threshold and margin in the metric's unit, None when not asked for.

    kind: rate (share of examples), mean, p95, exact (golden set: every example must match),
    deterministic (the same input gives the same value), consistency (sd over runs <= threshold).
    relative: margin is a share of the baseline's mean. sequential: judge by the range that is
    valid at every look as well (less power). runs: a spread over fewer passes nothing. alpha: how
    often a PASS may be wrong, by the look.
    """

    name: str
    direction: Direction = "higher"
    kind: Kind = "mean"
    threshold: float | None = None
    margin: float | None = None
    relative: bool = False
    blocking: bool = True
    sequential: bool = False
    alpha: float = FIRST_LOOK
    runs: int = FIVE_SEEDS

    @property
    def fault(self) -> NotComputable | None:
        """Why the metric itself cannot be judged, or None."""
        limits = [limit for limit in (self.threshold, self.margin) if limit is not None]
        if not all(is_number(limit) for limit in limits):
            return NotComputable(BAD_LIMIT, f"The limits of {self.name} are no numbers.")
        if self.margin_fault:
            return NotComputable(BAD_LIMIT, self.margin_fault)
        if self.kind == "rate" and self.threshold is not None and not 0 <= self.threshold <= 1:
            return NotComputable(BAD_LIMIT, f"The threshold of {self.name} is no share of 0 to 1.")
        if not limits and self.kind != "exact":
            return NotComputable(NO_CHECK, f"{self.name} has neither a threshold nor a margin.")
        return None

    @property
    def margin_fault(self) -> str:
        """Why the margin lets everything pass, or is none, as a sentence; "" when it is sound."""
        if self.margin is None:
            return ""
        if self.margin < 0:
            return f"The margin of {self.name} is below zero."
        # A mean whose threshold is a share is one of shares, too; a loss or a latency need not be.
        shares = self.direction == "higher" and 0 < (self.threshold or 0) <= 1
        share = self.kind not in ("mean", "p95", "deterministic", "consistency") or shares
        if self.margin < 1 or not (self.relative or share):
            return ""
        of = "the baseline" if self.relative else "a score from 0 to 1"
        meant = f"{self.margin / 100:g}" if self.margin < 100 else "0.02"
        unit = "%" if self.relative else "points"
        return (
            f"A margin of {self.margin:g} on {self.name} is {100 * self.margin:g} {unit} of {of}, "
            f"which lets every loss pass; {100 * float(meant):g} {unit} are {meant}."
        )

    def shown(self, value: float) -> str:
        """A value of this metric as people read it: shares in per cent."""
        if self.kind in ("rate", "exact"):
            return f"{100 * value:.4g}%"
        return f"{value:.4g}"

    def change(self, value: float) -> str:
        """A difference of this metric with its sign: shares in points."""
        if self.kind in ("rate", "exact"):
            return f"{100 * value:+.3g} points"
        return f"{value:+.4g}"


@dataclass(frozen=True)
class Check:
    """One question asked of one metric. code: short and stable; reason: a sentence.

    estimate, interval, limit: in the metric's unit (differences for "regression").
    missing_*: how many more are needed, None when more would not help or nothing is missing.
    p_anytime, anytime: valid at every look; set from the second look on.
    """

    name: CheckName
    verdict: Answer
    code: str
    reason: str
    estimate: float | None = None
    interval: Interval | None = None
    limit: float | None = None
    missing_examples: int | None = None
    missing_seeds: int | None = None
    ids: tuple[str, ...] = ()
    p_anytime: float | None = None
    anytime: Interval | None = None


def unknown(name: CheckName, why: NotComputable) -> Check:
    """The check that could not be computed: INCONCLUSIVE with its reason."""
    return Check(name, "INCONCLUSIVE", why.code, why.reason, ids=why.ids)
