"""A batch of labels judged."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.data.label_batch import judge, restored
from ingest.labels import Label
from tests.datasets import labels


def test_two_who_agree_on_enough_pass_on_the_lower_end():
    found = judge(labels(200, 200, apart=12))
    assert (found.verdict, found.statistic) == ("PASS", "Cohen's kappa")
    assert found.low >= 0.8
    assert round(found.raw, 3) == round(400 / 412, 3)
    assert (found.double, found.missing, found.empty) == (412, 0, 0)


def test_a_good_figure_with_a_wide_range_is_not_a_pass():
    found = judge(labels(18, 18, apart=3))
    assert found.estimate > 0.8 > found.low
    assert found.verdict == "INCONCLUSIVE"


def test_many_who_contradict_each_other_fail():
    found = judge(labels(60, 60, apart=80))
    assert (found.verdict, found.grade) == ("FAIL", "low")


def test_too_few_double_labels_say_how_many_are_missing():
    found = judge(labels(5, 5))
    assert (found.verdict, found.missing) == ("INCONCLUSIVE", 20)
    assert "20 more are needed" in found.reason


def test_labels_by_one_annotator_have_no_agreement_and_say_what_is_missing():
    found = judge([Label(f"i{n}", "ann", "yes") for n in range(50)])
    assert (found.verdict, found.missing, found.raw) == ("INCONCLUSIVE", 30, None)
    assert found.reason == "No example was labelled twice. 30 more double labels are needed."


def test_one_label_only_is_inconclusive_however_much_they_agree():
    found = judge(labels(100, 0))
    assert found.verdict == "INCONCLUSIVE"
    assert found.raw == 1.0
    assert "0/0" in found.reason


def test_one_who_never_varies_gives_no_verdict_where_the_document_says_perfect():
    rows = [Label(f"i{n}", who, label) for n in range(60)
            for who, label in (("ann", "yes"), ("bob", "no"))]  # fmt: skip
    found = judge(rows)
    assert found.verdict == "INCONCLUSIVE"
    assert found.raw == 0.0
    assert "The document's kappa: 1.00" in found.document
    assert "by definition, not agreement" in found.document


def test_three_annotators_and_gaps_are_judged_by_alpha():
    rows = [*labels(150, 150), *(Label(f"i{n}", "cy", "yes") for n in range(0, 150, 2))]
    rows.append(Label("i1", "dee", None))
    found = judge(rows)
    assert (found.verdict, found.statistic) == ("PASS", "Krippendorff's alpha")
    assert (found.annotators, found.empty) == (3, 1)
    assert judge(rows) == found


def test_a_label_never_used_and_a_rare_one_are_named():
    rows = [*labels(97, 3)]
    found = judge(rows, expected=("yes", "no", "refund"))
    assert found.issues == (
        "“yes” is 97% of the labels",
        "“no” is only 3.0% of the labels",
        "“refund” was never used",
    )


def test_without_any_label_all_of_the_guideline_are_absent():
    found = judge([Label("i1", "ann", None)], expected=("yes", "no"))
    assert (found.verdict, found.absent, found.labels, found.empty) == (
        "INCONCLUSIVE",
        ("yes", "no"),
        0,
        1,
    )


words = st.sampled_from(["a", "b", "c", None])


@given(
    st.dictionaries(st.tuples(st.integers(0, 40), st.sampled_from("xyz")), words, max_size=90),
    st.lists(st.sampled_from("abcd"), unique=True),
)
def test_any_labels_give_a_verdict_that_survives_storage_and_never_passes_on_few(table, expected):
    rows = [Label(str(item), who, label) for (item, who), label in table.items()]
    found = judge(rows, expected=expected)
    assert found.verdict in {"PASS", "FAIL", "INCONCLUSIVE"}
    assert found.double >= 30 or (found.verdict == "INCONCLUSIVE" and found.missing)
    assert restored(json.loads(json.dumps(found.stored(), allow_nan=False))) == found
