"""Scores in CSV. Long: metric, score, [example_id, seed, slice]. Wide: one column per metric.

Columns (any case): example_id|sample_id|id, run|seed|epoch, variant, cluster_id, latency_ms or
latency_s, slice (`language=en;topic=refund`), input|question|prompt (hashed, not kept); in wide
files every other column with numbers is a metric and every other short text a slice; `slice:x`
and `metric:x` say it outright; label and predicted together are the classes of a confusion
matrix. Rows without an example id are means of a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest import classes
from ingest.canonical import EvalDocument
from ingest.draft import ABSENT, Draft, document, head_of
from ingest.file import File, Unreadable
from ingest.grid import Grid, Line, looks_numeric, number, unique_titles
from ingest.pick import digest, word

_KNOWN = {
    "example": ("example_id", "sample_id", "example", "question_id", "case_id", "id"),
    "run": ("run", "seed", "epoch", "repeat", "trial"),
    "variant": ("variant",),
    "cluster": ("cluster_id", "cluster", "document_id", "conversation_id"),
    "ms": ("latency_ms",),
    "seconds": ("latency_s",),
    "slice": ("slice", "slices"),
    "input": ("input", "question", "user_input", "prompt"),
}
_CLASSES = {"label": classes.TRUTH, "predicted": classes.GUESS}
_METRIC, _SCORE = ("metric", "metric_name"), ("score", "value")


@dataclass(frozen=True)
class _Columns:
    grid: Grid
    at: dict[str, int | None]

    def text(self, line: Line, kind: str) -> str:
        where = self.at[kind]
        return "" if where is None else line.cells[where]

    def number(self, line: Line, where: int) -> float | None:
        title = self.grid.header[where]
        try:
            return number(line.cells[where], line.number, title, delimiter=self.grid.delimiter)
        except Unreadable as trouble:
            todo = f"{trouble.todo[:-1]}; a column of words is called slice:{word(title)}."
            raise Unreadable(trouble.why, todo) from None

    def latency_ms(self, line: Line) -> float | None:
        for kind, per_unit in (("ms", 1.0), ("seconds", 1000.0)):
            where = self.at[kind]
            if where is not None and (found := self.number(line, where)) is not None:
                return found * per_unit
        return None


def is_long(grid: Grid) -> bool:
    """True when the file names a metric per row."""
    return grid.column(*_METRIC) is not None and grid.column(*_SCORE) is not None


def read_csv(file: File, grid: Grid, slices: Sequence[str] | None = None) -> EvalDocument:
    """The document of a long or wide CSV. Raises Unreadable naming line and column."""
    unique_titles(grid)
    at = {kind: grid.column(*names) for kind, names in _KNOWN.items()}
    pair = {kind: grid.column(*names) for kind, names in _CLASSES.items()}
    columns = _Columns(grid, at | (pair if None not in pair.values() else {}))
    kind = "csv_long" if is_long(grid) else "csv_wide"
    head = head_of(file, kind, tool="csv", version="", run_id="")
    drafts, totals = _long(columns) if is_long(grid) else _wide(columns)
    return document(head, drafts, aggregates=totals, slices=slices)


def _long(columns: _Columns) -> tuple[list[Draft], list[dict[str, Any]]]:
    metric_at = columns.grid.needed("the metric", *_METRIC)
    score_at = columns.grid.needed("the score", *_SCORE)
    rows: dict[tuple[str, str, str], _Row] = {}
    totals = []
    for line in columns.grid.lines:
        metric, value = line.cells[metric_at], columns.number(line, score_at)
        example, run = columns.text(line, "example"), columns.text(line, "run")
        variant = columns.text(line, "variant")
        if example:
            key = (variant, run, example)
            rows.setdefault(key, _Row(line, {}, {})).add(metric, value, line)
        else:
            total = {"metric": metric, "run": word(run), "variant": word(variant)}
            totals.append({**total, "value": value})
    return [_draft(columns, row.first, scores=row.scores) for row in rows.values()], totals


@dataclass(frozen=True)
class _Row:
    first: Line
    scores: dict[str, Any]
    lines: dict[str, int]

    def add(self, metric: str, value: float | None, line: Line) -> None:
        if metric in self.scores:
            raise Unreadable(
                f"lines {self.lines[metric]} and {line.number} both score {word(metric)} "
                "for the same example and run",
                "Add a column seed (or run) when it was measured again.",
            )
        self.scores[metric] = ABSENT if value is None else value
        self.lines[metric] = line.number


def _wide(columns: _Columns) -> tuple[list[Draft], list[dict[str, Any]]]:
    grid = columns.grid
    taken = {where for where in columns.at.values() if where is not None}
    free = [i for i, title in enumerate(grid.header) if i not in taken and title]
    metrics = {i: _stripped(grid.header[i], "metric:") for i in free if _is_metric(grid, i)}
    fields = {i: _stripped(grid.header[i], "slice:") for i in free if i not in metrics}
    if not metrics:
        raise Unreadable(
            "no column of it holds scores", "Give it a column per metric with numbers like 0.83."
        )
    if columns.at["example"] is None and columns.at["input"] is None:
        return [], _means(columns, metrics)
    drafts = []
    for line in grid.lines:
        raw = {title: columns.number(line, i) for i, title in metrics.items()}
        scores = {title: ABSENT if value is None else value for title, value in raw.items()}
        extra = {title: line.cells[i] for i, title in fields.items()}
        drafts.append(_draft(columns, line, scores=scores, fields=extra))
    return drafts, []


def _means(columns: _Columns, metrics: dict[int, str]) -> list[dict[str, Any]]:
    if columns.at["run"] is None and len(columns.grid.lines) > 1:
        raise Unreadable(
            "its rows name neither an example nor a run",
            "Add a column example_id (scores per example) or seed (means per run).",
        )
    return [
        {"metric": title, "run": word(columns.text(line, "run")), "value": value}
        for line in columns.grid.lines
        for title, value in ((title, columns.number(line, i)) for i, title in metrics.items())
    ]


def _draft(
    columns: _Columns, line: Line, *, scores: dict[str, Any], fields: dict[str, str] | None = None
) -> Draft:
    given = columns.text(line, "input")
    named = columns.text(line, "example")
    if not named and (columns.at["example"] is not None or not given):
        raise Unreadable(f"line {line.number} names no example", "Fill the column example_id.")
    return Draft(
        example_id=named or f"input-{digest(given)[:12]}",  # texts are not kept, also not as ids
        scores=scores,
        run=columns.text(line, "run") or "1",
        variant=columns.text(line, "variant"),
        cluster_id=columns.text(line, "cluster"),
        fields={
            **(fields or {}),
            **_pairs(columns.text(line, "slice")),
            **{kind: columns.text(line, kind) for kind in _CLASSES if kind in columns.at},
        },
        given=given,
        latency_ms=columns.latency_ms(line),
    )


def _pairs(cell: str) -> dict[str, str]:
    parts = [part.partition("=") for part in cell.split(";") if part.strip()]
    return {
        (key.strip() if mark else "slice"): (value if mark else key).strip()
        for key, mark, value in parts
    }


def _is_metric(grid: Grid, where: int) -> bool:
    title = grid.header[where].casefold()
    if title.startswith(("metric:", "slice:")):
        return title.startswith("metric:")
    cells = {line.cells[where] for line in grid.lines}
    return any(looks_numeric(cell, delimiter=grid.delimiter) for cell in cells)


def _stripped(title: str, mark: str) -> str:
    return title[len(mark) :].strip() if title.casefold().startswith(mark) else title
