import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.drift.distance import Ks, distances, ks_counts, ks_p, ks_sorted, wasserstein_in_sd
from core.drift.profile import MAX_LEVELS, current_column, reference_column

samples = st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=150)


@given(samples)
def test_the_edges_are_numpys_lower_deciles(values):
    found = reference_column("x", values)
    if found.kind == "deciles":
        theirs = np.unique(np.quantile(values, np.arange(1, 10) / 10, method="lower"))
        assert list(found.edges) == theirs.tolist()
        assert set(found.edges) <= set(found.fine_edges)
        assert found.counts[0] == sum(v <= found.edges[0] for v in values)
    assert found.rows == len(values)


@given(samples, samples)
def test_every_row_is_counted_once(reference, current):
    kept = reference_column("x", reference)
    found = current_column(kept, current)
    assert found.rows == len(current)
    assert len(found.counts) == len(kept.counts)
    if kept.kind == "deciles":
        for i, edge in enumerate(kept.edges):
            assert sum(found.counts[: i + 1]) == sum(v <= edge for v in current)


@settings(deadline=None)
@given(samples, samples)
def test_ks_and_wasserstein_are_scipys(one, two):
    a, b = np.sort(one), np.sort(two)
    found, theirs = ks_sorted(a, b), stats.ks_2samp(a, b, method="asymp")
    assert isinstance(found, Ks)
    assert found.distance == pytest.approx(theirs.statistic)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-9)
    moved = wasserstein_in_sd(a, b)
    if isinstance(moved, float):
        assert moved == pytest.approx(stats.wasserstein_distance(a, b) / np.std(a))


@pytest.mark.parametrize("worth", [10_001, 40_000])
@pytest.mark.parametrize("z", [0.1, 0.2, 0.25, 0.6, 1.2, 1.48, 1.49, 2.0, 3.0, 4.2, 5.0])
def test_the_tails_of_large_samples_are_scipys(worth, z):
    distance = z / worth**0.5
    theirs = stats.kstwo.sf(distance, worth)
    assert ks_p(distance, 2 * worth, 2 * worth) == pytest.approx(theirs, rel=1e-4)


@given(samples, samples)
def test_ks_of_a_profile_never_exaggerates(one, two):
    kept = reference_column("x", one)
    if kept.kind == "deciles":
        coarse = ks_counts(kept.fine_counts, current_column(kept, two).fine_counts)
        exact = ks_sorted(np.sort(one), np.sort(two))
        assert isinstance(coarse, Ks)
        assert isinstance(exact, Ks)
        assert coarse.distance <= exact.distance + 1e-12


counts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12)


@given(counts)
def test_chi_square_and_jensen_shannon_are_scipys(table):
    ref, cur = [a for a, _ in table], [b for _, b in table]
    if not sum(ref) or not sum(cur):
        return
    found = distances(ref, cur)
    used = [(a, b) for a, b in table if a + b]
    theirs = stats.chi2_contingency(np.asarray(used).T, correction=False)
    assert found.chi2 == pytest.approx(theirs.statistic, abs=1e-9)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-9)
    assert 0 <= found.js_bits <= 1 + 1e-12
    back = distances(cur, ref)
    assert found.psi == pytest.approx(back.psi) or sum(ref) != sum(cur)


def test_columns_of_every_make_are_read():
    assert reference_column("x", [1, 2, None, 2]).levels == (1.0, 2.0)
    assert reference_column("x", [1, 2, None, float("inf")]).missing == 2
    assert reference_column("x", np.arange(100, dtype=np.int32)).kind == "deciles"
    assert reference_column("x", np.array(["b", "a", "b"])).levels == ("a", "b")
    assert reference_column("x", ["a", None, float("nan")]).missing == 2
    assert reference_column("x", [True, False]).kind == "categorical"
    assert reference_column("x", []).rows == 0


def test_rare_levels_beyond_the_cap_are_counted_together():
    many = [f"user{i}" for i in range(MAX_LEVELS + 50)] + ["user0"] * 5
    found = reference_column("id", many)
    assert len(found.levels) == MAX_LEVELS
    assert found.new == 50
    assert found.rows == len(many)
