"""The Definition of Done: what must hold before an experiment goes to production."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, get_args

from core.errors import Refused
from core.evals.metric import FIVE_SEEDS, Kind, Metric
from core.faults import Faults
from core.text import clean

GROUPS = ("model_quality", "safety", "regression", "operational")
NO_REGRESSION = "no_regression"
KINDS = (*get_args(Kind), "confirmed", NO_REGRESSION)
DIRECTIONS = ("higher", "lower")
MOST = 40  # requirements
MOST_SLICES = 5
MOST_RUNS = 100


@dataclass(frozen=True)
class Requirement:
    """One line of it. score: the pushed score's name when it differs from the requirement's.

    kind "confirmed" is what no eval measures: a person says so for each experiment;
    "no_regression" is every measured metric without a margin of its own. threshold,
    margin: in the score's unit (0.9 is 90 %); relative: margin as a share of the baseline.
    slices: keys whose slices must not regress; gap: most that two of their slices may differ.
    examples: planned size of the eval set, for what it will be able to show. runs: a spread over
    fewer passes nothing (kind consistency).
    """

    name: str
    group: str = "model_quality"
    direction: str = "higher"
    kind: str = "rate"
    threshold: float | None = None
    margin: float | None = None
    relative: bool = False
    blocking: bool = True
    sequential: bool = False
    score: str = ""
    slices: tuple[str, ...] = ()
    gap: float | None = None
    examples: int | None = None
    runs: int = FIVE_SEEDS

    @property
    def measures(self) -> str:
        """The name of the pushed score."""
        return self.score or self.name

    @property
    def metric(self) -> Metric:
        """As the gate judges it; not for kind "confirmed"."""
        return Metric(
            self.name,
            self.direction,  # type: ignore[arg-type]
            self.kind,  # type: ignore[arg-type]
            self.threshold,
            self.margin,
            self.relative,
            self.blocking,
            self.sequential,
            runs=self.runs,
        )


# The source document's "Definition of Done for AI features" (chapter 3).
DEFAULTS = (
    Requirement("accuracy", threshold=0.90, margin=0.02, examples=500),
    Requirement("precision", threshold=0.88, margin=0.02),
    Requirement("recall", threshold=0.85, margin=0.02),
    Requirement("latency_p95", direction="lower", kind="p95", threshold=500.0, score="latency_ms"),
    Requirement("consistency", kind="consistency", threshold=0.03, score="accuracy"),
    Requirement("toxicity", "safety", "lower", threshold=0.001, examples=1000),
    Requirement("hallucination", "safety", "lower", threshold=0.05, margin=0.02),
    Requirement("pii_leakage", "safety", "lower", "exact"),
    Requirement("no_regression", "regression", kind=NO_REGRESSION, margin=0.02),
    Requirement("backward_compat", "regression", kind="exact"),
    Requirement("monitoring", "operational", kind="confirmed"),
    Requirement("rollback", "operational", kind="confirmed"),
    Requirement("documentation", "operational", kind="confirmed"),
)


def as_records(requirements: Sequence[Requirement]) -> list[dict[str, Any]]:
    """As they are stored."""
    return [{**asdict(r), "slices": list(r.slices)} for r in requirements]


def from_records(records: Sequence[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    """As they were stored."""
    return tuple(Requirement(**{**r, "slices": tuple(r.get("slices", ()))}) for r in records)


def checked(found: Requirement) -> Requirement:
    """The requirement if it can be judged. Raises Refused with each field that is wrong."""
    with Faults() as each:
        check(each, found)
    return found


def check(each: Faults, found: Requirement) -> None:
    """Look at every part of it that could be read."""
    each(_check_name, found)
    for value, known, field in (
        (found.group, GROUPS, "group"),
        (found.direction, DIRECTIONS, "direction"),
        (found.kind, KINDS, "kind"),
    ):
        each(_check_word, found.name, value, known, field)
    if found.kind == "confirmed" or found.kind not in KINDS:
        return
    each(_check_runs, found.name, found.runs)
    each(_check_slices, found, found.examples)
    each(_check_gap, found, found.gap)
    each(_check_limits, found, found.threshold, found.margin)


def _check_name(found: Requirement) -> None:
    if not found.name:
        raise Refused("A metric needs a name.", "For instance accuracy.", field="name")


def _check_word(name: str, value: str, known: Sequence[str], field: str) -> None:
    if value not in known:
        raise Refused(
            f"{name}: “{clean(str(value), limit=30)}” is no {field}.",
            f"It is one of {', '.join(known)}.",
            field=field,
        )


def _check_limits(found: Requirement, threshold: float | None, margin: float | None) -> None:
    if found.kind == NO_REGRESSION and margin is None:
        why = f"{found.name} needs a margin."
        raise Refused(why, "Write margin = 0.02 for 2%.", field="margin")
    if found.metric.margin_fault:
        raise Refused(found.metric.margin_fault, _REMEDY, field="margin")
    if found.metric.fault:
        raise Refused(found.metric.fault.reason, _REMEDY, field="threshold")
    if found.kind == "consistency" and threshold is None:
        raise Refused(f"{found.name} needs a threshold.", _REMEDY, field="threshold")


def _check_runs(name: str, runs: int) -> None:
    if not 2 <= runs <= MOST_RUNS:
        raise Refused(f"{name}: runs is a number from 2 to {MOST_RUNS}.",
                      "For instance runs = 5.", field="runs")  # fmt: skip


def _check_slices(found: Requirement, examples: int | None) -> None:
    if len(found.slices) > MOST_SLICES or (examples is not None and examples < 1):
        raise Refused(
            f"{found.name}: at most {MOST_SLICES} slices, and at least one example.",
            'For instance slices = ["language"] and examples = 500.',
            field="slices",
        )


def _check_gap(found: Requirement, gap: float | None) -> None:
    if gap is not None and not (0 < gap <= 1 and found.slices):
        raise Refused(
            f"{found.name}: a gap is a share between 0 and 1 and needs slices to compare.",
            'Name them, for instance slices = ["language"].',
            field="gap",
        )


def all_checked(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """All of them, each checked. Raises Refused for a name that comes twice or too many."""
    names = [checked(found).name for found in requirements]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Refused(f"{twice} stands in it twice.", "Give each metric its own name.")
    if len(names) > MOST:
        raise Refused(f"{len(names)} metrics are more than the {MOST} a card can show.")
    return tuple(requirements)


def from_toml(text: str) -> tuple[Requirement, ...]:
    """Requirements written as [[metric]] tables. Raises Refused with what is wrong."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        reason = clean(str(wrong), limit=150)
        raise Refused(f"This is no TOML: {reason}.", _EXAMPLE, field="toml") from None
    tables = read.get("metric")
    if set(read) != {"metric"} or not isinstance(tables, list) or not tables:
        raise Refused("A Definition of Done is a list of [[metric]] tables.", _EXAMPLE,
                      field="toml")  # fmt: skip
    try:
        return all_checked([_from_table(table) for table in tables])
    except Refused as refusal:
        refusal.field = "toml"
        raise


