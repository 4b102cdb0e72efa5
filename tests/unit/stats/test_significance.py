import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.stats.clusters import clustered_mean, effective_n
from core.stats.sample import ZERO_VARIANCE, NotComputable, sample
from core.stats.significance import independent_noninferiority, paired_noninferiority, welch

scores = st.lists(st.integers(0, 100).map(lambda v: v / 100), min_size=2, max_size=30)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, when one arm is constant
@given(scores, scores, st.floats(0.001, 0.3))
def test_the_independent_test_is_scipys_shifted_welch(candidate, baseline, margin):
    found = independent_noninferiority(candidate, baseline, margin=margin)
    if np.ptp(candidate) == 0 == np.ptp(baseline):
        assert isinstance(found, NotComputable)
        return
    assert not isinstance(found, NotComputable)
    shifted = np.asarray(candidate) + margin
    theirs = stats.ttest_ind(shifted, baseline, equal_var=False, alternative="greater")
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)


@given(scores, st.floats(0.001, 0.3), st.data())
def test_turning_the_direction_round_changes_nothing(candidate, margin, data):
    n = len(candidate)
    baseline = data.draw(
        st.lists(st.integers(0, 100).map(lambda v: v / 100), min_size=n, max_size=n)
    )
    for test in (paired_noninferiority, independent_noninferiority):
        up = test(candidate, baseline, margin=margin)
        down = test(
            [-v for v in candidate], [-v for v in baseline], margin=margin, direction="lower"
        )
        if isinstance(up, NotComputable):
            assert isinstance(down, NotComputable)
            continue
        assert not isinstance(down, NotComputable)
        assert up.verdict == down.verdict
        assert up.p == pytest.approx(down.p, abs=1e-9)
        assert up.bound == pytest.approx(-down.bound)


def test_students_sleep_data_by_the_book():
    # Student 1908: hours of extra sleep of ten patients under two drugs, t = -4.0621 paired.
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    paired = paired_noninferiority(one, two, margin=0.0)
    assert not isinstance(paired, NotComputable)
    assert round(paired.t, 4) == -4.0621
    apart = welch(one, two)
    assert not isinstance(apart, NotComputable)
    assert (round(apart.t, 4), round(apart.df, 3), round(apart.p, 5)) == (-1.8608, 17.776, 0.07939)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "no data"),
        ([0.9], "n<2"),
        ([0.9, None], "missing or non-finite score"),
        ([0.9, float("nan")], "missing or non-finite score"),
        ([0.9, float("inf")], "missing or non-finite score"),
        ([0.9, 1.7976931348623157e308], "missing or non-finite score"),
    ],
)
def test_unusable_scores_say_why(values, code):
    for test in (welch, lambda a, b: independent_noninferiority(a, b, margin=0.1)):
        found = test(values, [0.9, 0.8])
        assert isinstance(found, NotComputable)
        assert found.code == code


def test_rounding_noise_is_no_variance():
    drifting = [0.1 + 0.2, 0.3, 0.15 * 2]
    found = welch(drifting, [0.3, 0.3, 0.3])
    assert isinstance(found, NotComputable)
    assert found.code == ZERO_VARIANCE


def test_pairs_of_different_length_are_refused():
    found = paired_noninferiority([1.0, 0.0, 1.0], [1.0, 0.0], margin=0.1)
    assert isinstance(found, NotComputable)
    assert found.code == "length mismatch"


def test_clusters_of_copies_are_worth_one_example_each():
    values = [v for v in (1.0, 0.0, 1.0, 1.0) for _ in range(25)]
    clusters = [str(i) for i in range(4) for _ in range(25)]
    found = clustered_mean(values, clusters)
    assert not isinstance(found, NotComputable)
    alone = clustered_mean([1.0, 0.0, 1.0, 1.0], ["a", "b", "c", "d"])
    assert not isinstance(alone, NotComputable)
    assert found.se == pytest.approx(alone.se)
    assert effective_n(found) < 5


def test_one_cluster_has_no_standard_error():
    found = clustered_mean([1.0, 0.0, 1.0], ["a", "a", "a"])
    assert isinstance(found, NotComputable)


def test_the_first_bad_places_are_named():
    found = sample([0.1, None, 0.2, float("nan")])
    assert isinstance(found, NotComputable)
    assert "2 of 4" in found.reason
    assert "no. 2, 4" in found.reason
