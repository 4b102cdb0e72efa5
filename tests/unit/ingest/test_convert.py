"""An eval document as one side of the gate."""

import pytest

from core.errors import Refused
from core.evals.push import RunMean
from ingest.convert import as_push, check_experiment, role_of
from ingest.evals import read_eval
from ingest.file import File
from ingest.wire import built
from tests.pushing import EVALS

ONE = {"example_id": "q1", "scores": {"accuracy": 1.0}, "input_hash": "a" * 16}
MEAN = {"metric": "accuracy", "value": 0.9}


def test_every_score_and_every_gap_arrives():
    other = {"example_id": "q2", "scores": {"accuracy": float("nan")}, "run": "2",
             "slices": {"lang": "de"}, "cluster_id": "doc1", "latency_ms": 12.0}  # fmt: skip
    side = as_push(built({"results": [ONE, other]}), "candidate", by="token 1 (CI)")
    first, second = side.lines
    assert (first.example, first.scores, first.missing) == ("q1", {"accuracy": 1.0}, {})
    assert (second.run, second.scores, second.missing) == ("2", {}, {"accuracy": "nan"})
    assert (second.slices, second.cluster, second.latency_ms) == ({"lang": "de"}, "doc1", 12.0)
    assert (side.examples, side.runs, side.by) == (2, 2, "token 1 (CI)")


def test_the_eval_set_is_the_documents_own():
    document = built({"results": [ONE]})
    assert as_push(document, "candidate", by="").set_hash == document.eval_set.hash


def test_only_means_stand_in_for_examples():
    document = built({"aggregates": [MEAN, MEAN | {"statistic": "p95", "value": 3.0}]})
    assert as_push(document, "baseline", by="").means == (RunMean("accuracy", "1", 0.9),)


def test_scores_of_a_run_that_broke_are_missing():
    document = built({"results": [ONE], "aggregates": [MEAN], "status": "error", "error": "OOM"})
    side = as_push(document, "candidate", by="")
    assert (side.lines[0].scores, side.lines[0].missing) == ({}, {"accuracy": "error"})
    assert side.means == ()


def test_a_run_that_broke_before_it_scored_is_refused():
    with pytest.raises(Refused, match="ended in error \\(OOM\\)"):
        as_push(built({"status": "error", "error": "OOM"}), "candidate", by="")


def test_of_several_variants_one_has_to_be_named():
    document = built({"results": [ONE | {"variant": "A"}, ONE | {"variant": "B"}]})
    with pytest.raises(Refused, match="compares 2 variants: A, B"):
        as_push(document, "candidate", by="")
    with pytest.raises(Refused, match="no variant “C”"):
        as_push(document, "candidate", by="", variant="C")
    assert len(as_push(document, "candidate", by="", variant="B").lines) == 1


@pytest.mark.parametrize(
    ("given", "stated", "said"),
    [("", "", "candidate or the baseline"), ("boss", "", "no role"),
     ("baseline", "candidate", "says candidate, the push says baseline")],
)  # fmt: skip
def test_a_role_has_to_be_clear(given, stated, said):
    with pytest.raises(Refused, match=said):
        role_of(given, built({"results": [ONE], "role": stated}))


def test_a_document_of_another_experiment_is_refused():
    check_experiment(built({"results": [ONE], "experiment": "EXP-042"}), 42)
    with pytest.raises(Refused, match="name EXP-041, the push EXP-042"):
        check_experiment(built({"results": [ONE], "experiment": "EXP-041"}), 42)


SAMPLES = sorted(path for path in EVALS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_every_genuine_sample_becomes_a_side_or_is_refused_in_a_sentence(path):
    told = ""
    try:
        document = read_eval([File(path.name, path.read_bytes())])
        variant = document.variants[0] if document.variants else ""
        told = as_push(document, "candidate", by="", variant=variant).content_hash
    except Refused as refusal:
        told = refusal.sentence
    assert told
    assert "\n" not in told
