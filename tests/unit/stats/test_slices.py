import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evals.metric import Metric
from core.evals.scores import Score, arm
from core.evals.slices import changed_mix, regressed_slices, widest_gap
from core.stats.sample import NotComputable
from core.stats.slices import PairedSlice, RateSlice, gap_check, mix_check, slices_check

RATE = Metric("accuracy", kind="rate", margin=0.05)


def test_a_regressed_slice_stops_and_a_small_one_holds():
    big, small = PairedSlice("en", 2000, 30, 32), PairedSlice("fr", 15, 0, 1)
    bad = PairedSlice("de", 80, 1, 12)
    assert slices_check([big], margin=0.05).verdict == "PASS"
    assert slices_check([big, small], margin=0.05).verdict == "INCONCLUSIVE"
    assert slices_check([big, small, bad], margin=0.05).verdict == "FAIL"


def test_a_small_slice_says_how_many_examples_are_missing():
    found = slices_check([PairedSlice("fr", 100, 3, 3)], margin=0.05).slices[0]
    assert found.verdict == "TOO_SMALL"
    n = 100 + found.missing_examples
    grown = PairedSlice("fr", n, int(0.03 * n), int(0.03 * n))
    assert slices_check([grown], margin=0.05).slices[0].verdict == "OK"


@pytest.mark.parametrize(
    "rows",
    [[], [PairedSlice("x", 0, 0, 0)], [PairedSlice("x", 5, 4, 4)], [PairedSlice("x", 5, -1, 0)]],
)
def test_slices_that_make_no_sense_hold(rows):
    assert slices_check(rows, margin=0.05).verdict == "INCONCLUSIVE"
    assert slices_check([PairedSlice("x", 500, 1, 1)], margin=0.0).verdict == "INCONCLUSIVE"


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_gap_is_the_same_seen_from_the_other_slice(a, b):
    one, two = (
        gap_check((a, 100), (b, 100), max_gap=0.1),
        gap_check((b, 100), (a, 100), max_gap=0.1),
    )
    assert not isinstance(one, NotComputable)
    assert not isinstance(two, NotComputable)
    assert one.verdict == two.verdict
    assert one.gap == pytest.approx(-two.gap)


def test_simpsons_reversal_is_flagged():
    rows = [RateSlice("en", 81, 87, 234, 270), RateSlice("de", 192, 263, 55, 80)]
    found = mix_check(rows)
    assert not isinstance(found, NotComputable)
    assert found.reversal
    assert found.pooled < 0 < found.standardised


def test_a_slice_on_one_side_only_has_no_mix():
    assert isinstance(mix_check([RateSlice("en", 5, 10, 0, 0)]), NotComputable)


def _arm(counts, prefix=""):
    """counts: slice -> (right, n)."""
    return arm(
        Score(f"{prefix}{name}{i}", float(i < right), slices={"lang": name})
        for name, (right, n) in counts.items()
        for i in range(n)
    )


def test_slices_of_two_sides_become_a_check():
    base = _arm({"en": (450, 500), "de": (90, 100)})
    cand = _arm({"en": (450, 500), "de": (60, 100)})
    check, found = regressed_slices(RATE, cand, base, by="lang", margin=0.05)
    assert check.verdict == "FAIL"
    assert check.ids == ("de",)
    assert {s.name: s.verdict for s in found.slices} == {"en": "OK", "de": "REGRESSED"}
    other = _arm({"en": (450, 500)}, prefix="x")
    assert regressed_slices(RATE, other, base, by="lang", margin=0.05)[0].verdict == "INCONCLUSIVE"


def test_the_widest_gap_decides():
    side = _arm({"en": (950, 1000), "de": (940, 1000), "fr": (700, 1000)})
    check = widest_gap(RATE, side, by="lang", max_gap=0.05)
    assert check.verdict == "FAIL"
    assert "fr" in check.reason
    even = _arm({"en": (950, 1000), "de": (945, 1000)})
    assert widest_gap(RATE, even, by="lang", max_gap=0.05).verdict == "PASS"
    assert widest_gap(RATE, _arm({"en": (9, 10)}), by="lang", max_gap=0.05).verdict != "PASS"


def test_a_changed_mix_is_judged_at_the_baselines_mix():
    base = _arm({"en": (1740, 2000), "de": (420, 600)}, prefix="b")
    cand = _arm({"en": (560, 600), "de": (1560, 2000)})
    check = changed_mix(RATE, cand, base, by="lang")
    assert check.verdict == "PASS"
    assert check.estimate > 0.05
