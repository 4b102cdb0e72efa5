"""Measured values on their way into a test, and the answer when there is no answer.

A figure that the data do not define is a value with its reason (`NotComputable`), never NaN,
0.0 or a silent pass.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Direction = Literal["higher", "lower"]
Answer = Literal["PASS", "FAIL", "INCONCLUSIVE"]

NO_DATA = "no data"
TOO_FEW = "n<2"
ZERO_VARIANCE = "zero variance"
NOT_FINITE = "missing or non-finite score"
LENGTH_MISMATCH = "length mismatch"
BAD_LIMIT = "no usable limit"
TOO_FEW_CLUSTERS = "fewer than 2 clusters"
SETS_DIFFER = "example sets differ"
_LARGEST, _SMALLEST = 1e150, 1e-150  # beyond these squares leave the floating point range
_NOISE = 1e-12  # differences below this share of the values are rounding, not variance


@dataclass(frozen=True)
class NotComputable:
    """A figure the data do not define. code: short and stable; reason: a sentence; ids: whose."""

    code: str
    reason: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interval:
    """From low to high, in the unit of the figure."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of its width."""
        return (self.high - self.low) / 2


def sample(values: Iterable[float | None], *, at_least: int = 2) -> Array | NotComputable:
    """The values as an array, or why no test can be made of them: none, gaps, or too few."""
    known = list(values)
    if not known:
        return NotComputable(NO_DATA, "There are no scores.")
    bad = [i + 1 for i, value in enumerate(known) if not is_number(value)]
    if bad:
        places = ", ".join(map(str, bad[:5]))
        return NotComputable(
            NOT_FINITE,
            f"{len(bad)} of {len(known)} scores are missing or not finite (no. {places}).",
        )
    if len(known) < at_least:
        least = f"n<{at_least}"
        return NotComputable(least, f"{len(known)} of at least {at_least} scores.")
    return np.asarray(known, dtype=np.float64)


def is_number(value: float | None) -> bool:
    """True for a finite number. Trackers write infinity as 1.8e308: absurd sizes are none."""
    return value is not None and math.isfinite(value) and abs(value) <= _LARGEST


def is_constant(values: Array, *others: Array) -> bool:
    """True when the values differ by no more than rounding (of their own or the others' size)."""
    size = max(float(np.max(np.abs(part))) for part in (values, *others))
    return float(np.ptp(values)) <= max(_NOISE * size, _SMALLEST)


def all_numbers(values: Sequence[float | None]) -> bool:
    """True when there is at least one value and all are finite numbers."""
    return bool(values) and all(is_number(value) for value in values)


def better_by(difference: float, direction: Direction) -> float:
    """The difference as a gain: positive when the candidate is better."""
    return difference if direction == "higher" else -difference
