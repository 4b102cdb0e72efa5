"""Scores in CSV: long, wide, with their separators; nothing is dropped without a word."""

import pytest

from core.errors import Refused
from ingest.evals import read_eval
from ingest.file import File


def pushed(text, **options):
    return read_eval([File("scores.csv", text.encode())], **options)


def refusal_of(text, **options):
    with pytest.raises(Refused) as refusal:
        pushed(text, **options)
    return refusal.value.sentence


WIDE = """example_id,seed,latency_ms,cluster_id,language,question,accuracy,tone
q1,1,120,d1,de,wo ist mein Geld?,1,0.5
q1,2,130,d1,de,wo ist mein Geld?,pass,
q2,1,90,d2,en,where is my refund?,FALSE,nan
q2,2,95,d2,en,where is my refund?,0,1
"""


def test_a_wide_file_gives_metrics_slices_clusters_latency_and_gaps():
    document = pushed(WIDE)
    assert document.metrics == ("accuracy", "tone")
    first = document.results[0]
    assert (first.example_id, first.run, first.latency_ms, first.cluster_id) == (
        *("q1", "1", 120.0, "d1"),
    )
    assert first.slices == {"language": "de"}
    assert document.gaps() == {"tone": [("q2", "1", "nan"), ("q1", "2", "absent")]}
    assert "wo ist" not in str(document)


def test_a_long_file_gives_the_same_scores_as_a_wide_one():
    long = pushed("example_id,metric,score\nq1,a,1\nq1,b,0.5\nq2,a,0\nq2,b,0.25\n")
    wide = pushed("example_id,a,b\nq1,1,0.5\nq2,0,0.25\n")
    assert [r.scores for r in long.results] == [r.scores for r in wide.results]
    assert long.eval_set == wide.eval_set


def test_semicolons_decimal_commas_a_mark_and_excels_first_line_are_read():
    document = pushed("\ufeffsep=;\r\nexample_id;accuracy\r\nq1;0,75\r\nq2;1\r\n")
    assert [r.scores["accuracy"] for r in document.results] == [0.75, 1.0]


def test_means_per_seed_are_aggregates_and_no_examples():
    document = pushed("metric,score,seed\naccuracy,0.9,0\naccuracy,0.8,1\n")
    assert [(a.run, a.value) for a in document.aggregates] == [("0", 0.9), ("1", 0.8)]
    assert document.eval_set.examples == 0


def test_without_ids_the_hash_of_the_input_names_the_example():
    document = pushed("user_input,faithfulness\nfirst text,1\nsecond text,0\n")
    ids = [r.example_id for r in document.results]
    assert all(one.startswith("input-") for one in ids)
    assert "first" not in str(document)


def test_latency_in_seconds_becomes_milliseconds():
    assert pushed("id,latency_s,acc\nq1,0.25,1\n").results[0].latency_ms == 250


def test_only_the_fields_asked_for_become_slices():
    assert pushed(WIDE, slices=["language"]).results[0].slices == {"language": "de"}
    assert pushed(WIDE, slices=[]).results[0].slices == {}
    assert "no field “country”" in refusal_of(WIDE, slices=["country"])


def test_what_is_left_out_is_named():
    rows = "".join(f"q{i},user{i},1\n" for i in range(30))
    document = pushed(f"id,customer,acc\n{rows}")
    assert document.notes == ("not kept as slices: customer",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("example_id,accuracy\nq1,85%\n", "line 2, column accuracy: “85%” is no number"),
        ("example_id,accuracy\nq1,1\nq2,good\n", "line 3, column accuracy: “good” is no number"),
        ("example_id,kind,acc\nq1,1,1\nq2,b,1\n", "a column of words is called slice:kind"),
        ("example_id,accuracy\nq1,1\nq1,0\n", "example q1 stands twice in run 1"),
        ("example_id,metric,score\nq1,a,1\nq1,a,0\n", "lines 2 and 3 both score a"),
        ("example_id,accuracy\nq1\n", "line 2 has 1 cells and the header has 2"),
        ("example_id,accuracy,Accuracy\nq1,1,1\n", "two columns are called accuracy"),
        ("example_id,accuracy\n", "it is one line and no table"),
        ("example_id,accuracy\n,1\n", "line 2 names no example"),
        ("accuracy,tone\n1,1\n0,1\n", "name neither an example nor a run"),
        ("example_id,language\nq1,de\n", "no column of it holds scores"),
        ('example_id,accuracy\nq1,"1\n', "is not valid CSV"),
        ("item,annotator,label\ni,a,x\n", "`assay labels push`"),
        ("exp_id,gpu_hours,job_id\nEXP-1,2,j\n", "`assay usage push`"),
    ],
)
def test_a_fault_is_named_with_line_and_column(text, said):
    assert said in refusal_of(text)


def test_a_column_of_numbers_can_be_a_slice_when_it_says_so():
    document = pushed("example_id,slice:difficulty,metric:acc\nq1,1,1\nq2,2,0\n")
    assert document.metrics == ("acc",)
    assert document.results[0].slices == {"difficulty": "1"}
