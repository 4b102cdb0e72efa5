import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.stats.multiplicity import benjamini_hochberg, holm

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=20)


@given(p_values)
def test_bh_is_scipys(p):
    assert benjamini_hochberg(p).p == pytest.approx(stats.false_discovery_control(p))


@given(p_values)
def test_holm_rejects_no_more_than_bh_and_no_less_than_bonferroni(p):
    strict, loose = holm(p).rejected, benjamini_hochberg(p).rejected
    for value, one, two in zip(p, strict, loose, strict=True):
        assert two or not one
        assert one or value > 0.05 / len(p)


@given(p_values, st.randoms(use_true_random=False))
def test_the_order_of_the_tests_does_not_matter(p, random):
    places = list(range(len(p)))
    random.shuffle(places)
    mixed = holm([p[i] for i in places])
    assert [holm(p).p[i] for i in places] == pytest.approx(list(mixed.p))


def test_none_at_all_are_none():
    assert holm([]).p == ()
    assert benjamini_hochberg([]).rejected == ()


def test_a_p_value_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.1, float("nan")])