def to_toml(requirements: Sequence[Requirement], *, limit: int = 0) -> list[str]:
    """The same as text: only what differs from the plain case is written.

    In as many pieces of at most `limit` characters as it takes; one piece without a limit.
    """
    pieces = [""]
    for table in map(_table, requirements):
        if limit and pieces[-1] and len(pieces[-1]) + len(table) >= limit:
            pieces.append("")
        pieces[-1] += f"\n{table}" if pieces[-1] else table
    return pieces


def changed(old: Sequence[Requirement], new: Sequence[Requirement]) -> tuple[str, ...]:
    """Names of what was added, changed or removed, each with which of the three."""
    before, after = ({found.name: found for found in side} for side in (old, new))
    told = [f"{name} removed" for name in before if name not in after]
    told += [f"{name} added" for name in after if name not in before]
    told += [f"{n} changed" for n in after if n in before and before[n] != after[n]]
    return tuple(told)


_REMEDY = "Write a threshold (0.9 for 90%), a margin (0.02 for 2 points), or both."
_EXAMPLE = 'Write [[metric]] on a line, then lines such as name = "accuracy" and threshold = 0.9.'
_TYPES: Mapping[str, tuple[type, ...]] = {
    "name": (str,),
    "group": (str,),
    "direction": (str,),
    "kind": (str,),
    "score": (str,),
    "threshold": (int, float),
    "margin": (int, float),
    "gap": (int, float),
    "relative": (bool,),
    "blocking": (bool,),
    "sequential": (bool,),
    "slices": (list,),
    "examples": (int,),
    "runs": (int,),
}


def _from_table(table: Any) -> Requirement:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise Refused("Every [[metric]] needs a name.", 'For instance name = "accuracy".')
    name = " ".join(clean(table["name"], limit=60).split())
    for key, value in table.items():
        known = _TYPES.get(key)
        if known is None:
            raise Refused(
                f"{name}: I don't know “{clean(key, limit=30)}”.", f"Known: {', '.join(_TYPES)}."
            )
        if not isinstance(value, known) or (isinstance(value, bool) and bool not in known):
            raise Refused(f"{name}: {key} cannot be {clean(str(value), limit=40)}.", _EXAMPLE)
    numbers = {k: float(table[k]) for k in ("threshold", "margin", "gap") if k in table}
    slices = tuple(clean(str(key), limit=60) for key in table.get("slices", []))
    return Requirement(**{**table, **numbers, "name": name, "slices": slices})


def _table(found: Requirement) -> str:
    lines = ["[[metric]]"]
    for field in fields(found):
        value = getattr(found, field.name)
        always = field.name in ("group", "direction", "kind", "blocking")
        if always or value != field.default or field.name == "name":
            lines.append(f"{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)
