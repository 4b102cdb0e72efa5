"""The ticket's form: what is written in it, read strictly, and the ticket it makes."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.errors import Refused
from core.experiments import guardrail, metric, prediction, provenance, worth
from core.experiments.checkpoint import read_hours, read_link
from core.experiments.experiment import Experiment
from core.faults import Faults
from core.quantity import time_span
from core.text import clean

_SIGN = re.compile(r"(≤|<=?|=<|≥|>=?|=>)\s*(.+)\Z", re.DOTALL)
GOALPOSTS = ("metric", "direction", "baseline", "target", "eval_set", "success_secondary",
             "kill_criteria", "gpu_budget")  # fmt: skip
WEIGHED = ("worth", "kind_of_work", "people_hours")
PREDICTED = ("predicted", "predicted_chance")  # the form's fields
MEASURED = 120  # characters of the eval set's name, and of who measures
REQUIRED = {
    "title": "A title is needed: what is tried, in a few words.",
    "hypothesis": "What do you expect, and by how much?",
    "metric": "Which metric decides?",
    "kill_criteria": "When do we stop? Without kill criteria nothing ever ends.",
}


@dataclass(frozen=True)
class Draft:
    """A form as filled in. gpu_budget: GPU-hours; box_days: calendar days."""

    title: str
    hypothesis: str
    method: str
    owner: str
    metric: str
    direction: str
    baseline: float | None
    target: float
    success_primary: str
    success_secondary: str
    success_blocking: str
    kill_criteria: str
    gpu_budget: float
    box_days: int
    link: str
    worth: int | None = None
    kind_of_work: str = "exploration"
    people_hours: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_chance: float | None = None
    eval_set: str = ""
    measured_by: str = ""
    guardrails: str = ""
    trained_on: str = ""
    code_commit: str = ""


def read(values: Mapping[str, Any], *, by: str) -> Draft:
    """The draft in a form's values by block id. Raises Refused under each field that is wrong."""
    text = {name: text_of(values, name) for name in (*_NAMES, *PREDICTED)}
    text |= signed(text["target"])
    with Faults() as each:
        for name in REQUIRED:
            each(_require, text, name)
        target = each(metric.read_number, text["target"], field="target")
        draft = _draft(each, text, target, by)
        predicted = each(prediction.from_form, text, target)
        if text["predicted_chance"]:  # it needs no target
            each(prediction.read_chance, text["predicted_chance"], field="predicted_chance")
    return replace(draft, **predicted)


def signed(target: str) -> dict[str, str]:
    """A target that says which way is better, like `≤ 300` or `>= 85%`: number and direction."""
    found = _SIGN.match(target)
    if not found:
        return {}
    return {"target": found[2], "direction": "lower" if set(found[1]) & set("≤<") else "higher"}


def text_of(values: Mapping[str, Any], name: str) -> str:
    """What stands in one field."""
    return clean(str(values.get(name) or ""))


def title_of(values: Mapping[str, Any]) -> str:
    """The title as it will be kept; "" for none."""
    return " ".join(text_of(values, "title").split())[:150]


def _draft(each: Faults, text: Mapping[str, str], target: float, by: str) -> Draft:
    return Draft(
        title=title_of(text),
        hypothesis=text["hypothesis"],
        method=text["method"],
        owner=text["owner"] or by,
        metric=" ".join(text["metric"].split())[:60],
        direction=text["direction"] if text["direction"] == "lower" else "higher",
        baseline=each(_baseline, text, target),
        target=target,
        success_primary=text["success_primary"],
        success_secondary=text["success_secondary"],
        success_blocking=text["success_blocking"],
        kill_criteria=text["kill_criteria"],
        gpu_budget=each(_budget, text["gpu_budget"]),
        box_days=each(box_days, text["time_box"], field="time_box"),
        link=each(read_link, text["link"], field="link"),
        eval_set=" ".join(text["eval_set"].split())[:MEASURED],
        measured_by=" ".join(text["measured_by"].split())[:MEASURED],
        guardrails=each(guardrail.checked, text["guardrails"], field="guardrails"),
        **{name: each(worth.read, name, text[name], field=name) for name in WEIGHED},  # type: ignore[arg-type]
        **{key: each(provenance.read, key, text[key], field=key) for key in provenance.FIELDS},  # type: ignore[arg-type]
    )


