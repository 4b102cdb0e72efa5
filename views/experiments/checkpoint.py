"""The form for an update, and what an update changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core import figures
from core.experiments import provenance, rollout, secondary
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment, budget_share, meets_target
from core.experiments.metric import short_name
from core.experiments.words import days_left
from views import kit
from views.experiments import experiment, prediction
from views.kit import Message


def form(
    tickets: Sequence[Experiment], texts: Mapping[str, Any], *, meta: Mapping[str, Any], note: str
) -> kit.Block:
    """The form for an update of one of these tickets (of the only one, when there is one)."""
    blocks = [kit.context(note)] if note else []
    only = tickets[0] if len(tickets) == 1 else None
    if only:
        blocks.append(kit.section(experiment.named(only)))
    else:
        options = [kit.option(f"{t.id} {t.title}", str(t.number)) for t in tickets]
        chosen = kit.choice(options, str(texts.get("experiment") or ""))
        blocks.append(kit.field("experiment", "Experiment", chosen))
    blocks += [*_numbers(only, texts), _note(texts), _baseline(texts)]
    blocks += [_ready(only)] if only else []
    return kit.modal("update_experiment", "Post an update", blocks, submit="Post", meta=meta)


def _numbers(only: Experiment | None, texts: Mapping[str, Any]) -> list[kit.Block]:
    label = f"Result: {only.metric}" if only else "Result"
    hint = used = ""
    if only:
        hint = f"Best so far {figures.number(only.best)}, target {figures.number(only.target)}."
        budget = figures.number(only.gpu_budget, 1)
        used = f"So far {figures.number(only.gpu_used, 1)} of {budget}."
    result = kit.text_input(str(texts.get("result") or ""), placeholder="0.83 or 83%")
    hours = kit.text_input(str(texts.get("gpu") or ""), placeholder="6h")
    return [
        kit.field("result", label, result, hint=hint, optional=True),
        kit.field("gpu", "GPU-hours since the last update", hours, hint=used, optional=True),
    ]


def _note(texts: Mapping[str, Any]) -> kit.Block:
    box = kit.text_input(str(texts.get("note") or ""), lines=True)
    return kit.field("note", "What happened?", box, optional=True)


def _ready(only: Experiment) -> kit.Block:
    options = [
        kit.option("The dataset is ready", "data"),
        kit.option("The blocking criteria are met", "blocking"),
    ]
    holds = {"data": only.dataset_ready, "blocking": only.blocking_ok}
    boxes = kit.choices(options, [name for name, held in holds.items() if held])
    return kit.field("ready", "What holds by now", boxes, optional=True)


def _baseline(texts: Mapping[str, Any]) -> kit.Block:
    box = kit.text_input(str(texts.get("baseline") or ""), placeholder="72%")
    return kit.field("baseline", "Baseline, if you measured it", box, optional=True)


def recorded(
    before: Experiment, after: Experiment, report: CheckpointReport, *, today: date, change_id: int
) -> Message:
    """What the reporter reads: from → to, and what remains; with Undo."""
    facts = _changes(before, after, report)
    facts += _remains(after, today) if after.is_open else []
    text = f"{after.id} updated: {' · '.join(facts)}"
    blocks = [kit.section(text)]
    hint = _hint(after, report)
    if hint:
        blocks.append(kit.context(hint))
    undo = kit.button("Undo", "undo", str(change_id))
    show = kit.button("Show the ticket", "experiment_show", str(after.number))
    return Message(text, [*blocks, kit.actions(undo, show)])


def _changes(before: Experiment, after: Experiment, report: CheckpointReport) -> list[str]:
    facts = []
    if report.value is not None:
        last = before.looks[-1] if before.looks else None
        arrow = f"{figures.number(last.value)} → " if last and last.is_typed else ""
        arrow = arrow if after.is_open else "in production "
        facts.append(f"{kit.escape(after.metric, 60)} {arrow}{figures.number(report.value)}")
    facts += _others(after, report)
    if after.gpu_used != before.gpu_used:
        used = f"{figures.number(before.gpu_used, 1)} → {figures.number(after.gpu_used, 1)}"
        facts.append(f"GPU {used} of {figures.number(after.gpu_budget, 1)} h")
    if after.baseline != before.baseline:
        facts.append(
            f"baseline {figures.number(before.baseline)} → {figures.number(after.baseline)}"
        )
    if after.noise_sd != before.noise_sd:
        facts.append(f"noise {figures.number(before.noise_sd)} → {figures.number(after.noise_sd)}")
    flags = {
        "dataset": (before.dataset_ready, after.dataset_ready, "ready", "not ready"),
        "blocking criteria": (before.blocking_ok, after.blocking_ok, "met", "not met"),
    }
    for name, (old, new, yes, no) in flags.items():
        if old != new:
            facts.append(f"{name} {yes if new else no}")
    facts += _marks(before, after)
    facts += _said(before, after)
    facts += ["link kept"] if after.link != before.link else []
    return facts or ["note kept" if report.note else "nothing is different"]


def _others(after: Experiment, report: CheckpointReport) -> list[str]:
    """`latency 420 ms (latency < 500 ms: met)`, for every secondary metric reported."""
    criteria, facts = secondary.read(after.success_secondary), []
    for name, value in report.others:
        one = secondary.named(criteria, name)
        if one:
            state = "met" if one.is_met(value) else "missed"
            facts.append(kit.escape(f"{name} {one.shown(value)} ({one.told}: {state})", 200))
    return facts


def _marks(before: Experiment, after: Experiment) -> list[str]:
    """`training running → diverged`, for every mark that changed."""
    facts = []
    for name in rollout.FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        label = name.removesuffix("_status").removesuffix("_tested")
        facts += [f"{label} {old or 'not told'} → {new or 'not told'}"] if old != new else []
    return facts


def _said(before: Experiment, after: Experiment) -> list[str]:
    facts = []
    if experiment.weight(after) != experiment.weight(before):
        facts.append(experiment.weight(after))
    if prediction.said(after) != prediction.said(before):
        facts.append(f"predicted {prediction.said(after)}")
    made = [provenance.told(one.trained_on, one.code_commit) for one in (before, after)]
    facts += [made[1]] if made[1] not in ("", made[0]) else []
    return facts


def _remains(after: Experiment, today: date) -> list[str]:
    facts = []
    if after.best is not None:
        met = meets_target(after, after.best)
        facts.append("target met" if met else experiment.result(after))
    left, share = days_left(after, today), budget_share(after)
    if share is not None:
        rest = after.gpu_budget - after.gpu_used
        over = f"{figures.number(-rest, 1)} GPU-h over budget"
        facts.append(over if rest < 0 else f"{figures.number(rest, 1)} GPU-h left")
    if left is not None:
        over = f"{-left} day{'' if left == -1 else 's'} over the box"
        facts.append(over if left < 0 else f"{left} day{'' if left == 1 else 's'} left")
    return facts


def _hint(after: Experiment, report: CheckpointReport) -> str:
    if report.value is not None and after.best_look and not after.best_look.is_typed:
        measured = f"{figures.number(after.best_look.value)} {after.best_look.source}"
        return f"The result that counts is the {measured}; yours stands beside it as typed."
    if report.value is None and report.baseline is None and any(c.isdigit() for c in report.note):
        name = short_name(after.metric)
        return f"No result was recorded; if the note holds one, write `{name}=0.83`."
    if meets_target(after, report.value) and after.stage != "evaluation":
        return f"It meets the target. Next: `/exp move {after.id} evaluation`."
    return ""


def reached(after: Experiment, value: float, by: str) -> Message:
    """What the team reads when a result meets the target for the first time."""
    text = (
        f"{after.id} reached its target: {kit.escape(after.metric, 60)} {figures.number(value)} "
        f"({experiment.target(after)}) · {experiment.gpu(after)} · reported by {kit.person(by)}"
    )
    return Message(text, [kit.section(text)])
