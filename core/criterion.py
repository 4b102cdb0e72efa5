"""Judging a ticket by its own kill criteria, as read by core/criteria.py."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core import metric as scale
from core.criteria import Criterion, metric_name, read
from core.experiment import Experiment
from core.figures import number, percent
from core.verdict import Silent, Verdict

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ROUNDING = 1e-9
_WORSE = {"higher": ("<", "<="), "lower": (">", ">=")}


@dataclass(frozen=True)
class Unjudged:
    """A line only a person can judge, and why."""

    text: str
    why: str


def verdicts(experiment: Experiment, today: date) -> tuple[Verdict, ...]:
    """The ticket's own kill lines that are met now, in the ticket's order."""
    fired = (_verdict(line, experiment, today) for line in _readable(experiment))
    return tuple(verdict for verdict in fired if verdict)


def unmet(experiment: Experiment, today: date) -> tuple[Silent, ...]:
    """The ticket's own kill lines that can be judged and are not met now."""
    quiet = [x for x in _readable(experiment) if _verdict(x, experiment, today) is None]
    return tuple(Silent("own kill line", f"“{line.text}” is not met") for line in quiet)


def unjudged(experiment: Experiment) -> tuple[Unjudged, ...]:
    """The ticket's kill lines that no figure here can decide; never silently ignored."""
    left = []
    for line in read(experiment.kill_criteria):
        why = _unclear(line, experiment)
        if why:
            left.append(Unjudged(line if isinstance(line, str) else line.text, why))
    return tuple(left)


def _readable(experiment: Experiment) -> list[Criterion]:
    lines = read(experiment.kill_criteria)
    return [x for x in lines if isinstance(x, Criterion) and not _unclear(x, experiment)]


def _unclear(line: Criterion | str, experiment: Experiment) -> str:
    if isinstance(line, str):
        return "I cannot read it as “metric < number after …”"
    if line.metric not in {"gpu", metric_name(experiment.metric)}:
        return f"{line.metric} is not reported here, {experiment.metric} is"
    limit = _limit(line, experiment)
    if limit is None:
        return f"the ticket has no {line.reference}"
    if line.moment in {"share", "full"} and experiment.gpu_budget <= 0:
        return "the ticket has no GPU budget"
    if _contradicts(line, limit, experiment):
        return f"its line is beyond the target {number(experiment.target)}"
    return ""


def _limit(line: Criterion, experiment: Experiment) -> float | None:
    """The line's number on the ticket's scale; None when it names a figure that is not set."""
    if line.reference:
        return experiment.baseline if line.reference == "baseline" else experiment.target
    if line.metric == "gpu" and line.percent:
        return line.value * experiment.gpu_budget or None
    if line.percent and experiment.target is not None and abs(experiment.target) > 1:
        return line.value * 100
    is_share = scale.is_share(experiment.metric, experiment.target, experiment.baseline)
    if is_share and not line.percent and 1 < line.value <= 100:
        return line.value / 100  # "accuracy < 78" beside a target of 0.85
    return line.value


def _contradicts(line: Criterion, limit: float, experiment: Experiment) -> bool:
    """True when the line would kill an experiment that has reached its target."""
    if line.metric == "gpu" or experiment.target is None or line.reference == "target":
        return False
    if line.operator not in _WORSE[experiment.direction]:
        return False
    over = limit - experiment.target
    return (over if experiment.direction == "higher" else -over) > 1e-9


def _verdict(line: Criterion, experiment: Experiment, today: date) -> Verdict | None:
    limit, value = _limit(line, experiment), _measured(line, experiment)
    when = _reached(line, experiment, today)
    if limit is None or value is None or not when:
        return None
    if not _COMPARE[line.operator](value, limit):
        return None
    name = "GPU-hours" if line.metric == "gpu" else experiment.metric
    text = (
        f"its own kill line “{line.text}” is met: {name} {number(value)} {line.operator} "
        f"{number(limit)}, {when}"
    )
    inputs = {"line": line.text, "value": value, "limit": limit, "moment": line.moment}
    return Verdict("own kill line", "kill", text, inputs)


def _measured(line: Criterion, experiment: Experiment) -> float | None:
    """GPU-hours; else the best value by the line's moment, or, without one, the latest."""
    if line.metric == "gpu":
        return experiment.gpu_used
    if line.moment != "any":
        return experiment.best
    return experiment.values[-1] if experiment.values else None


def _reached(line: Criterion, experiment: Experiment, today: date) -> str:
    """How the line's moment was reached, with its arithmetic; "" when it was not."""
    used, budget = experiment.gpu_used, experiment.gpu_budget
    spent = f"{number(used)} of {number(budget)} GPU-h used"
    if line.moment == "checkpoints":
        count = len(experiment.values)
        return f"after {count} results ({number(line.amount)} asked)" * (count >= line.amount)
    if line.moment == "gpu_hours":
        return f"after {number(used)} GPU-h ({number(line.amount)} asked)" * (
            used >= line.amount - _ROUNDING
        )
    if line.moment == "days":
        return _days(experiment, today, line.amount)
    if line.moment == "share":
        return f"{spent} ({percent(used / budget)})" * (used >= line.amount * budget - _ROUNDING)
    if line.moment == "full":
        done = experiment.stage in {"evaluation", "iteration"}
        return f"{spent}, stage {experiment.stage}" * (done or used >= budget - _ROUNDING)
    return "the latest figure (the line names no time)"


def _days(experiment: Experiment, today: date, wanted: float) -> str:
    starts = experiment.box_starts
    if starts is None or (today - starts).days < wanted:
        return ""
    return f"after {(today - starts).days} days ({number(wanted)} asked)"
