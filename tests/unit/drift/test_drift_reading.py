"""Columns as they come: what has not moved stays silent, what has is told whichever way."""

import numpy as np
import pytest

from core.drift.compare import compare
from core.drift.profile import profile, profile_like


def _zipf(levels, power):
    weights = 1 / np.arange(1, levels + 1) ** power
    names = np.array([f"level {n}" for n in range(levels)])
    return lambda rng, n: names[rng.choice(levels, n, p=weights / weights.sum())].tolist()


def _mostly_zero(share):
    return lambda rng, n: np.where(rng.random(n) < share, 0.0, rng.exponential(size=n))


def _yes(share):
    return lambda rng, n: np.where(rng.random(n) < share, "yes", "no").tolist()


def _normal(rng, n):
    return rng.normal(size=n)


def _spiked(rng, n):
    return np.where(rng.random(n) < 0.05, 4.0, rng.normal(size=n))


def _ids(rng, n):
    return [f"user {number}" for number in rng.integers(0, 10**9, n)]


STEADY = {
    "many rare levels": _zipf(1000, 1.1),
    "a hundred levels": _zipf(100, 1.1),
    "twenty levels": _zipf(20, 1.1),
    "mostly zero": _mostly_zero(0.9),
    "nearly always zero": _mostly_zero(0.97),
    "yes or no": _yes(0.3),
    "counts": lambda rng, n: rng.poisson(3, n).astype(float),
    "heavy tails": lambda rng, n: rng.standard_cauchy(n),
}


def _judged(before, after, sizes, rng):
    kept = profile({"x": before(rng, sizes[0])})
    return compare(kept, profile_like(kept, {"x": after(rng, sizes[1])})).columns[0]


@pytest.mark.parametrize("sizes", [(100, 100), (1000, 1000)])
@pytest.mark.parametrize("name", STEADY)
def test_a_column_that_has_not_moved_is_told_of_once_in_twenty_at_most(name, sizes):
    rng = np.random.default_rng(5)
    draw = STEADY[name]
    told = sum(_judged(draw, draw, sizes, rng).status in ("WARN", "ALERT") for _ in range(150))
    assert told <= 0.05 * 150 + 4  # two standard errors of 150


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (_normal, _spiked, "lie above what 99% of the reference keep to"),
        (_normal, lambda rng, n: rng.normal(size=n) + 0.3, "shifted by"),
        (_yes(0.3), _yes(0.45), "of the rows are something else"),
    ],
)
def test_what_the_buckets_alone_do_not_show_is_told(before, after, words):
    rng = np.random.default_rng(7)
    found = [_judged(before, after, (20_000, 20_000), rng) for _ in range(10)]
    assert {column.status for column in found} <= {"WARN", "ALERT"}
    assert all(words in column.reason for column in found)


def test_unseen_values_beyond_what_chance_brings_are_told():
    rng = np.random.default_rng(9)
    common = STEADY["many rare levels"]

    def after(rng, n):
        strange = [f"typo {number}" for number in rng.integers(0, 10**6, n)]
        return np.where(rng.random(n) < 0.3, strange, common(rng, n)).tolist()

    assert _judged(common, after, (5000, 5000), rng).status == "ALERT"


def test_an_id_is_not_watched_and_says_so():
    found = _judged(_ids, _ids, (500, 500), np.random.default_rng(1))
    assert found.status == "NOT ENOUGH"
    assert found.reason == "x: nearly every row has a value of its own, as ids have."
