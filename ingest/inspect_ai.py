"""inspect_ai logs, JSON or .eval (a zip of JSON, since 2026 packed with zstd), layouts 1 and 2.

The scorer's name is the metric; its per-sample values are C 1, P 0.5, I and N 0 or numbers.
The epoch is the run. Latency is the working time: waiting for rate limits is not counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.canonical import MAX_RESULTS, EvalDocument
from ingest.draft import ABSENT, ERROR, Draft, document, head_of
from ingest.file import File
from ingest.pick import (
    amount,
    count,
    experiment,
    listing,
    milliseconds,
    moment,
    note,
    table,
    tables,
    word,
)

_LETTERS = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0}
_LETTERS |= {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
_STDERR = ("stderr", "bootstrap_std", "bootstrap_stderr")
_STATUS = {"success": "success", "error": "error", "cancelled": "partial", "started": "partial"}


def read_inspect(
    file: File, log: Mapping[str, Any], slices: Sequence[str] | None = None
) -> EvalDocument:
    """The document of a log whose `samples` are full samples or summaries. Raises Unreadable."""
    spec, stats = table(log.get("eval"), "eval"), table(log.get("stats"), "stats")
    results = table(log.get("results"), "results")
    samples = tables(log.get("samples"), "samples")
    packages = table(spec.get("packages"), "packages")
    head = head_of(
        file,
        "inspect_ai",
        tool="inspect_ai",
        version=packages.get("inspect_ai"),
        run_id=spec.get("eval_id") or spec.get("task_id"),
    )
    metadata = table(spec.get("metadata"), "metadata") | table(log.get("metadata"), "metadata")
    head |= {
        "model": word(spec.get("model")),
        "suite": word(table(spec.get("dataset"), "dataset").get("name")) or word(spec.get("task")),
        "experiment": experiment(metadata.get("exp_id")),
        "started_at": moment(stats.get("started_at") or spec.get("created")),
        "ended_at": moment(stats.get("completed_at")),
        **_state(log, results, samples),
    }
    scorers = _scorers(spec, results, samples)
    drafts = [_draft(sample, scorers) for sample in samples]
    if samples or head["status"] != "success":
        drafts += _never_run(spec, drafts, scorers)
    return document(head, drafts, aggregates=list(_totals(results)), slices=slices)


def _state(
    log: Mapping[str, Any], results: Mapping[str, Any], samples: Sequence[Any]
) -> dict[str, Any]:
    given = word(log.get("status")) or "started"
    status = _STATUS.get(given, "partial")
    notes = [] if given in ("success", "error") else [f"the log's status is {given}"]
    total = count(results.get("total_samples"))
    if samples and total is not None and total != len(samples):
        notes.append(f"{total} samples were evaluated and the file holds {len(samples)}")
        status = "partial" if status == "success" else status
    if log.get("invalidated") is True:
        notes.append("the log was invalidated")
        status = "error"
    error = table(log.get("error"), "error").get("message")
    return {"status": status, "notes": notes, "error": note(error)}


def _scorers(
    spec: Mapping[str, Any], results: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Metric names that every sample should have."""
    found: dict[str, None] = {}
    for sample in samples:
        for metric, _ in _scores(table(sample.get("scores"), "scores")):
            found[metric] = None
    if not found:
        declared = tables(results.get("scores"), "results.scores")
        names = [word(one.get("name")) for one in declared] + [
            word(table(one, "a scorer").get("name"))
            for one in listing(spec.get("scorers"), "scorers")
        ]
        found = dict.fromkeys(one for one in names if one)
    return list(found)


def _draft(sample: Mapping[str, Any], scorers: Sequence[str]) -> Draft:
    scores = dict(_scores(table(sample.get("scores"), "scores")))
    gap = ERROR if sample.get("error") else ABSENT
    metadata = table(sample.get("metadata"), "a sample's metadata")
    return Draft(
        example_id=sample.get("id"),
        scores={**dict.fromkeys(scorers, gap), **scores},
        run=sample.get("epoch"),
        cluster_id=metadata.get("cluster_id"),
        fields={key: value for key, value in metadata.items() if key != "cluster_id"},
        given=sample.get("input"),
        latency_ms=milliseconds(sample.get("working_time"), per_unit=1000),
    )


def _never_run(
    spec: Mapping[str, Any], drafts: Sequence[Draft], scorers: Sequence[str]
) -> list[Draft]:
    """The planned (sample, epoch) pairs that the log does not hold, with every score absent."""
    planned = listing(table(spec.get("dataset"), "dataset").get("sample_ids"), "sample_ids")
    epochs = max(1, count(table(spec.get("config"), "config").get("epochs")) or 1)
    if not scorers or len(planned) * epochs > MAX_RESULTS:
        return []
    present = {(word(draft.example_id), word(draft.run)) for draft in drafts}
    pairs = {(word(one), str(epoch)) for one in planned for epoch in range(1, epochs + 1)}
    gaps = dict.fromkeys(scorers, ABSENT)
    return [Draft(one, gaps, run=epoch) for one, epoch in sorted(pairs - present)]


def _scores(scores: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for scorer, score in scores.items():
        value = score.get("value") if isinstance(score, dict) else score
        if isinstance(value, dict):
            yield from ((word(f"{scorer}/{key}"), _number(one)) for key, one in value.items())
        else:
            yield word(scorer), _number(value)


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value in _LETTERS or value.casefold() in _LETTERS:
        return _LETTERS[value if value in _LETTERS else value.casefold()]
    try:
        return float(value)
    except ValueError:
        return value


def _totals(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    scores = tables(results.get("scores"), "results.scores")
    if not scores and "metrics" in results:  # layout 1: one scorer
        scorer = table(results.get("scorer"), "results.scorer")
        scores = [{"name": scorer.get("name"), "metrics": results.get("metrics")}]
    for score in scores:
        metrics = table(score.get("metrics"), "metrics")
        for key, metric in metrics.items():
            if key in _STDERR:
                continue
            reducer = word(score.get("reducer"))
            yield {
                "metric": word(score.get("name")) or word(score.get("scorer")),
                "statistic": key if reducer in ("", "mean") else f"{reducer} {key}",
                "value": table(metric, "a metric").get("value"),
                "stderr": _stderr(metrics),
                "n": count(score.get("scored_samples")),
            }


def _stderr(metrics: Mapping[str, Any]) -> float | None:
    found = [amount(table(metrics.get(key), "a metric").get("value")) for key in _STDERR]
    return next((one for one in found if one is not None and one >= 0), None)
