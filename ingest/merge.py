"""Several files of one evaluation as one document: other seeds, other tasks, other metrics."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.canonical import EvalDocument
from ingest.file import Unreadable
from ingest.pick import word
from ingest.wire import built

_FIRST = datetime.min.replace(tzinfo=UTC)
_WORST = {"success": 0, "partial": 1, "error": 2}


def merged(documents: Sequence[EvalDocument]) -> EvalDocument:
    """One document of all runs, in order of their start. Raises Unreadable.

    Two files that call a run alike (lm-eval's default seed) are two runs: the later one is
    called `1234#2`. The same file twice is refused, it would count as a second run.
    """
    if len(documents) == 1:
        return documents[0]
    _refuse_doubles(documents)
    ordered = sorted(documents, key=lambda d: (d.started_at or _FIRST, _sha(d)))
    taken: set[tuple[str, str, str]] = set()
    results: list[dict[str, Any]] = []
    aggregates: list[dict[str, Any]] = []
    for document in ordered:
        renamed = _renamed_runs(document, taken)
        for kind, parts in (("r", document.results), ("a", document.aggregates)):
            for part in parts:
                row = part.model_dump() | {"run": renamed.get(part.run, part.run)}
                taken.add((kind + part.variant, row["run"], _subject(part)))
                (results if kind == "r" else aggregates).append(row)
    return built({**_head(ordered), "results": results, "aggregates": aggregates})


def _refuse_doubles(documents: Sequence[EvalDocument]) -> None:
    seen: dict[str, str] = {}
    for document in documents:
        for origin in document.source.files:
            if origin.sha256 in seen:
                raise Unreadable(
                    f"it has the same content as {seen[origin.sha256]}",
                    "Push each run once; a copy is no second run.",
                )
            seen[origin.sha256] = origin.name


def _renamed_runs(document: EvalDocument, taken: set[tuple[str, str, str]]) -> dict[str, str]:
    """New names for the runs of this document that clash with what is there already."""
    clashing = {
        part.run
        for kind, parts in (("r", document.results), ("a", document.aggregates))
        for part in parts
        if (kind + part.variant, part.run, _subject(part)) in taken
    }
    used = {run for _, run, _ in taken}
    return {run: _free(run, used) for run in clashing}


def _free(run: str, used: set[str]) -> str:
    number = 2
    while f"{run}#{number}" in used:
        number += 1
    return f"{run}#{number}"


def _subject(part: Any) -> str:
    return f"{part.metric} {part.statistic}" if hasattr(part, "metric") else part.example_id


def _sha(document: EvalDocument) -> str:
    return document.source.files[0].sha256 if document.source.files else ""


def _head(documents: Sequence[EvalDocument]) -> dict[str, Any]:
    source = documents[0].source.model_dump()
    source["files"] = [one.model_dump() for d in documents for one in d.source.files]
    models = sorted({d.model for d in documents if d.model})
    notes = list(dict.fromkeys(note for d in documents for note in d.notes))
    if len(models) > 1:
        notes.append(word(f"the files name {len(models)} models: {', '.join(models)}"))
    starts = [d.started_at for d in documents if d.started_at]
    ends = [d.ended_at for d in documents if d.ended_at]
    return {
        "source": source,
        "status": max((d.status for d in documents), key=_WORST.__getitem__),
        "error": next((d.error for d in documents if d.error), ""),
        "model": models[0] if len(models) == 1 else "",
        "suite": word(", ".join(sorted({d.suite for d in documents if d.suite}))),
        "experiment": next((d.experiment for d in documents if d.experiment), ""),
        "role": next((d.role for d in documents if d.role), ""),
        "started_at": min(starts, default=None),
        "ended_at": max(ends, default=None),
        "notes": notes,
    }
