"""What each tool means by its numbers."""

import copy
import json
import re
from pathlib import Path

import pytest

from core.errors import Refused
from ingest.evals import read_eval
from ingest.file import File

EVALS = Path(__file__).parent.parent.parent / "data" / "evals"


def sample(name, called=""):
    path = EVALS / name
    return File(called or path.name, path.read_bytes())


def pushed_json(value, name="log.json"):
    return read_eval([File(name, json.dumps(value).encode())])


def inspect_log(samples, **fields):
    spec = {"model": "m", "dataset": {"name": "d", "sample_ids": ["a", "b"]}, "config": {}}
    spec |= fields.pop("eval", {})
    return {"version": 2, "status": "success", "eval": spec, "samples": samples, **fields}


def scored(value, sample_id="a", **fields):
    return {"id": sample_id, "epoch": 1, "scores": {"s": {"value": value}}, **fields}


def test_the_three_exports_of_one_promptfoo_run_are_the_same_results():
    documents = [read_eval([sample(f"promptfoo/local_out.{s}")]) for s in ("json", "jsonl", "csv")]
    plain = [
        [r.model_copy(update={"latency_ms": None}) for r in document.results]
        for document in documents
    ]
    assert plain[0] == plain[1] == plain[2]
    assert len({document.eval_set.hash for document in documents}) == 1
    assert documents[0].variants == ("[echo] prompt 1", "[echo] prompt 2")
    assert {r.run for r in documents[0].results} == {"1", "2"}
    assert documents[0].experiment == "EXP-042"


def test_an_error_of_the_provider_is_missing_and_a_cached_answer_has_no_latency():
    export = json.loads(sample("promptfoo/local_out.json").content)
    rows = export["results"]["results"]
    rows[0] |= {"failureReason": 2, "namedScores": {}}
    rows[1]["response"]["cached"] = True
    document = pushed_json(export)
    assert {metric for metric in document.gaps()} == {"accuracy", "latency", "pass", "score"}
    assert sum(r.latency_ms is None for r in document.results) == 1


@pytest.mark.parametrize(
    ("value", "score"),
    [("C", 1), ("I", 0), ("P", 0.5), ("N", 0), ("yes", 1), (True, 1), (0.25, 0.25), ("0.5", 0.5)],
)
def test_inspect_letters_and_numbers_are_scores(value, score):
    document = pushed_json(inspect_log([scored(value), scored("C", "b")]))
    assert document.results[0].scores == {"s": score}


@pytest.mark.parametrize(
    ("value", "gap"),
    [(float("nan"), "nan"), ("good", "not a number"), ([1], "not a number"), (None, "absent")],
)
def test_inspect_values_that_are_no_score_are_gaps(value, gap):
    document = pushed_json(inspect_log([scored(value), scored("C", "b")]))
    assert document.gaps() == {"s": [("a", "1", gap)]}


def test_an_inspect_score_of_several_values_is_several_metrics():
    document = pushed_json(inspect_log([scored({"x": 1, "y": "I"}), scored({"x": 0}, "b")]))
    assert document.metrics == ("s/x", "s/y")
    assert document.gaps() == {"s/y": [("b", "1", "absent")]}


def test_samples_an_inspect_run_never_reached_are_absent():
    log = inspect_log([scored("C")], status="cancelled", eval={"config": {"epochs": 2}})
    document = pushed_json(log)
    assert document.status == "partial"
    found = {(example, run) for example, run, _ in document.gaps()["s"]}
    assert found == {("a", "2"), ("b", "1"), ("b", "2")}


def test_an_inspect_task_in_error_is_read_as_an_error():
    log = inspect_log([], status="error", error={"message": "boom\nat line 3"})
    log["eval"]["scorers"] = [{"name": "s"}]
    document = pushed_json(log)
    assert (document.status, document.error) == ("error", "boom at line 3")
    assert len(document.gaps()["s"]) == 2


def test_the_working_time_of_an_inspect_sample_is_its_latency():
    document = pushed_json(inspect_log([scored("C", working_time=0.333), scored("C", "b")]))
    assert [r.latency_ms for r in document.results] == [333.0, None]


def test_nan_in_an_old_inspect_log_is_a_missing_aggregate():
    (total,) = read_eval([sample("inspect/repo_log_with_nan.txt")]).aggregates
    assert (total.statistic, total.value, total.missing) == ("accuracy", None, "nan")


