"""Pushed eval results as plain values, and the two sides that the gate compares.

One push is one whole side: every suite and every run of it. Results by example are the unit;
run means are accepted where a tool reports nothing else.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.evals.scores import Arm, Score, arm, arm_of_runs

Role = Literal["candidate", "baseline", "production"]
_ALWAYS = 8  # fields of a line that are kept even when they are empty
LATENCY = "latency"  # a metric named so falls back to the latency every result carries


@dataclass(frozen=True)
class Line:
    """What one example scored in one run. missing: metric → why there is no score.

    cluster: the document or chat it belongs to. latency_ms: how long the answer took. label,
    predicted: its class and what the model took it for, "" where the tool tells no classes. text:
    its input, only where somebody pushed texts.
    """

    example: str
    run: str = "1"
    scores: Mapping[str, float] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    cluster: str = ""
    slices: Mapping[str, str] = field(default_factory=dict)
    latency_ms: float | None = None
    input_hash: str = ""
    label: str = ""
    predicted: str = ""
    text: str = ""


@dataclass(frozen=True)
class RunMean:
    """A mean over the examples of one run, as the tool reported it; None when it had none."""

    metric: str
    run: str
    value: float | None


@dataclass(frozen=True)
class Push:
    """One side's results. source: tool and file, to be shown. by: a user id or a token's name.

    eval_set_hash: over example ids and inputs; made from the lines when empty. trained_on,
    code_commit: what the model was made from (`DATA-003@v2`), "" when the push does not say.
    """

    role: Role
    lines: tuple[Line, ...] = ()
    means: tuple[RunMean, ...] = ()
    eval_set_hash: str = ""
    source: str = ""
    by: str = ""
    trained_on: str = ""
    code_commit: str = ""

    @property
    def examples(self) -> int:
        """Different examples."""
        return len({line.example for line in self.lines})

    @property
    def runs(self) -> int:
        """Different runs (seeds or epochs)."""
        named = {line.run for line in self.lines} | {mean.run for mean in self.means}
        return len(named)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of everything that was scored or should have been."""
        named = {name for line in self.lines for name in (*line.scores, *line.missing)}
        return tuple(sorted(named | {mean.metric for mean in self.means}))

    @property
    def set_hash(self) -> str:
        """Which eval set it was, the same in any order and any run."""
        if self.eval_set_hash:
            return self.eval_set_hash
        return digest(sorted({(line.example, line.input_hash) for line in self.lines}))

    @property
    def content_hash(self) -> str:
        """Hash of everything that was measured; the same results pushed again have the same."""
        return digest([self.role, self.set_hash, as_record(self)])


def digest(value: Any) -> str:
    """SHA-256 of a value as canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def as_record(push: Push) -> dict[str, list[Any]]:
    """Lines and means as JSON, without names in every line."""
    return {
        "lines": [_fields(line) for line in push.lines],
        "means": [list(vars(mean).values()) for mean in push.means],
    }


def _fields(line: Line) -> list[Any]:
    """Without what a push did not tell at its end, so that the hash of what lacks it stays."""
    fields = list(vars(line).values())
    while len(fields) > _ALWAYS and fields[-1] == "":
        fields.pop()
    return fields


def from_record(role: Role, record: Mapping[str, Sequence[Any]]) -> Push:
    """The push kept by as_record (without its source)."""
    lines = tuple(Line(*fields) for fields in record.get("lines", ()))
    means = tuple(RunMean(*fields) for fields in record.get("means", ()))
    return Push(role, lines, means)


def side(push: Push, score: str) -> Arm | None:
    """That score's side: by example where there are examples, else by run; None when absent."""
    scores = [_score(line, score) for line in push.lines if _has(line, score)]
    if not scores and score.startswith(LATENCY):
        timed = [line for line in push.lines if line.latency_ms is not None]
        if timed:
            return arm(_timed(line) for line in push.lines)
    if scores:
        return arm(scores)
    means = [mean.value for mean in push.means if mean.metric == score]
    return arm_of_runs(means) if means else None


def other_inputs(candidate: Push, baseline: Push) -> tuple[str, ...]:
    """Examples that have the same id on both sides but another input."""
    before = {line.example: line.input_hash for line in baseline.lines if line.input_hash}
    return tuple(
        sorted(
            {
                line.example
                for line in candidate.lines
                if line.input_hash and before.get(line.example, line.input_hash) != line.input_hash
            }
        )
    )


def slice_keys(push: Push) -> tuple[str, ...]:
    """The keys by which its examples are sliced."""
    return tuple(sorted({key for line in push.lines for key in line.slices}))


def _has(line: Line, score: str) -> bool:
    return score in line.scores or score in line.missing


def _score(line: Line, score: str) -> Score:
    # A line that scores a metric and says why it could not is not believed.
    value = None if score in line.missing else line.scores.get(score)
    return Score(line.example, value, line.run, line.cluster, line.slices)


def _timed(line: Line) -> Score:
    return Score(line.example, line.latency_ms, line.run, line.cluster, line.slices)
