"""lm-evaluation-harness: results files (0.3 and 0.4 layouts) and the samples logged beside them.

A samples file does not name its task. It belongs to the results file whose `task_hashes` holds
the hash over its doc, prompt and target hashes; without one the file's name has to say it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.canonical import EvalDocument
from ingest.draft import ABSENT, Draft, document, head_of
from ingest.file import File, Unreadable, told
from ingest.pick import AS_WRITTEN, amount, count, experiment, listing, moment, table, word

_SAMPLES_NAME = re.compile(r"samples_(.+?)(?:_\d{4}-\d\d-\d\dT[\d.:-]+)?\.jsonl", re.IGNORECASE)
_NOT_METRICS = {"alias", "name", "sample_len", "sample_count", " "}


@dataclass(frozen=True)
class Samples:
    """A samples file and its lines."""

    file: File
    lines: list[dict[str, Any]]

    @property
    def task_hash(self) -> str:
        """What lm-eval 0.4 writes under `task_hashes` for these samples; "" when it cannot be."""
        keys = ("doc_hash", "prompt_hash", "target_hash")
        parts = [line.get(key) for line in self.lines for key in keys]
        if not all(isinstance(part, str) for part in parts):
            return ""
        joined = "".join(str(part) for part in parts)
        return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()

    @property
    def task_in_name(self) -> str:
        """The task that the file's name says, or ""."""
        found = _SAMPLES_NAME.search(self.file.name)
        return word(found.group(1)) if found else ""


@dataclass(frozen=True)
class Results:
    """A results file and its content."""

    file: File
    content: dict[str, Any]

    @property
    def run(self) -> str:
        """The seed of this run, or ""."""
        return word(table(self.content.get("config"), "config").get("random_seed"))

    @property
    def task_hashes(self) -> dict[str, Any]:
        """Hash over the samples of each task."""
        return table(self.content.get("task_hashes"), "task_hashes")

    def task_of(self, samples: Samples) -> str:
        """The task of these samples, or "" when they are not of this run."""
        by_hash = {value: task for task, value in self.task_hashes.items() if _text(value)}
        if samples.task_hash and (task := by_hash.get(samples.task_hash)):
            return word(task)
        named = samples.task_in_name
        is_open = named in table(self.content.get("results"), "results")
        return named if is_open and not _text(self.task_hashes.get(named)) else ""


def read_lm_eval(
    results: Sequence[Results], samples: Sequence[Samples], slices: Sequence[str] | None = None
) -> list[EvalDocument]:
    """One document per results file with the samples that belong to it. Raises Refused."""
    owned: dict[int, list[tuple[str, Samples]]] = {i: [] for i in range(len(results))}
    alone = []
    for one in samples:
        with told(one.file):
            owner = _owner(one, results)
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


def _owner(samples: Samples, results: Sequence[Results]) -> tuple[int, str] | None:
    found = [(i, task) for i, one in enumerate(results) if (task := one.task_of(samples))]
    if len(found) == 1:
        return found[0]
    if not results and samples.task_in_name:
        return None
    why = "it fits several results files" if found else "it fits no results file"
    if not results:
        why = "its lines do not say which task they are of"
    raise Unreadable(why, "Push it together with the results_….json of the same run.")


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
