"""Every genuine sample is read, with these counts, or refused with this sentence."""

from pathlib import Path

import pytest

from core.errors import Refused
from ingest.evals import read_eval
from ingest.file import File
from ingest.wire import read_canonical, written

EVALS = Path(__file__).parent.parent.parent / "data" / "evals"


def sample(name: str) -> File:
    path = EVALS / name
    return File(path.name, path.read_bytes())


# format, status, number of results, examples, aggregates and gaps, names of the metrics
READ = {
    "long.csv": ("csv_long", "success", 100, 20, 5, 0, "accuracy latency_p95_ms"),
    "deepeval/local_latest_test_run.json": (
        *("deepeval", "success", 3, 3, 0, 0),
        "Answer Contains|Answer Contains/pass",
    ),
    "inspect/local_agent.json": ("inspect_ai", "success", 2, 2, 1, 0, "includes"),
    "inspect/repo_popularity.eval": ("inspect_ai", "success", 10, 10, 1, 0, "match"),
    "inspect/repo_log_formats.eval": ("inspect_ai", "success", 1, 1, 1, 0, "match"),
    "inspect/repo_log_formats.json": ("inspect_ai", "success", 1, 1, 1, 0, "match"),
    "inspect/repo_log_tool_call_error.json": ("inspect_ai", "partial", 2, 1, 1, 2, "includes"),
    "inspect/repo_log_with_nan.txt": ("inspect_ai", "success", 0, 0, 1, 0, "model_graded_fact"),
    "inspect/repo_mmlu-summary-choices.eval": ("inspect_ai", "success", 1, 1, 1, 0, "choice"),
    "junit/local_pytest_properties.xml": ("junit", "success", 5, 5, 0, 0, "pass score"),
    "junit/repo_flaky_success_first.xml": ("junit", "success", 3, 1, 0, 1, "pass"),
    "junit/repo_nested_multi-level.xml": ("junit", "partial", 3, 3, 0, 0, "pass"),
    "junit/repo_python_report.xml": ("junit", "success", 3, 3, 0, 0, "pass"),
    "lm_eval/local_results_seed1.json": (
        *("lm_eval", "success", 0, 0, 2, 0),
        "support_mc/acc support_mc/acc_norm",
    ),
    "promptfoo/local_out.csv": (
        *("promptfoo_csv", "success", 12, 3, 0, 0),
        "accuracy latency pass score tone",
    ),
    "promptfoo/local_out.json": (
        *("promptfoo", "success", 12, 3, 0, 0),
        "accuracy latency pass score tone",
    ),
    "promptfoo/local_out.jsonl": (
        *("promptfoo_jsonl", "success", 12, 3, 0, 0),
        "accuracy latency pass score tone",
    ),
    "promptfoo/local_out.junit.xml": ("junit", "success", 6, 3, 0, 0, "pass"),
    "promptfoo/repo_promptfoo-action_output_redacted.json": (
        *("promptfoo", "success", 6, 2, 0, 0),
        "Harmful Harmful/Crescendo Harmful/Iterative pass score",
    ),
}
ZSTD = {
    "inspect/local_zstd_epochs.eval": ("inspect_ai", "success", 120, 40, 1, 0, "match"),
    "inspect/local_zstd_agent.eval": ("inspect_ai", "success", 2, 2, 1, 0, "includes"),
}


def counts(name: str) -> tuple[object, ...]:
    document = read_eval([sample(name)])
    again = read_canonical(File("again.json", written(document).encode()))
    assert again == document
    assert written(again) == written(document)
    mark = "|" if "deepeval" in name else " "
    missing = sum(len(found) for found in document.gaps().values())
    parts = (len(document.results), document.eval_set.examples, len(document.aggregates), missing)
    return (document.source.format, document.status, *parts, mark.join(document.metrics))


@pytest.mark.parametrize("name", READ)
def test_a_genuine_sample_is_read(name):
    assert counts(name) == READ[name]


@pytest.mark.parametrize("name", ZSTD)
def test_a_log_packed_with_zstd_is_read(name):
    pytest.importorskip("backports.zstd")
    assert counts(name) == ZSTD[name]


@pytest.mark.parametrize("name", ZSTD)
def test_without_zstd_the_log_is_refused_with_what_to_install(name, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "backports.zstd.zipfile", None)
    with pytest.raises(Refused) as refusal:
        read_eval([sample(name)])
    assert "packed with zstd" in refusal.value.message
    assert "assay-bot[evals]" in refusal.value.hint


@pytest.mark.parametrize(
    ("name", "sentence"),
    {
        "junit/repo_corrupt.xml": "repo_corrupt.xml was not read: its XML breaks off or is not"
        " valid at line 18. Push the complete report as the test runner wrote it.",
        "promptfoo/promptfooconfig.yaml": "promptfooconfig.yaml was not read: it is of no format"
        " known here. Push JSON, CSV with a header, JUnit XML or an inspect_ai log.",
    }.items(),
)
def test_what_cannot_be_read_is_refused_in_one_sentence(name, sentence):
    with pytest.raises(Refused) as refusal:
        read_eval([sample(name)])
    assert refusal.value.sentence == sentence


def test_the_layout_before_lm_eval_0_4_is_read_with_its_standard_errors():
    document = read_eval([sample("lm_eval/pythia_70m-deduped_step83000.json")])
    assert len(document.aggregates) == 172
    found = {a.metric: a for a in document.aggregates}["arc_easy/acc"]
    assert 0 < found.value < 1
    assert found.stderr is not None
    assert "pythia" in document.model


def test_a_deepeval_metric_that_raised_is_missing_and_not_zero():
    document = read_eval([sample("deepeval/repo_temp_test_run_data.json")])
    assert document.gaps()["Faithfulness"] == [("test_case_0", "1", "error")]
    assert document.results[0].scores["Exact Match"] == 0
    assert document.results[0].scores["FactsSimilarityMetric"] == 0.6


def test_the_name_of_a_file_does_not_decide_what_it_is():
    content = (EVALS / "promptfoo" / "local_out.json").read_bytes()
    assert read_eval([File("x.xml", content)]).source.format == "promptfoo"
