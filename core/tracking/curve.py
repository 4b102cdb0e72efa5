"""One metric over a run's steps: its best, where it stopped being a number, few points of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.experiments.metric import plain

_LOSS = re.compile(r"loss|perplex|\bppl\b|nll|cross_?entropy|grad_?norm", re.IGNORECASE)
_HELD_OUT = re.compile(r"val|eval|test|dev", re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """value: None where it is no finite number (NaN, infinite)."""

    step: int
    value: float | None
    at: datetime


@dataclass(frozen=True)
class Divergence:
    """From which step a metric is no number. exact: False where steps between were not seen."""

    metric: str
    step: int
    exact: bool = True

    @property
    def told(self) -> str:
        """`diverged at step 47 (train/loss)`."""
        return f"diverged {'at' if self.exact else 'by'} step {self.step} ({self.metric})"


def is_loss(name: str) -> bool:
    """True for a metric that says whether training holds together."""
    return bool(_LOSS.search(name))


def is_training_loss(name: str) -> bool:
    """True for the loss on what is trained on, as far as its name tells."""
    return "loss" in plain(name) and not _HELD_OUT.search(name)


def best(points: Sequence[Point], direction: str) -> Point | None:
    """The best finite value, the first of several; direction: higher | lower is better."""
    found = [one for one in points if one.value is not None]
    sign = 1 if direction == "higher" else -1
    return max(found, key=lambda one: sign * (one.value or 0.0), default=None)


def divergence(name: str, points: Sequence[Point], *, exact: bool = True) -> Divergence | None:
    """Where that metric first is no finite number, also when it is one again later."""
    step = min((one.step for one in points if one.value is None), default=None)
    return None if step is None else Divergence(name, step, exact)


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most so many of them: ends, lowest and highest of each stretch (so that peaks stay), and
    the first that is no number.
    """
    if len(points) <= most:
        return list(points)
    lost = next((one for one in points if one.value is None), None)
    finite = [one for one in points if one.value is not None]
    stretches = max(1, (most - 3) // 2)
    kept = {id(one): one for one in (*finite[:1], *finite[-1:], *([lost] if lost else []))}
    for at in range(stretches):
        part = finite[at * len(finite) // stretches : (at + 1) * len(finite) // stretches]
        for one in (min(part, key=_value, default=None), max(part, key=_value, default=None)):
            if one is not None:
                kept[id(one)] = one
    return sorted(kept.values(), key=lambda one: one.step)


def _value(one: Point) -> float:
    return one.value or 0.0
