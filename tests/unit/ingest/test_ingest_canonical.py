"""The canonical document: strict, without NaN, equal bytes for equal results."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from ingest.canonical import eval_set
from ingest.file import File
from ingest.wire import read_canonical, written


def canonical(**fields):
    content = json.dumps({"schema": "eval/1", **fields})
    return read_canonical(File("eval.json", content.encode()))


def refusal_of(**fields):
    with pytest.raises(Refused) as refusal:
        canonical(**fields)
    return refusal.value.message


def row(example="q1", **fields):
    return {"example_id": example, "scores": {"accuracy": 1}, **fields}


def test_a_document_as_small_as_the_hint_shows_is_read():
    document = canonical(results=[row()])
    assert document.results[0].scores == {"accuracy": 1.0}
    assert document.results[0].run == "1"


def test_scores_that_are_no_numbers_become_gaps_with_their_reason():
    scores = {"a": math.nan, "b": math.inf, "c": -math.inf, "d": None, "e": 1e300, "f": 0.5}
    document = canonical(results=[row(scores=scores)])
    assert document.results[0].scores == {"f": 0.5}
    assert document.results[0].missing == {
        **{"a": "nan", "b": "inf", "c": "-inf"},
        **{"d": "absent", "e": "too large"},
    }
    assert document.gaps()["a"] == [("q1", "1", "nan")]
    assert "NaN" not in written(document)


def test_equal_results_in_another_order_are_equal_bytes():
    rows = [row(f"q{i}", run=str(run)) for i in range(3) for run in (1, 2, 10)]
    documents = [canonical(results=rows), canonical(results=rows[::-1])]
    assert written(documents[0]) == written(documents[1])
    assert [r.run for r in documents[0].results][::3] == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"results": [row(), row()]}, "example q1 stands twice in run 1"),
        ({"results": [row(socre=1)]}, "results.0.socre: extra inputs are not permitted"),
        ({"results": [row(scores={"a": "0.8"})]}, "results.0.scores.a: input should be a valid"),
        ({"results": [row(scores={"a": True})]}, "results.0.scores.a"),
        ({"results": [row(missing={"accuracy": "nan"})]}, "scored and missing at once"),
        ({"results": [row(latency_ms=-1)]}, "results.0.latency_ms"),
        ({"results": [row(example="")]}, "results.0.example_id"),
        ({"results": []}, "it holds no results"),
        ({"results": [row()], "schema": "eval/2"}, "not of schema eval/1"),
        ({"results": [row()], "started_at": "2026-11-23T09:00:00"}, "started_at"),
        ({"aggregates": [{"metric": "f1"}]}, "either a value or the reason"),
        ({"results": [row()], "eval_set": {"examples": 7}}, "eval_set does not match"),
    ],
)
def test_a_fault_is_named_with_its_place(fields, said):
    assert said in refusal_of(**fields)


def test_one_example_with_two_inputs_is_refused():
    rows = [row(run="1", input_hash="a" * 16), row(run="2", input_hash="b" * 16)]
    assert "example q1 has two different inputs" in refusal_of(results=rows)


@given(st.lists(st.text(min_size=1), unique=True), st.randoms())
def test_the_hash_of_an_eval_set_does_not_depend_on_order_or_repeats(ids, random):
    pairs = [(one, "") for one in ids]
    again = pairs * 2
    random.shuffle(again)
    assert eval_set(pairs) == eval_set(again)


def test_the_hash_tells_other_ids_and_other_inputs_apart():
    one, two = eval_set([("q1", "a"), ("q2", "b")]), eval_set([("q1", "a"), ("q2", "c")])
    assert one.ids_hash == two.ids_hash
    assert one.hash != two.hash
    assert eval_set([("q1", ""), ("q2", "")]).ids_hash == one.ids_hash
    assert eval_set([("q1,q2", "")]).ids_hash != eval_set([("q1", ""), ("q2", "")]).ids_hash


def test_the_hash_of_an_eval_set_stays_what_it_is():
    assert eval_set([("q2", ""), ("q1", "")]).hash == (
        "42b4f4e81e4514a7ad51789e1c0a788f188ecfbf8c0e3f5403d939fd2a256c73"
    )
