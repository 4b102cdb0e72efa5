import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.stats.latency import p95_against, p95_change
from core.stats.sample import NotComputable

times = st.lists(st.integers(50, 900), min_size=2, max_size=200)


@given(times)
def test_the_bounds_are_scipys(values):
    found = p95_against(values, limit=500)
    assert not isinstance(found, NotComputable)
    high = (
        stats.quantile_test(np.asarray(values, float), q=500, p=0.95, alternative="less")
        .confidence_interval(0.95)
        .high
    )
    low = (
        stats.quantile_test(np.asarray(values, float), q=500, p=0.95, alternative="greater")
        .confidence_interval(0.95)
        .low
    )
    assert found.upper == (None if np.isnan(high) else high)
    assert found.lower == (None if np.isnan(low) else low)


@given(times, st.integers(0, 1000))
def test_the_verdict_and_the_bound_tell_the_same(values, limit):
    found = p95_against(values, limit=limit)
    assert not isinstance(found, NotComputable)
    if found.verdict == "PASS":
        assert found.upper is not None
        assert found.upper <= limit
    if found.verdict == "FAIL":
        assert found.lower is not None
        assert found.lower > limit


def test_fifty_nine_are_the_fewest_that_can_pass():
    assert p95_against(list(range(58)), limit=1000).verdict == "INCONCLUSIVE"
    assert p95_against(list(range(59)), limit=1000).verdict == "PASS"


def test_a_missing_latency_is_not_dropped():
    assert isinstance(p95_against([100.0, None] * 50, limit=500), NotComputable)


def test_the_change_of_a_p95_holds_its_true_value():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(300):
        one, two = rng.exponential(100, 300) + 30, rng.exponential(100, 300)
        found = p95_change(one, two, margin=20)
        assert not isinstance(found, NotComputable)
        held += found.interval.low <= 30 <= found.interval.high
    assert held >= 0.9 * 300


@pytest.mark.parametrize("n", [1, 2, 71])
def test_small_sides_have_no_p95_to_compare(n):
    assert isinstance(p95_change(list(range(n)), list(range(500)), margin=5), NotComputable)


def _repeated(rng, prompts, repeats, between):
    """Latencies of prompts that are asked several times, and what each is of."""
    own = rng.normal(0, between**0.5, (prompts, 1))
    values = own + rng.normal(0, (1 - between) ** 0.5, (prompts, repeats))
    return values.ravel().tolist(), [str(n) for n in range(prompts) for _ in range(repeats)]


def test_repeats_of_a_prompt_are_not_so_many_prompts():
    """At a limit that is the true p95 itself one PASS in twenty is the most there may be."""
    rng, limit = np.random.default_rng(3), float(stats.norm.ppf(0.95))
    passed = {"by prompt": 0, "by value": 0}
    for _ in range(300):
        values, units = _repeated(rng, 100, 5, 0.9)
        for name, of in (("by prompt", units), ("by value", ())):
            found = p95_against(values, limit=limit, units=of)
            assert not isinstance(found, NotComputable)
            passed[name] += found.verdict == "PASS"
    assert passed["by prompt"] <= 0.065 * 300 < passed["by value"]


def test_each_value_its_own_unit_is_the_same_as_none():
    values = list(range(200))
    units = [str(n) for n in values]
    assert p95_against(values, limit=195, units=units) == p95_against(values, limit=195)