_NAMES = (*(f.name for f in fields(Draft) if f.name != "box_days"), "time_box")


def _require(text: Mapping[str, str], name: str) -> None:
    if not text[name]:
        raise Refused(REQUIRED[name], field=name)


def _baseline(text: Mapping[str, str], target: float) -> float | None:
    if not text["baseline"]:
        return None
    baseline = metric.on_scale(text["baseline"], text["metric"], target, field="baseline")
    better = baseline >= target if text["direction"] != "lower" else baseline <= target
    if better:
        raise Refused(
            f"The baseline {baseline:g} meets the target {target:g} already.",
            "Set a harder target, or check which direction is better.",
            field="target",
        )
    return baseline


def _budget(text: str) -> float:
    hours = read_hours(text, field="gpu_budget")
    if hours <= 0:
        raise Refused(
            "The compute budget must be more than 0 GPU-hours.",
            "Write it like 24h.",
            field="gpu_budget",
        )
    return hours


def box_days(text: str, *, field: str = "") -> int:
    """Whole days of a time box as typed (`2w`, `10d`, `1 sprint`; a bare number is days)."""
    plain = text.strip()
    span = time_span(f"{plain}d" if plain.isdigit() else plain, field=field)
    return max(1, -(-span // timedelta(days=1)))


def opened(draft: Draft, *, number: int, now: datetime) -> Experiment:
    """A new ticket in the backlog."""
    return Experiment(
        number=number,
        **vars(draft),
        gpu_used=0.0,
        box_starts=None,
        box_ends=None,
        dataset_ready=False,
        blocking_ok=False,
        stage="backlog",
        stage_since=now,
        outcome="",
        final_metric=None,
        learnings="",
        decided_at=None,
        decided_by="",
        created_at=now,
        progress_at=now,
    )


def edited(
    experiment: Experiment,
    draft: Draft,
    *,
    sealed: date | None = None,
    gpu_limit: float = math.inf,
) -> Experiment:
    """The ticket with the form's fields taken over. sealed: since when its prediction stands;
    gpu_limit: the budget that takes no second person. Raises Refused for what its stage forbids.
    """
    with Faults() as each:
        each(_require_box, experiment, draft)
        each(_require_baseline, experiment, draft)
        each(_require_budget, experiment, draft, gpu_limit)
        new = replace(experiment, **vars(draft))
        if sealed:
            new = each(_as_sealed, experiment, new, sealed)
    return replace(new, blocking_ok=experiment.blocking_ok and _same_bar(experiment, new))


def _require_box(experiment: Experiment, draft: Draft) -> None:
    if experiment.box_starts and draft.box_days != experiment.box_days:
        raise Refused(
            "The time box is running and is not edited.",
            f"Use `/exp extend {experiment.id} 3d why`.",
            field="time_box",
        )


def _require_baseline(experiment: Experiment, draft: Draft) -> None:
    if experiment.box_starts and draft.baseline is None:
        raise Refused(
            f"{experiment.id} is in {experiment.stage}: its baseline stays.",
            "Write the measured one.",
            field="baseline",
        )


def _require_budget(experiment: Experiment, draft: Draft, gpu_limit: float) -> None:
    if experiment.box_starts and draft.gpu_budget > max(gpu_limit, experiment.gpu_budget):
        raise Refused(
            f"{draft.gpu_budget:g} GPU-hours are more than twice the original budget.",
            f"That takes a second person: `/exp extend {experiment.id} gpu=12h why`.",
            field="gpu_budget",
        )


def _as_sealed(old: Experiment, new: Experiment, sealed: date) -> Experiment:
    said = {name: value for name, value in prediction.of(new).items() if value is not None}
    if any(value != getattr(old, name) for name, value in said.items()):
        raise prediction.sealed(old.id, sealed, field="predicted")
    return replace(new, **prediction.of(old))


def _same_bar(old: Experiment, new: Experiment) -> bool:
    return old.success_blocking == new.success_blocking


def moved_goalposts(old: Experiment, new: Experiment) -> dict[str, tuple[Any, Any]]:
    """What changed of the things a result is judged by: name → (from, to); empty before the
    box has started, when they may still be found.
    """
    if old.box_starts is None:
        return {}
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in GOALPOSTS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
