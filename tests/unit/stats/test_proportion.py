import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.stats.proportion import (
    clopper_pearson,
    golden,
    newcombe,
    paired_rates,
    rate_against,
    two_rates,
    wilson,
    zero_failures_bound,
    zero_failures_needed,
)
from core.stats.sample import Interval, NotComputable

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_intervals_agree_with_scipy(count):
    k, n = count
    test = stats.binomtest(k, n)
    for mine, name in ((wilson, "wilson"), (clopper_pearson, "exact")):
        found, theirs = mine(k, n), test.proportion_ci(0.90, method=name)
        assert isinstance(found, Interval)
        assert found.low == pytest.approx(theirs.low, abs=1e-9)
        assert found.high == pytest.approx(theirs.high, abs=1e-9)


def test_the_textbook_numbers():
    # Newcombe 1998, table I: 81/263 by Wilson at 95 %.
    found = wilson(81, 263, confidence=0.95)
    assert isinstance(found, Interval)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    # Newcombe 1998 (differences), example (a): 56/70 against 48/80, method 10.
    gap = newcombe((56, 70), (48, 80), confidence=0.95)
    assert isinstance(gap, Interval)
    assert (round(gap.low, 4), round(gap.high, 4)) == (0.0524, 0.3339)


def test_a_thousand_clean_prompts_do_not_show_one_in_a_thousand():
    check = rate_against(0, 1000, limit=0.001, direction="lower")
    assert not isinstance(check, NotComputable)
    assert check.verdict == "INCONCLUSIVE"
    assert zero_failures_needed(0.001) == 2995
    assert zero_failures_bound(2995) <= 0.001 < zero_failures_bound(2994)


@given(counts, st.floats(0.01, 0.99))
def test_a_rate_and_its_complement_never_pass_against_each_other(count, limit):
    k, n = count
    up = rate_against(k, n, limit=limit, direction="higher")
    down = rate_against(n - k, n, limit=1 - limit, direction="lower")
    assert not isinstance(up, NotComputable)
    assert not isinstance(down, NotComputable)
    assert {up.verdict, down.verdict} != {"PASS", "FAIL"}


@given(st.integers(1, 50), st.floats(0.05, 0.95))
def test_more_examples_at_the_same_share_never_lose_a_pass(k, limit):
    verdicts = []
    for factor in (1, 2, 4, 8):
        check = rate_against(k * factor, 50 * factor, limit=limit, direction="higher")
        assert not isinstance(check, NotComputable)
        verdicts.append(check.verdict)
    first = next((i for i, v in enumerate(verdicts) if v != "INCONCLUSIVE"), len(verdicts))
    assert len(set(verdicts[first:])) <= 1


@pytest.mark.parametrize("bad", [(1, 0), (-1, 5), (6, 5), (float("nan"), 5)])
def test_what_is_no_share_is_not_computable(bad):
    assert isinstance(wilson(*bad), NotComputable)
    assert isinstance(rate_against(*bad, limit=0.5, direction="higher"), NotComputable)


@given(counts, counts, st.floats(0.001, 0.2))
def test_the_score_test_knows_the_likeliest_shares(one, two, margin):
    found = two_rates(one, two, margin=margin)
    assert not isinstance(found, NotComputable)
    assert found.interval.low - 1e-12 <= found.difference <= found.interval.high + 1e-12
    if found.statistic is not None:
        assert math.isfinite(found.statistic)


def test_without_a_margin_the_score_test_is_the_pooled_z_test():
    found = two_rates((60, 100), (45, 100), margin=0.0)
    assert not isinstance(found, NotComputable)
    chi2 = stats.chi2_contingency([[60, 40], [45, 55]], correction=False).statistic
    assert found.statistic == pytest.approx(math.sqrt(chi2))


def test_statsmodels_figure_differs_a_little_from_the_likelihood():
    exact = two_rates((455, 500), (450, 500), margin=0.02)
    theirs = two_rates((455, 500), (450, 500), margin=0.02, as_statsmodels=True)
    assert not isinstance(exact, NotComputable)
    assert not isinstance(theirs, NotComputable)
    assert exact.statistic == pytest.approx(1.6081653, abs=1e-6)
    assert theirs.statistic == pytest.approx(1.6066295, abs=1e-6)


def test_pairs_without_any_difference_have_no_t_test():
    found = paired_rates(400, 0, 0, 100, margin=0.02)
    assert not isinstance(found, NotComputable)
    assert found.p_different == 1.0
    assert found.p_noninferior is None


def test_one_golden_mismatch_fails_the_set():
    assert golden(50, 1).verdict == "FAIL"
    clean = golden(50, 0)
    assert clean.verdict == "PASS"
    assert clean.bound == pytest.approx(0.0582, abs=1e-4)
    assert isinstance(golden(0, 0), NotComputable)
