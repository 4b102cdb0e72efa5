"""GPU-hours as pushed (`usage/1`): JSON, JSON lines, CSV, or what SLURM's sacct prints with -P.

Records are totals, not additions: (source, source_id) names a record and a later push of the
same name replaces it, so a retry never counts twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from core.errors import Refused
from core.quantity import experiment_id, experiment_number, experiments_in
from ingest.canonical import Moment, Name, Part, Word
from ingest.file import MAX_BYTES, File, Unreadable, decoded, parsed, parsed_lines, told, unpacked
from ingest.grid import Grid, Line, number, read_grid, unique_titles
from ingest.pick import listed, moment, tables, word
from ingest.wire import first_fault

_SCHEMA = "usage/1"
_HOURS = Annotated[float, Field(ge=0, le=1e6)]
_EXAMPLE = "experiment, source_id, gpu_hours"


class Cost(Part):
    """Money: computed from a rate, or on an invoice."""

    amount: Annotated[float, Field(ge=0, le=1e9)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    basis: Literal["rate", "invoice"] = "rate"


class Usage(Part):
    """What one job or one day of one experiment used, in GPU-hours."""

    schema_: Literal["usage/1"] = Field(alias="schema")
    experiment: Annotated[str, Field(pattern=r"^EXP-\d{3,6}$")]
    source: Literal["mlflow", "wandb", "slurm", "k8s", "cloud", "manual"] = "manual"
    source_id: Name
    state: Literal["running", "final"] = "final"
    started_at: Moment | None = None
    ended_at: Moment | None = None
    gpus: Annotated[float, Field(ge=0, le=1e5)] | None = None
    gpu_type: Word = ""
    gpu_hours: _HOURS
    cost: Cost | None = None
    quality: Literal["measured", "estimated", "declared"] = "declared"
    note: Word = ""

    @field_validator("experiment", mode="before")
    @classmethod
    def _id_as_written(cls, value: Any) -> Any:
        try:
            return experiment_id(experiment_number(word(value)))
        except Refused as refusal:
            raise ValueError(refusal.sentence) from None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.started_at and self.ended_at and self.ended_at < self.started_at:
            raise ValueError("it ends before it starts")
        return self


@dataclass(frozen=True)
class UsagePush:
    """The records of one file, sorted by source and id, and what was left out of it."""

    records: tuple[Usage, ...]
    notes: tuple[str, ...] = ()


def read_usage(file: File, *, max_bytes: int = MAX_BYTES) -> UsagePush:
    """All usage records of a file. Raises Refused, also for an id that stands twice."""
    with told(file):
        text = decoded(unpacked(file, max_bytes=max_bytes))
        rows, notes = _rows(text)
        records: dict[tuple[str, str], Usage] = {}
        for place, row in rows:
            record = _record(place, row)
            key = (record.source, record.source_id)
            if key in records:
                raise Unreadable(
                    f"{place}: {record.source_id} stands twice", "Give each job or day one total."
                )
            records[key] = record
        if not records and not notes:
            raise Unreadable("it holds no usage", f"Push CSV with the columns {_EXAMPLE}.")
        return UsagePush(tuple(records[key] for key in sorted(records)), tuple(notes))


def _record(place: str, row: Mapping[str, Any]) -> Usage:
    try:
        return Usage.model_validate({"schema": _SCHEMA, **row})
    except ValidationError as error:
        raise Unreadable(
            f"{place}: {first_fault(error)}", f"Needed are {_EXAMPLE} with hours like 6.5."
        ) from None


def _rows(text: str) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    if text.lstrip()[:1] not in ("{", "["):
        grid = unique_titles(read_grid(text))
        if grid.column("jobid") is not None and grid.column("alloctres") is not None:
            return _sacct(grid)
        return [(f"line {line.number}", _csv_row(grid, line)) for line in grid.lines], []
    is_lines = text.lstrip()[0] == "{" and text.strip().count("\n{") > 0
    value = parsed_lines(text) if is_lines else parsed(text)
    found = tables(value if isinstance(value, list) else [value], "the file")
    if other := [row["schema"] for row in found if row.get("schema", _SCHEMA) != _SCHEMA]:
        raise Unreadable(
            f"it is of schema {word(other[0])}, not {_SCHEMA}", f"Write {_EXAMPLE} as {_SCHEMA}."
        )
    return [(f"record {i}", row) for i, row in enumerate(found, start=1)], []


def _csv_row(grid: Grid, line: Line) -> dict[str, Any]:
    def cell(*names: str) -> str:
        where = grid.column(*names)
        return "" if where is None else line.cells[where]

    def amount(*names: str) -> float | None:
        return number(cell(*names), line.number, names[0], delimiter=grid.delimiter)

    grid.needed("the experiment", "experiment", "exp_id", "exp")
    gpus, hours = amount("gpus"), amount("gpu_hours")
    if hours is None and (wall := amount("hours")) is not None and gpus is not None:
        hours = wall * gpus
    row: dict[str, Any] = {
        "experiment": cell("experiment", "exp_id", "exp"),
        "source_id": cell("source_id", "run_id", "job_id", "id") or _day_id(cell),
        "gpu_hours": hours,
        "gpus": gpus,
    }
    row |= {key: moment(cell(key)) for key in ("started_at", "ended_at") if cell(key)}
    keys = ("source", "gpu_type", "note", "state", "quality")
    row |= {key: word(cell(key)) for key in keys if cell(key)}
    cost = amount("cost")
    if cost is not None:
        row["cost"] = {"amount": cost, "currency": cell("currency").upper() or "USD"}
    return row


def _day_id(cell: Any) -> str:
    """A day of an experiment on one kind of GPU names a total as well as a job id does."""
    parts = [cell("date", "day"), word(cell("experiment", "exp_id", "exp")), cell("gpu_type")]
    return " ".join(part for part in parts if part) if parts[0] else ""


def _sacct(grid: Grid) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    needed = ("jobid", "jobname", "state", "elapsedraw", "alloctres")
    at = {name: grid.needed(name, name) for name in needed}
    comment_at = grid.column("comment")
    rows, skipped = [], []
    for line in grid.lines:
        cells = {name: line.cells[where] for name, where in at.items()}
        comment = "" if comment_at is None else line.cells[comment_at]
        named = experiments_in(f"{comment} {cells['jobname']}")
        if len(named) != 1:
            skipped.append(cells["jobid"])
            continue
        rows.append((f"line {line.number}", _job(cells, named[0], line.number)))
    notes = (
        [f"{len(skipped)} jobs name no single experiment: {listed(skipped)}"] if skipped else []
    )
    return rows, notes


def _job(cells: Mapping[str, str], named: int, line: int) -> dict[str, Any]:
    gpus = _gpus(cells["alloctres"], line)
    seconds = number(cells["elapsedraw"], line, "ElapsedRaw") or 0.0
    return {
        "experiment": experiment_id(named),
        "source": "slurm",
        "source_id": word(cells["jobid"]),
        "state": "running" if cells["state"].startswith(("RUNNING", "PENDING")) else "final",
        "gpus": gpus,
        "gpu_hours": seconds / 3600 * gpus,
        "quality": "measured",
    }


def _gpus(alloc_tres: str, line: int) -> float:
    """The untyped total `gres/gpu=4` when there is one, else the sum of the typed ones."""
    parts: Sequence[tuple[str, str, str]] = [one.partition("=") for one in alloc_tres.split(",")]
    counts = {
        key: number(value, line, "AllocTRES") or 0.0
        for key, _, value in parts
        if key.startswith("gres/gpu")
    }
    return counts.get("gres/gpu", sum(counts.values()))
