"""One measurement: what a metric came to, of which side, on which eval set, and who says so.

Typed results, pushed evals and runs of trackers write it; whatever tells a result reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_RANK = {"typed": 0, "pulled": 1, "pushed": 2}


@dataclass(frozen=True)
class Measurement:
    """One reported result. value: the metric or None (only hours or a note were told); gpu_used:
    GPU-hours used so far. matched: how it did against the prediction
    (core.experiments.prediction), "" while nobody said.

    metric: its name where it came from, "" for the ticket's. own: it is the ticket's metric.
    examples, runs: how many were measured, 0 when unknown. low, high: 90 % range. noise: standard
    error. eval_set: hash of its examples, "" when unknown. counts: it is one of those `counting`
    lets stand.
    """

    at: datetime
    value: float | None
    gpu_used: float
    note: str
    author: str
    matched: str = ""
    matched_why: str = ""
    metric: str = ""
    own: bool = True
    role: str = "candidate"
    source: str = "typed"
    examples: int = 0
    runs: int = 0
    low: float | None = None
    high: float | None = None
    noise: float | None = None
    eval_set: str = ""
    counts: bool = True

    @property
    def is_typed(self) -> bool:
        """True when it is somebody's word (or an agent's), not the outcome of an eval."""
        return self.source == "typed"

    @property
    def is_eval(self) -> bool:
        """True for the outcome of an eval. What is typed or pulled are results of trainings, of
        which one keeps the best; of evals of one thing the best would be the luckiest.
        """
        return self.source == "pushed"


def counting(found: Sequence[Measurement]) -> tuple[bool, ...]:
    """Which of these (oldest first) count, each side by itself: of the ticket's metric, from the
    best source (pushed before pulled before typed), on the eval set measured last.
    """
    standing = {
        role: newest([m for m in found if m.role == role and m.own and m.value is not None])
        for role in {one.role for one in found}
    }
    return tuple(
        one.own
        and one.value is not None
        and (one.source, one.eval_set) == (last.source, last.eval_set)
        for one in found
        for last in [standing[one.role] or one]
    )


def newest(found: Sequence[Measurement]) -> Measurement | None:
    """The newest of these (oldest first) from the best source there is; None for none."""
    # Of one instant the one written last.
    return max(reversed(found), key=lambda m: (_RANK[m.source], m.at), default=None)


def counted(found: Sequence[Measurement], role: str = "candidate") -> tuple[Measurement, ...]:
    """That side's measurements that count, oldest first."""
    return tuple(m for m in found if m.counts and m.role == role and m.value is not None)


def best_of(looks: Sequence[Measurement], direction: str) -> Measurement | None:
    """The one that stands for all: of evals the last, of trainings the best (`is_eval`)."""
    if not looks or looks[-1].is_eval:
        return looks[-1] if looks else None
    sign = 1 if direction == "higher" else -1
    return max(looks, key=lambda look: sign * (look.value or 0))


def baseline_of(found: Sequence[Measurement]) -> Measurement | None:
    """The baseline as it was measured, or None: as the results that count were, on the same eval
    set. What people typed is compared with the baseline they typed.
    """
    looks, measured = counted(found), counted(found, "baseline")
    if not looks:
        return measured[-1] if measured else None
    last = looks[-1]
    same = [one for one in measured if (one.source, one.eval_set) == (last.source, last.eval_set)]
    return same[-1] if same and not last.is_typed else None


def beside(found: Sequence[Measurement]) -> Measurement | None:
    """What somebody typed last and a program measured otherwise, or None."""
    looks = counted(found)
    if not looks or looks[-1].is_typed:
        return None
    typed = [
        one for one in found
        if one.is_typed and one.own and one.role == "candidate" and one.value is not None
    ]  # fmt: skip
    return typed[-1] if typed and typed[-1].value != looks[-1].value else None


def is_change(one: Measurement, two: Measurement) -> bool:
    """True when the difference between two measurements of a ticket is one of the thing measured:
    same side, same kind of source, same eval set.
    """
    return (one.role, one.source, one.eval_set) == (two.role, two.source, two.eval_set)
