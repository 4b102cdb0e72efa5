import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.drift.compare import MIN_ROWS, compare, compare_samples
from core.drift.document import document_drift, document_psi
from core.drift.profile import profile, profile_like
from core.drift.reading import WEIGHTS
from core.stats.sample import NotComputable


def _normal(n, seed=0, shift=0.0):
    return np.random.default_rng(seed).normal(size=n) + shift


def _both(reference, current):
    kept = profile(reference)
    return compare_samples(reference, current), compare(kept, profile_like(kept, current))


def _status(report, name="x"):
    return next(column.status for column in report.columns if column.name == name)


@pytest.mark.parametrize(
    ("reference", "current", "status"),
    [
        (_normal(1000), _normal(1000, 1), "OK"),
        (_normal(1000), _normal(1000, 1, 0.8), "ALERT"),
        (_normal(1000), _normal(1000, 1, 0.35), "WARN"),
        (_normal(MIN_ROWS - 1), _normal(1000, 1, 3), "NOT ENOUGH"),
        (np.full(500, 5.0), np.full(500, 5.0), "OK"),
        (np.full(500, 5.0), np.full(500, 3.0), "ALERT"),
        (_normal(1000), np.full(1000, np.nan), "ALERT"),
        (np.full(1000, np.nan), np.full(1000, np.nan), "OK"),
        (_normal(1000), np.where(np.arange(1000) < 300, np.nan, _normal(1000, 1)), "ALERT"),
        (["a", "b"] * 200, ["a", "b"] * 200, "OK"),
        (["a", "b"] * 200, ["a", "b"] * 180 + ["new"] * 40, "ALERT"),
        (["a", "b"] * 200, [None] * 400, "ALERT"),
        ([True, False] * 200, [True] * 400, "ALERT"),
        (_normal(1000), ["a"] * 1000, "ALERT"),
        (["a"] * 1000, _normal(1000), "ALERT"),
        ([], [], "NOT ENOUGH"),
    ],
)
def test_samples_and_profiles_give_the_same_answer(reference, current, status):
    for report in _both({"x": reference}, {"x": current}):
        assert _status(report) == status


def test_one_outlier_blinds_the_document_but_not_us():
    reference, current = _normal(10_000), _normal(10_000, 1, 0.8)
    reference[0] = 1e4
    assert document_psi(reference, current) < 1e-3
    for report in _both({"x": reference}, {"x": current}):
        assert _status(report) == "ALERT"


def test_significance_alone_never_alarms():
    report = compare_samples({"x": _normal(70_000)}, {"x": _normal(70_000, 1, 0.05)})
    assert report.columns[0].p_bh < 1e-6
    assert report.columns[0].status == "OK"


def test_size_alone_never_alarms():
    assert not compare_samples({"x": _normal(60)}, {"x": _normal(60, 3)}).alerts


def test_a_column_that_is_gone_and_one_that_is_new_are_told():
    report = compare_samples({"x": _normal(100), "y": _normal(100)}, {"y": _normal(100), "z": [1]})
    assert _status(report) == "ALERT"
    assert "gone" in report.columns[0].reason
    assert report.added == ("z",)


def test_profiles_counted_in_other_buckets_are_not_compared():
    one, two = profile({"x": _normal(500)}), profile({"x": _normal(500, 1)})
    assert _status(compare(one, two)) == "NOT ENOUGH"


def test_p_of_a_numeric_column_is_the_best_of_its_tests_by_their_weights():
    reference, current = _normal(300), _normal(300, 1, 0.2)
    kept = profile({"x": reference})["x"]
    counted = profile_like({"x": kept}, {"x": current})["x"]
    chi2 = stats.chi2_contingency([kept.counts, counted.counts], correction=False).pvalue
    ks = stats.ks_2samp(reference, current, method="asymp").pvalue
    found = compare_samples({"x": reference}, {"x": current}).columns[0]
    assert ks < chi2
    assert found.p == pytest.approx(ks / WEIGHTS[1])


def test_the_reason_says_what_chance_gives_and_what_is_missing():
    current = np.where(np.arange(400) < 100, np.nan, _normal(400, 1))
    reason = compare_samples({"x": _normal(400)}, {"x": current}).columns[0].reason
    assert "chance alone" in reason
    assert "missing 0.0% -> 25.0%" in reason
    assert "retrain" not in reason


def test_the_largest_change_comes_first_among_the_alerts():
    reference = {name: _normal(500) for name in "abc"}
    current = {"a": _normal(500, 1, 1.0), "b": _normal(500, 1, 2.0)}
    assert [c.name for c in compare_samples(reference, current).alerts] == ["c", "b", "a"]


values = st.lists(
    st.one_of(st.none(), st.floats(width=32), st.sampled_from([0.0, 1.0, 2.0])),
    min_size=MIN_ROWS,
    max_size=120,
)
words = st.lists(st.sampled_from(["a", "b", "c", None]), min_size=MIN_ROWS, max_size=120)


@settings(max_examples=150, deadline=None)
@given(st.one_of(values, words), st.one_of(values, words))
def test_no_column_raises_or_shows_nan(reference, current):
    for report in _both({"x": reference}, {"x": current}):
        column = report.columns[0]
        shown = [v for v in vars(column).values() if isinstance(v, float)]
        assert not any(math.isnan(v) for v in shown)


@settings(max_examples=50, deadline=None)
@given(st.one_of(values, words))
def test_the_same_data_never_drift(column):
    for report in _both({"x": column}, {"x": column}):
        assert not report.alerts


def _family(n, repeats, rng):
    alarms = found = 0
    for _ in range(repeats):
        reference = {f"f{i}": rng.normal(size=n) for i in range(20)}
        current = {f"f{i}": rng.normal(size=n) for i in range(20)}
        kept = profile(reference)
        counted = profile_like(kept, current)
        alarms += bool(compare(kept, counted).alerts)
        reference["f0"][0] = 1e4
        moved = profile({"f0": reference["f0"]})
        counted |= profile_like(moved, {"f0": current["f0"] + 0.8})
        found += _status(compare({**kept, **moved}, counted), "f0") == "ALERT"
    return alarms / repeats, found / repeats


@pytest.mark.slow
@pytest.mark.parametrize("n", [100, 200, 500, 1000])
def test_a_family_of_twenty_rarely_alarms_and_finds_a_shift(n):
    alarms, found = _family(n, 250, np.random.default_rng(n))
    assert alarms <= 0.05
    assert found >= 0.90


def test_the_documents_rule_alarms_without_any_drift():
    rng = np.random.default_rng(4)
    alarms = 0
    for _ in range(20):
        found = document_drift(
            {f"f{i}": rng.normal(size=100) for i in range(20)},
            {f"f{i}": rng.normal(size=100) for i in range(20)},
        )
        alarms += any(feature.status == "ALERT" for feature in found)
    assert alarms == 20


@pytest.mark.parametrize(
    ("before", "after"),
    [([1.0], []), ([], []), ([1.0, 1.0], [1.0]), ([1.0, None], [1.0, 2.0]), (["a"], ["a"])],
)
def test_the_documents_psi_says_when_it_is_not_computable(before, after):
    assert isinstance(document_psi(before, after), NotComputable)


def test_the_document_does_not_skip_an_absent_feature_here():
    found = document_drift({"x": _normal(50), "y": _normal(50)}, {"y": _normal(50, 1)})
    assert (found[0].feature, found[0].status) == ("x", "NOT COMPUTABLE")
