"""promptfoo exports: JSON (results.results), JSONL (one result per line) and CSV.

A variant is a prompt with its provider, called like promptfoo's own JUnit suites. An example is
its variables (hashed: texts are not kept); equal variables of one variant are repeats. An error
of the provider is a missing score, a failed assertion is a score. Answers from the cache have
no latency.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.canonical import EvalDocument
from ingest.draft import ERROR, Draft, document, head_of
from ingest.file import File, Unreadable, parsed
from ingest.grid import Grid, Line, number
from ingest.pick import AS_WRITTEN, amount, count, digest, experiment, moment, table, tables, word

_ERROR = 2  # failureReason: 0 none, 1 an assertion failed, 2 the provider failed
_GROUP = ("Status", "Score", "Named Scores")
_PROVIDER = re.compile(r"^\[([^\]]*)\]")
_ID_FIELDS = ("example_id", "exampleId", "test_id", "id")


def read_promptfoo(
    file: File, export: Mapping[str, Any], slices: Sequence[str] | None = None
) -> EvalDocument:
    """The document of a JSON export of layout 3. Raises Unreadable for older layouts."""
    results = table(export.get("results"), "results")
    if results.get("version") not in (None, 3):
        found = word(results.get("version"))
        raise Unreadable(
            f"it is a promptfoo export of layout {found}",
            "Export it with promptfoo 0.100 or newer.",
        )
    metadata = table(export.get("metadata"), "metadata")
    head = _head(file, "promptfoo", version=metadata.get("promptfooVersion"))
    head["source"]["run_id"] = word(export.get("evalId"))
    head["started_at"] = moment(results.get("timestamp"))
    head["ended_at"] = moment(metadata.get("exportedAt"))
    rows = tables(results.get("results"), "results.results")
    return _document(head, rows, slices)


def read_promptfoo_lines(
    file: File, rows: list[Any], slices: Sequence[str] | None = None
) -> EvalDocument:
    """The document of a JSONL export. Raises Unreadable."""
    return _document(_head(file, "promptfoo_jsonl"), tables(rows, "the file"), slices)


def _document(
    head: dict[str, Any], rows: list[dict[str, Any]], slices: Sequence[str] | None
) -> EvalDocument:
    ordered = sorted(rows, key=lambda row: count(row.get("testIdx")) or 0)
    tests = [table(row.get("testCase"), "testCase") for row in ordered]
    found = [table(test.get("metadata"), "metadata").get("exp_id") for test in tests]
    head["experiment"] = experiment(*dict.fromkeys(word(one) for one in found))
    models = {_provider(row) for row in ordered}
    head["model"] = models.pop() if len(models) == 1 else ""
    return document(head, [_draft(row) for row in ordered], slices=slices)


def _draft(row: Mapping[str, Any]) -> Draft:
    given = table(row.get("vars"), "vars")
    test = table(row.get("testCase"), "testCase")
    is_cached = table(row.get("response"), "response").get("cached") is True
    index = count(row.get("promptIdx"))
    if index is None:
        raise Unreadable("a result has no promptIdx", AS_WRITTEN)
    return Draft(
        example_id=_example(given, table(test.get("metadata"), "metadata")),
        scores=_scores(row, test),
        variant=f"[{_provider(row)}] prompt {index + 1}",
        fields=given,
        given=_as_text(given),
        latency_ms=None if is_cached else amount(row.get("latencyMs")),
    )


def _scores(row: Mapping[str, Any], test: Mapping[str, Any]) -> dict[str, Any]:
    named = table(row.get("namedScores"), "namedScores")
    if count(row.get("failureReason")) == _ERROR:
        asserted = [one.get("metric") for one in tables(test.get("assert"), "assert")]
        expected = {word(one) for one in asserted if isinstance(one, str)} | set(named)
        return dict.fromkeys(sorted({"pass", "score"} | expected - {""}), ERROR)
    return {"pass": row.get("success"), "score": row.get("score")} | _apart(named)


def _apart(named: Mapping[str, Any]) -> dict[str, Any]:
    """Named scores; one called like promptfoo's own two numbers gets `named/` before it."""
    return {f"named/{key}" if key in ("pass", "score") else key: named[key] for key in named}


def _provider(row: Mapping[str, Any]) -> str:
    given = row.get("provider")
    if isinstance(given, dict):
        return word(given.get("label")) or word(given.get("id"))
    return word(given)


def _example(given: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    for place in (metadata, given):
        for key in _ID_FIELDS:
            if found := word(place.get(key)):
                return found
    return f"vars-{digest(_as_text(given))[:12]}"


def _as_text(given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain variables as the CSV export writes them, so that all exports name examples alike."""
    return {
        key: value if isinstance(value, str | dict | list) else word(value)
        for key, value in given.items()
    }


def is_promptfoo_csv(grid: Grid) -> bool:
    """True for the header that promptfoo repeats per prompt."""
    titles = [*grid.header]
    return any(tuple(titles[i : i + 3]) == _GROUP for i in range(1, len(titles)))


def read_promptfoo_csv(
    file: File, grid: Grid, slices: Sequence[str] | None = None
) -> EvalDocument:
    """The document of a CSV export, whose scores promptfoo rounds to two digits."""
    starts = [i - 1 for i in range(1, len(grid.header)) if tuple(grid.header[i : i + 3]) == _GROUP]
    head = _head(file, "promptfoo_csv")
    head["notes"] = ["promptfoo rounds scores in CSV to two digits; its JSON is exact"]
    drafts = [
        _csv_draft(grid, line, start, index=index)
        for line in grid.lines
        for index, start in enumerate(starts)
    ]
    return document(head, drafts, slices=slices)


def _csv_draft(grid: Grid, line: Line, start: int, *, index: int) -> Draft:
    first = next(i for i, title in enumerate(grid.header[1:], 1) if title == "Status") - 1
    given = dict(zip(grid.header[:first], line.cells[:first], strict=True))
    shown = _PROVIDER.match(grid.header[start])
    provider = shown.group(1) if shown else word(grid.header[start])
    return Draft(
        example_id=_example(given, {}),
        scores=_csv_scores(line, start),
        variant=f"[{provider}] prompt {index + 1}",
        fields=given,
        given=given,
    )


def _csv_scores(line: Line, start: int) -> dict[str, Any]:
    status, score, named = line.cells[start + 1 : start + 4]
    metrics = table(parsed(named) if named else None, f"line {line.number}, Named Scores")
    verdict = {"PASS": 1.0, "FAIL": 0.0}.get(status)
    if verdict is None:
        return dict.fromkeys(["pass", "score", *_apart(metrics)], ERROR)
    return {"pass": verdict, "score": number(score, line.number, "Score")} | _apart(metrics)


def _head(file: File, format_: str, *, version: Any = "") -> dict[str, Any]:
    return head_of(file, format_, tool="promptfoo", version=version, run_id="")
