"""Tickets from elsewhere as ours: the source document's three issue types (chapter 5), read field
by field; what is not read is named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import Refused
from core.experiments.experiment import CLOSED, STAGES
from core.text import clean, shorten

# What a field is called there → in our form of it.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "experiment": {
        "hypothesis": "hypothesis", "method": "method", "baseline_metric": "baseline",
        "target_metric": "target", "compute_budget": "gpu_budget", "time_box": "time_box",
        "kill_criteria": "kill_criteria", "outcome": "outcome", "final_metric": "final_metric",
        "learnings": "learnings", "wandb_link": "link",
    },
    "data_task": {
        "data_source": "source", "volume": "volume", "quality_gate": "quality_gate",
        "blocking_experiments": "experiments",
    },
    "ml_engineering": {
        "type": "kind", "model_artifact": "model_artifact", "latency_target": "latency_target",
        "cost_target": "cost_target",
    },
}  # fmt: skip
TYPES = {"experiment": "Experiment", "data_task": "Data Task", "ml_engineering": "ML Engineering"}
OUTCOMES = {"killed": "killed", "promoted": "production", "iterating": "iteration"}
_DUE = ("due_date", "duedate", "due", "needed_by")


@dataclass(frozen=True)
class Given:
    """A ticket as it is there. fields: by their names there; several values stand with commas.
    closed: when it was resolved, None when that is not told.
    """

    key: str
    kind: str
    title: str
    status: str
    fields: Mapping[str, str] = field(default_factory=dict)
    closed: datetime | None = None


@dataclass(frozen=True)
class Read:
    """What it is here. noun: of TYPES; values: for our form; stage: of an experiment; unread:
    names of what stands there and has no place here; notes: what was assumed.
    """

    noun: str
    values: Mapping[str, str]
    stage: str
    unread: Sequence[str]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Imported:
    """What came of a ticket. id: of ours, "" when it was refused, and why. again: it was here."""

    key: str
    id: str = ""
    why: str = ""
    unread: Sequence[str] = ()
    notes: Sequence[str] = ()
    again: bool = False


def named(text: str) -> str:
    """`data_task` for “Data Task”, `wandb_link` for “Custom field (W&B link)”."""
    inner = re.sub(r"(?i)^custom field \((.*)\)$", r"\1", clean(text))
    plain = inner.casefold().replace("w&b", "wandb")
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def read(given: Given) -> Read:
    """The ticket as values of our form. Raises Refused for a type that is none of the three."""
    noun = named(given.kind)
    if noun not in FIELDS:
        raise Refused(
            f"{given.key} is a “{shorten(given.kind, 30)}”.",
            f"I read {', '.join(TYPES.values())}.",
        )
    values, unread, notes = {"title": given.title}, [], []
    for name, text in given.fields.items():
        if ours := _ours(noun, named(name)):
            values[ours] = text.strip()
        else:
            unread.append(name)
    if noun != "experiment":
        return Read(noun, values, "", unread)
    if not values.get("metric"):
        values["metric"] = "accuracy"
        notes.append("no metric is named there: accuracy")
    stage, why = _stage(given.status, values)
    return Read(noun, values, stage, unread, [*notes, *([why] if why else [])])


def _ours(noun: str, name: str) -> str:
    """What that field is called in our form, "" for none. What our forms ask for beside the
    document's fields is read where it goes by our name.
    """
    if noun == "data_task" and name in _DUE:
        return "needed_by"
    beside = {"experiment": ("metric",), "data_task": ("kind",)}.get(noun, ())
    return FIELDS[noun].get(name, name if name in beside else "")


def _stage(status: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Our stage of that status, else of that outcome, and what was assumed."""
    outcome = OUTCOMES.get(values.get("outcome", "").strip().casefold(), "")
    word = named(status)
    stage = word if word in STAGES else outcome or "backlog"
    why = "" if word in STAGES else f"“{shorten(status, 30)}” is no stage here: {stage}"
    if stage in CLOSED and not values.get("learnings"):
        return "evaluation", f"{stage} there without learnings: in evaluation, decide it here"
    return stage, why
