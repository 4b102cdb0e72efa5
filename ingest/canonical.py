"""The canonical document of an evaluation (`eval/1`): what every adapter makes and the bot stores.

One result per (variant, run, example) with a finite score per metric. A score that is NaN,
infinite, errored, skipped or absent is listed under `missing` with its reason: it never becomes
0 and never vanishes. Inputs and outputs are not kept, only a hash of the input (and the input's
beginning where a push says `--with-text`); of what was answered only a class.
"""

import hashlib
import json
import math
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_serializer,
    field_validator,
    model_validator,
)

SCHEMA = "eval/1"
MAX_RESULTS = 200_000
MAX_METRICS = 200
MAX_SCORE = 1e15
MAX_TEXT = 300  # of an input, where somebody pushes texts

Gap = Literal["nan", "inf", "-inf", "too large", "not a number", "error", "skipped", "absent"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Word = Annotated[str, StringConstraints(max_length=200)]
Moment = Annotated[AwareDatetime, Field(strict=False)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,64}$|^$")]


def gap_of(value: Any) -> Gap | None:
    """Why a raw value is no score, or None when it is one (true and false are 1 and 0)."""
    if value is None:
        return "absent"
    if not isinstance(value, bool | int | float):
        return "not a number"
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return None if abs(value) <= MAX_SCORE else "too large"


class Part(BaseModel):
    """Base of all canonical records: strict, frozen, unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Result(Part):
    """What one example scored in one run."""

    example_id: Name
    run: Name = "1"
    variant: Word = ""
    scores: dict[Name, float] = {}
    missing: dict[Name, Gap] = {}
    cluster_id: Word = ""
    slices: dict[Name, Name] = {}
    latency_ms: Annotated[float, Field(ge=0)] | None = None
    input_hash: Digest = ""
    label: Word = ""
    predicted: Word = ""
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""

    @field_validator("example_id", "run", mode="before")
    @classmethod
    def _number_to_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @model_validator(mode="before")
    @classmethod
    def _gaps_apart(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("scores", {}), dict):
            return data
        gaps = {key: gap_of(value) for key, value in data.get("scores", {}).items()}
        found = {key: gap for key, gap in gaps.items() if gap and gap != "not a number"}
        missing = data.get("missing", {})
        if not found or not isinstance(missing, dict):
            return data
        scores = {key: value for key, value in data["scores"].items() if key not in found}
        return {**data, "scores": scores, "missing": {**found, **missing}}

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if both := self.scores.keys() & self.missing.keys():
            raise ValueError(f"{min(both)} is scored and missing at once")
        return self


class Aggregate(Part):
    """A number over many examples as the tool itself reported it."""

    metric: Name
    statistic: Name = "mean"
    run: Word = ""
    variant: Word = ""
    value: float | None = None
    missing: Gap | None = None
    stderr: Annotated[float, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=0)] | None = None
    higher_is_better: bool | None = None

    @model_validator(mode="after")
    def _value_or_reason(self) -> Self:
        if (self.value is None) == (self.missing is None):
            raise ValueError(f"{self.metric} needs either a value or the reason it is missing")
        return self


class Origin(Part):
    """A pushed file."""

    name: Word
    sha256: Digest


class Source(Part):
    """Which tool measured."""

    tool: Word = "own"
    tool_version: Word = ""
    format: Word = "canonical"
    run_id: Word = ""
    files: tuple[Origin, ...] = Field(default=(), max_length=1000, strict=False)


class EvalSet(Part):
    """Which examples were measured: `ids_hash` over ids, `hash` over ids and input hashes."""

    examples: int
    ids_hash: Digest
    hash: Digest


class EvalDocument(Part):
    """The results of one evaluation, whatever tool made them."""

    schema_: Literal["eval/1"] = Field(alias="schema")
    experiment: Word = ""
    role: Literal["candidate", "baseline", "production", ""] = ""
    status: Literal["success", "partial", "error"] = "success"
    error: Word = ""
    source: Source = Source()
    model: Word = ""
    suite: Word = ""
    started_at: Moment | None = None
    ended_at: Moment | None = None
    results: tuple[Result, ...] = Field(default=(), max_length=MAX_RESULTS, strict=False)
    aggregates: tuple[Aggregate, ...] = Field(default=(), max_length=MAX_RESULTS, strict=False)
    notes: tuple[Word, ...] = Field(default=(), max_length=200, strict=False)

    @field_serializer("started_at", "ended_at")
    def _in_utc(self, at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _once("example", ((r.variant, r.run, r.example_id) for r in self.results))
        _once("metric", ((a.variant, a.run, f"{a.metric} {a.statistic}") for a in self.aggregates))
        if len(self.metrics) > MAX_METRICS:
            raise ValueError(f"it has more than {MAX_METRICS} metrics")
        self.eval_set  # noqa: B018 - raises when one example has two inputs
        return self

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Names of all metrics that have a score or a gap, sorted."""
        named = {key for r in self.results for key in (*r.scores, *r.missing)}
        return tuple(sorted(named | {a.metric for a in self.aggregates}))

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """The variants measured side by side in this file ("" when there is only one)."""
        measured = {r.variant for r in self.results} | {a.variant for a in self.aggregates}
        return tuple(sorted(measured))

    @cached_property
    def eval_set(self) -> EvalSet:
        """Examples of this document and their hashes, the same in any order and any run."""
        return eval_set((r.example_id, r.input_hash) for r in self.results)

    def gaps(self) -> dict[str, list[tuple[str, str, Gap]]]:
        """Per metric the (example id, run, reason) of every missing score."""
        found: dict[str, list[tuple[str, str, Gap]]] = {}
        for r in self.results:
            for metric, reason in r.missing.items():
                found.setdefault(metric, []).append((r.example_id, r.run, reason))
        return found


def eval_set(examples: Iterable[tuple[str, str]]) -> EvalSet:
    """The set of (example id, input hash). Raises ValueError when one id has two inputs."""
    inputs: dict[str, str] = {}
    for example, given in examples:
        known = inputs.setdefault(example, given)
        if given and known and given != known:
            raise ValueError(f"example {example} has two different inputs")
        inputs[example] = known or given
    ordered = sorted(inputs.items())
    return EvalSet(
        examples=len(ordered),
        ids_hash=_hash([example for example, _ in ordered]),
        hash=_hash([list(pair) for pair in ordered]),
    )


def _hash(value: list[Any]) -> str:
    return hashlib.sha256(json.dumps(value, separators=(",", ":")).encode()).hexdigest()


def _once(kind: str, keys: Iterable[tuple[str, str, str]]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for key in keys:
        if key in seen:
            variant, run, what = key
            where = ", ".join(part for part in (variant, f"run {run}" if run else "") if part)
            raise ValueError(f"{kind} {what} stands twice{' in ' + where if where else ''}")
        seen.add(key)
