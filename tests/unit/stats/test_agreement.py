import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.label_agreement import AgreementLimits, agreement_verdict, balance
from core.data.label_batch import document_kappa
from core.stats.agreement import cohen, cohen_table, fleiss, krippendorff
from core.stats.sample import NotComputable

pairs = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=60
)


def _sides(known):
    return [a for a, _ in known], [b for _, b in known]


@given(pairs)
def test_swapping_the_annotators_changes_nothing(known):
    a, b = _sides(known)
    one, two = cohen(a, b), cohen(b, a)
    if isinstance(one, NotComputable):
        assert isinstance(two, NotComputable)
        return
    assert not isinstance(two, NotComputable)
    assert one.kappa == pytest.approx(two.kappa)
    assert (one.se is None) == (two.se is None)
    assert -1 <= one.kappa <= 1


@given(pairs)
def test_two_annotators_are_fleiss_by_scotts_chance(known):
    found, pair = fleiss(known), cohen(*_sides(known))
    if not isinstance(found, NotComputable) and not isinstance(pair, NotComputable):
        assert found.fleiss == pytest.approx(pair.scott_pi)


@given(pairs)
def test_two_classes_make_weights_meaningless(known):
    a, b = ([x == "a" for x in side] for side in _sides(known))
    plain, weighted = cohen(a, b), cohen(a, b, weights="quadratic")
    if not isinstance(plain, NotComputable):
        assert not isinstance(weighted, NotComputable)
        assert plain.kappa == pytest.approx(weighted.kappa)


def test_the_textbook_numbers():
    # Cohen 1960, table 2 (proportions of 200): kappa 0.4915 ("0.492").
    found = cohen_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert not isinstance(found, NotComputable)
    assert found.kappa == pytest.approx(0.4915, abs=1e-4)
    # Fleiss 1971's method on Wikipedia's worked example: 14 raters, 10 subjects, kappa 0.210.
    counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    many = fleiss([[k for k, n in enumerate(row) for _ in range(n)] for row in counts])
    assert not isinstance(many, NotComputable)
    assert round(many.fleiss, 3) == 0.210
    # Krippendorff 2011, "Computing alpha-reliability", example C: nominal .743 ordinal .815.
    data = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    for level, alpha in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        one = krippendorff(data, level=level)
        assert not isinstance(one, NotComputable)
        assert round(one.alpha, 3) == alpha


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ([], [], "no data"),
        (["p", "n"], ["p"], "length mismatch"),
        (["p"] * 40, ["p"] * 40, "one label only"),
        (["p", None], ["p", "p"], "missing label"),
    ],
)
def test_labels_without_a_kappa_are_inconclusive(a, b, code):
    found = cohen(a, b)
    assert isinstance(found, NotComputable)
    assert found.code == code
    assert agreement_verdict(found).verdict == "INCONCLUSIVE"


def test_a_constant_annotator_has_no_standard_error_and_no_verdict():
    found = cohen(["p"] * 40, ["p", "n"] * 20)
    assert not isinstance(found, NotComputable)
    assert (found.kappa, found.se) == (0.0, None)
    assert agreement_verdict(found).verdict == "INCONCLUSIVE"


def _labelled(n, agree):
    a = ["p" if i % 2 else "n" for i in range(n)]
    flip = {"p": "n", "n": "p"}
    return a, [x if i < agree else flip[x] for i, x in enumerate(a)]


@pytest.mark.parametrize(
    ("n", "agree", "verdict", "grade"),
    [
        (400, 390, "PASS", "good"),
        (400, 360, "INCONCLUSIVE", "moderate"),
        (400, 300, "FAIL", "low"),
        (400, 345, "FAIL", "moderate"),
        (40, 34, "INCONCLUSIVE", "unclear"),
        (29, 29, "INCONCLUSIVE", "unclear"),
        (30, 30, "INCONCLUSIVE", "moderate"),  # full agreement, but 30 cannot show 0.8 ...
        (60, 60, "PASS", "good"),  # ... 60 can
    ],
)
def test_the_lower_end_decides(n, agree, verdict, grade):
    found = agreement_verdict(cohen(*_labelled(n, agree)))
    assert (found.verdict, found.grade) == (verdict, grade)


def test_below_thirty_double_labels_the_missing_ones_are_counted():
    found = agreement_verdict(cohen(*_labelled(12, 12)))
    assert found.missing_labels == 18


@given(st.integers(30, 200), st.floats(0.5, 1.0))
def test_a_stricter_threshold_never_passes_more(n, share):
    found = cohen(*_labelled(n, int(n * share)))
    easy = agreement_verdict(found, limits=AgreementLimits(needed=0.6))
    hard = agreement_verdict(found, limits=AgreementLimits(needed=0.8))
    assert not (hard.verdict == "PASS" and easy.verdict != "PASS")


def test_the_range_of_alpha_is_the_same_for_the_same_seed_and_holds_alpha():
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 3, 80)
    data = [np.where(rng.random(80) < 0.8, truth, rng.integers(0, 3, 80)).tolist() for _ in "abc"]
    data[0][5] = None
    one, two = (krippendorff(data, rng=np.random.default_rng(9), resamples=300) for _ in "ab")
    assert one == two
    assert one.interval.low < one.alpha < one.interval.high
    assert agreement_verdict(one).verdict in ("FAIL", "INCONCLUSIVE")


@pytest.mark.parametrize(
    "data", [[], [[1, 2, 3]], [[1, None], [None, 2]], [[1, 1], [1, 1]], [[1, 2], [1]]]
)
def test_alpha_without_double_labels_is_not_computable(data):
    assert isinstance(krippendorff(data), NotComputable)


def test_an_ordinal_alpha_needs_numbers():
    assert isinstance(krippendorff([["a", "b"], ["a", "a"]], level="ordinal"), NotComputable)


def test_the_documents_kappa_is_perfect_for_full_contradiction():
    found = document_kappa(["p"] * 20, ["n"] * 20)
    assert not isinstance(found, NotComputable)
    assert (found.value, found.constant) == (1.0, True)
    assert cohen(["p"] * 20, ["n"] * 20).kappa == 0.0


def test_the_documents_kappa_depends_on_who_comes_first():
    found = document_kappa(list("pppn"), list("ppnn"))
    assert found.value != found.swapped
    assert isinstance(document_kappa([], []), NotComputable)
    assert isinstance(document_kappa(["p"], []), NotComputable)


def test_balance_names_rare_dominant_and_absent_labels():
    found = balance(["pos"] * 95 + ["neg"] * 4 + ["odd"], expected=["pos", "neg", "neutral"])
    assert found.dominant == ("pos",)
    assert found.rare == ("neg", "odd")
    assert found.absent == ("neutral",)
    assert isinstance(balance([]), NotComputable)
