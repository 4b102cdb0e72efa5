"""lm-evaluation-harness: results files (0.3 and 0.4 layouts) and the samples logged beside them.

The seed is the run, `task/metric` the metric, `task:doc_id` the example.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.canonical import EvalDocument
from ingest.draft import ABSENT, Draft, document, head_of
from ingest.file import Unreadable, told
from ingest.lm_eval_files import Results, Samples, owner_of
from ingest.pick import AS_WRITTEN, amount, count, experiment, listing, moment, table, word

_NOT_METRICS = {"alias", "name", "sample_len", "sample_count", " "}


def read_lm_eval(
    results: Sequence[Results], samples: Sequence[Samples], slices: Sequence[str] | None = None
) -> list[EvalDocument]:
    """One document per results file with the samples that belong to it. Raises Refused."""
    owned: dict[int, list[tuple[str, Samples]]] = {i: [] for i in range(len(results))}
    alone = []
    for one in samples:
        with told(one.file):
            owner = owner_of(one, results)
        if owner:
            owned[owner[0]].append((owner[1], one))
        else:
            alone.append(one)
    documents = []
    for index, result in enumerate(results):
        with told(result.file):
            documents.append(_with_samples(result, owned[index], slices))
    for one in alone:
        with told(one.file):
            documents.append(_without_results(one, slices))
    return documents


def _with_samples(
    result: Results, owned: Sequence[tuple[str, Samples]], slices: Sequence[str] | None
) -> EvalDocument:
    content, config = result.content, table(result.content.get("config"), "config")
    head = head_of(
        result.file,
        "lm_eval",
        tool="lm-eval",
        version=content.get("lm_eval_version"),
        run_id=result.run,
    )
    files = [{"name": s.file.label, "sha256": s.file.sha256} for _, s in owned]
    head["source"]["files"] += files
    head |= {"model": _model(content, config), "started_at": moment(content.get("date"))}
    head["suite"] = word(", ".join(sorted(table(content.get("results"), "results"))))
    head["experiment"] = experiment(table(config.get("metadata"), "metadata").get("exp_id"))
    drafts = [d for task, s in owned for d in _drafts(task, s.lines, run=result.run)]
    return document(head, drafts, aggregates=list(_totals(result)), slices=slices)


def _without_results(samples: Samples, slices: Sequence[str] | None) -> EvalDocument:
    head = head_of(samples.file, "lm_eval_samples", tool="lm-eval", version="", run_id="")
    head |= {"suite": samples.task_in_name, "notes": ["pushed without its results file"]}
    drafts = list(_drafts(samples.task_in_name, samples.lines, run=""))
    return document(head, drafts, slices=slices)


def _model(content: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    given = config.get("model_args")
    from_args = given if isinstance(given, str) else table(given, "model_args").get("pretrained")
    return word(from_args) or word(content.get("model_name")) or word(config.get("model"))


def _totals(result: Results) -> Iterator[dict[str, Any]]:
    sizes = table(result.content.get("n-samples"), "n-samples")
    directions = table(result.content.get("higher_is_better"), "higher_is_better")
    for task, values in table(result.content.get("results"), "results").items():
        values = table(values, f"results of {word(task)}")
        size = table(sizes.get(task), "n-samples").get("effective")
        for key, value in values.items():
            metric, _, filter_ = key.partition(",")
            if key in _NOT_METRICS or metric.endswith("_stderr") or _text(value):
                continue
            yield {
                "metric": _metric(task, metric, filter_),
                "run": result.run,
                "value": value,
                "stderr": _stderr(values, metric, filter_),
                "n": count(size),
                "higher_is_better": _direction(directions.get(task), metric),
            }


def _stderr(values: Mapping[str, Any], metric: str, filter_: str) -> float | None:
    found = amount(values.get(f"{metric}_stderr{',' + filter_ if filter_ else ''}"))
    return found if found is not None and found >= 0 else None


def _direction(directions: Any, metric: str) -> bool | None:
    found = directions.get(metric) if isinstance(directions, dict) else None
    return found if isinstance(found, bool) else None


def _metric(task: str, metric: str, filter_: Any) -> str:
    suffix = word(filter_)
    return word(f"{task}/{metric}" + (f"/{suffix}" if suffix not in ("", "none") else ""))


def _drafts(task: str, lines: Sequence[dict[str, Any]], *, run: str) -> Iterator[Draft]:
    rows: dict[str, Draft] = {}
    for number, line in enumerate(lines, start=1):
        doc_id = word(line.get("doc_id"))
        if not doc_id:
            raise Unreadable(f"line {number} has no doc_id", AS_WRITTEN)
        scores = dict(_scores(task, line))
        known = rows.get(doc_id)
        if known is None:
            rows[doc_id] = _draft(f"{task}:{doc_id}", line, scores, run=run)
        else:  # one line per filter
            if both := known.scores.keys() & scores.keys():
                raise Unreadable(f"line {number} scores {min(both)} again", AS_WRITTEN)
            known.scores.update(scores)  # type: ignore[attr-defined]  # it is the dict made above
    yield from rows.values()


def _draft(example_id: str, line: Mapping[str, Any], scores: dict[str, Any], *, run: str) -> Draft:
    doc, hashed = line.get("doc"), line.get("doc_hash")
    is_hash = isinstance(hashed, str) and bool(re.fullmatch("[0-9a-f]{16,64}", hashed))
    return Draft(
        example_id=example_id,
        scores=scores,
        run=run or None,
        fields=doc if isinstance(doc, dict) else {},
        given=doc,
        input_hash=str(hashed)[:16] if is_hash else "",
    )


def _scores(task: str, line: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names = listing(line.get("metrics"), "metrics")
    for metric in names:
        value = line.get(metric, ABSENT) if isinstance(metric, str) else None
        if isinstance(value, list | dict):
            continue  # parts of a corpus metric (perplexity, BLEU): no score of one example
        yield _metric(task, word(metric), line.get("filter")), value


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