def test_lm_eval_samples_find_their_results_by_hash_whatever_they_are_called():
    results = sample("lm_eval/local_results_seed1234.json")
    samples = sample("lm_eval/local_samples_support_mc_seed1234.jsonl", called="x.jsonl")
    document = read_eval([samples, results])
    assert document.eval_set.examples == 30
    assert document.results[0].example_id.startswith("support_mc:")
    assert {r.run for r in document.results} == {"1234"}
    mean = sum(r.scores["support_mc/acc"] for r in document.results) / 30
    total = {a.metric: a for a in document.aggregates}["support_mc/acc"]
    assert mean == pytest.approx(total.value)
    assert (total.n, total.higher_is_better) == (30, True)


def seeds_with_equal_hashes(stamps=("", "")):
    """Two runs on the same samples whose scores differ, as lm-eval writes them for two seeds."""
    first = json.loads(sample("lm_eval/local_results_seed1234.json").content)
    lines = sample("lm_eval/local_samples_support_mc_seed1234.jsonl").content
    other = copy.deepcopy(first)
    other["config"]["random_seed"] = 7
    other["results"]["support_mc"] |= {"acc,none": 1.0, "acc_norm,none": 1.0}
    ones = re.sub(rb'"acc(_norm)?": 0\.0', rb'"acc\1": 1.0', lines)
    pairs = [(first, lines, stamps[0]), (other, ones, stamps[1])]
    results = [File(f"results_{at}.json", json.dumps(one).encode()) for one, _, at in pairs]
    return results, [File(f"samples_support_mc_{at}.jsonl", rows) for _, rows, at in pairs]


def means_per_run(document):
    found = {}
    for r in document.results:
        found.setdefault(r.run, []).append(r.scores["support_mc/acc"])
    return {run: sum(scores) / len(scores) for run, scores in found.items()}


@pytest.mark.parametrize("stamps", [("", ""), ("2026-11-23T09-10-11.5", "2026-11-23T09-20-11.5")])
def test_lm_eval_samples_of_two_seeds_find_their_own_results(stamps):
    results, samples = seeds_with_equal_hashes(stamps)
    document = read_eval([*results, *samples[::-1]])
    assert means_per_run(document) == {"7": 1.0, "1234": pytest.approx(0.1)}


def test_lm_eval_samples_that_fit_two_runs_equally_are_refused():
    results, samples = seeds_with_equal_hashes()
    twin = json.loads(results[0].content) | {"date": 1}
    with pytest.raises(Refused, match="fits several results files"):
        read_eval([results[0], File("twin.json", json.dumps(twin).encode()), samples[0]])


def test_lm_eval_samples_of_another_run_are_refused():
    results = sample("lm_eval/local_results_seed1234.json")
    samples = sample("lm_eval/local_samples_support_mc_seed1234.jsonl")
    lines = samples.content.splitlines()
    changed = File("samples_support_mc_2026-11-23T09.jsonl", b"\n".join(lines[:-1]))
    with pytest.raises(Refused, match="it fits no results file"):
        read_eval([results, changed])


def test_lm_eval_samples_without_a_task_are_refused():
    with pytest.raises(Refused, match="do not say which task"):
        read_eval([sample("lm_eval/local_samples_support_mc_seed1234.jsonl", called="x.jsonl")])


def test_junit_errors_and_skips_are_missing_and_repeats_are_runs():
    document = read_eval([sample("junit/repo_flaky_success_first.xml")])
    assert [r.scores.get("pass") for r in document.results] == [1, 0, None]
    assert [r.run for r in document.results] == ["1", "2", "3"]
    skipped = b"<testsuite><testcase name='a'><skipped/></testcase></testsuite>"
    assert read_eval([File("r.xml", skipped)]).gaps() == {"pass": [("a", "1", "skipped")]}


def test_junit_properties_are_metrics_and_slices():
    document = read_eval([sample("junit/local_pytest_properties.xml")])
    row = next(r for r in document.results if r.example_id == "tp::test_q[3]")
    assert row.scores == {"pass": 0, "score": pytest.approx(0.83)}
    assert row.slices == {"language": "en"}


def test_a_junit_report_that_holds_fewer_tests_than_it_announces_is_partial():
    document = read_eval([sample("junit/repo_nested_multi-level.xml")])
    assert document.notes == ("it announces 57 tests and holds 3",)
